import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { createCell } from '../../core/rpc/cell.ts';
import type { Log } from '../ports/log.ts';
import { type Settings, type SettingsValues, settingsSchema } from '../ports/settings.ts';
import { StoreProblem } from '../ports/store-problem.ts';
import { errorCode, explainFsError } from './explain-fs-error.ts';

/** What both stores (conf, electron-store) are told: `<folder>/settings.json`, readable by this user alone. */
export const settingsFile = { name: 'settings', fileExtension: 'json', configFileMode: 0o600 } as const;

/** The part of a conf store we use. */
export interface ConfStore {
  readonly store: unknown;
  set(values: Partial<SettingsValues>): void;
}

/** What is wrong with a settings file's text, in words, or null. Values are not repeated: they are not ours to judge. */
export function settingsFault(text: string): string | null {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return 'it is not JSON';
  }
  const parsed = settingsSchema.safeParse(content);
  if (parsed.success) return null;
  const issue = parsed.error.issues[0];
  return issue === undefined ? 'it has another form' : `${issue.path.map(String).join('.') || 'the whole'}: ${issue.message}`;
}

/**
 * Moves a broken settings file aside (`settings.broken-<time>.json`), so that what somebody wrote by hand is not lost, and says so in the log.
 * Throws `StoreProblem` where the file cannot be read or moved.
 */
export function setBrokenSettingsAside(folder: string, utcMs: number, log: Log): void {
  const path = join(folder, 'settings.json');
  try {
    const fault = settingsFault(readFileSync(path, 'utf8'));
    if (fault === null) return;
    const time = new Date(utcMs).toISOString().replaceAll(/[:.]/g, '-');
    const aside = `settings.broken-${time}.json`;
    renameSync(path, join(folder, aside));
    log.warn(`The settings cannot be read (${fault}). They were kept as ${aside}; the defaults are used.`);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw explainFsError(error, path);
  }
}

/** Settings on a conf store whose file was checked before. Fields of other versions stay in the file. */
export function createSettings(conf: ConfStore, folder: string): Settings {
  const values = createCell(settingsSchema.parse(conf.store));
  return {
    values,
    async update(change) {
      const parsed = settingsSchema.safeParse({ ...values.current(), ...change });
      if (!parsed.success)
        throw new StoreProblem(
          'bad-value',
          `A setting was refused: ${settingsFault(JSON.stringify({ ...values.current(), ...change }))}.`,
        );
      try {
        conf.set(parsed.data);
      } catch (error) {
        throw explainFsError(error, join(folder, 'settings.json'));
      }
      values.set(parsed.data);
    },
  };
}
