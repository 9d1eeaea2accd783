import ElectronStore from 'electron-store';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Settings } from '../ports/settings.ts';
import { explainFsError } from './explain-fs-error.ts';
import { createSettings, setBrokenSettingsAside, settingsFile } from './settings-file.ts';

/** Settings for the Electron host, and only for it: electron-store imports Electron. Throws `StoreProblem` where the file cannot be read or written. */
export function openElectronSettings(folder: string, clock: Clock, log: Log): Settings {
  setBrokenSettingsAside(folder, clock.utcMs(), log);
  try {
    return createSettings(new ElectronStore({ ...settingsFile, cwd: folder }), folder);
  } catch (error) {
    throw explainFsError(error, folder);
  }
}
