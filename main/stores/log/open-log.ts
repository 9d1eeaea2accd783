import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pino, { type Logger } from 'pino';
import type { Clock } from '../../ports/clock.ts';
import type { Log, LogFields } from '../../ports/log.ts';
import { explainFsError } from '../explain-fs-error.ts';
import type { FindableSecrets } from './known-secrets.ts';
import { mask, redact } from './redact.ts';
import { createRotatingFile, type LogSizes } from './rotating-file.ts';
import { type Terminal, terminalLine } from './terminal-line.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
const levelOrder: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

export interface LogOptions {
  /** The data folder; the log goes to `logs/deedban.log` in it. */
  readonly folder: string;
  readonly secrets: FindableSecrets;
  readonly clock: Clock;
  /** The least level that is written to the file; `info` unless given. */
  readonly level?: LogLevel;
  /** Where a person reads along, in plain words; nowhere unless given. */
  readonly terminal?: { readonly to: Terminal; readonly level: LogLevel };
  readonly sizes?: LogSizes;
}

export interface OpenLog {
  readonly log: Log;
  readonly path: string;
  /** Writes out what waits. Resolves also where the disk refuses. */
  close(): Promise<void>;
}

const textMaxLength = 4_096;
const fieldsMax = 32;
const secretName = /pass(word|wd|phrase)?$|pwd|secret|token|authorization|cookie|credential/i;

/** Opens the log. Everything that passes through it is redacted. Throws `StoreProblem` where its folder cannot be made. */
export function openLog(options: LogOptions): OpenLog {
  const { secrets, clock, terminal } = options;
  const folder = join(options.folder, 'logs');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw explainFsError(error, folder);
  }
  const file = createRotatingFile(
    folder,
    clock,
    (words) => terminal?.to.write(terminalLine('warn', undefined, words, {})),
    options.sizes,
  );
  // No transport of pino's: a worker would outlive a crash with the last lines in it, and be one more process to end.
  const root = pino(
    { level: options.level ?? 'info', base: null, timestamp: () => `,"time":${clock.utcMs()}` },
    { write: (line) => file.write(line) },
  );

  function clean(text: string): string {
    const safe = redact(text, secrets);
    return safe.length > textMaxLength ? `${safe.slice(0, textMaxLength)} (cut)` : safe;
  }

  function cleanFields(fields: LogFields): LogFields {
    const out: Record<string, LogFields[string]> = {};
    for (const [name, value] of Object.entries(fields).slice(0, fieldsMax)) {
      const text = clean(String(value));
      const hidden = secretName.test(name) && value !== null && value !== undefined;
      // A number stays a number, unless it is a secret made of digits.
      out[clean(name)] = hidden ? mask : typeof value === 'string' || text !== String(value) ? text : value;
    }
    return out;
  }

  function part(name: string | undefined, pinoLog: Logger): Log {
    const at =
      (level: LogLevel) =>
      (message: string, fields: LogFields = {}) => {
        const shown = terminal !== undefined && levelOrder[level] >= levelOrder[terminal.level];
        if (!shown && !pinoLog.isLevelEnabled(level)) return;
        const cleanMessage = clean(message);
        const cleaned = cleanFields(fields);
        // Below `facts`, so that no field can pretend to be the level or the time.
        pinoLog[level](Object.keys(cleaned).length === 0 ? {} : { facts: cleaned }, cleanMessage);
        if (shown) terminal.to.write(terminalLine(level, name, cleanMessage, cleaned));
      };
    return {
      debug: at('debug'),
      info: at('info'),
      warn: at('warn'),
      error: at('error'),
      child: (child) => {
        const full = clean(name === undefined ? child : `${name}.${child}`);
        return part(full, root.child({ part: full }));
      },
    };
  }

  return { log: part(undefined, root), path: join(folder, 'deedban.log'), close: () => file.close() };
}
