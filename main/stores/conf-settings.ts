import Conf from 'conf';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Settings } from '../ports/settings.ts';
import { explainFsError } from './explain-fs-error.ts';
import { createSettings, setBrokenSettingsAside, settingsFile } from './settings-file.ts';

/** Settings for the browser host. Throws `StoreProblem` where the file cannot be read or written. */
export function openConfSettings(folder: string, clock: Clock, log: Log): Settings {
  setBrokenSettingsAside(folder, clock.utcMs(), log);
  const { name, ...options } = settingsFile;
  try {
    return createSettings(new Conf({ ...options, configName: name, cwd: folder }), folder);
  } catch (error) {
    throw explainFsError(error, folder);
  }
}
