import type { GuardProgram } from '../../supervision/guard-child.ts';

/** The word by which our own program is the guard and nothing else. */
export const guardWord = '--stop-cameras-when-main-is-gone';

/**
 * The guard in Electron is a second start of our own program, told by a word to be nothing else: a utility process would die with main, and our fuses forbid
 * running Electron as Node. It needs no display, so the end of the X server, which may be what main died of, is not its own.
 *
 * @param appPath the folder that a checkout's Electron is given; null in the packaged program, which needs none
 */
export function electronGuardProgram(supply: {
  readonly execPath: string;
  readonly appPath: string | null;
  readonly hasSwitch: (name: string) => boolean;
  readonly env: GuardProgram['env'];
}): GuardProgram {
  const { execPath, appPath, hasSwitch, env } = supply;
  const sandbox = hasSwitch('no-sandbox') ? ['--no-sandbox'] : [];
  const words = [...(appPath === null ? [] : [appPath]), guardWord, '--ozone-platform=headless', '--disable-gpu', ...sandbox];
  return { command: execPath, words, env };
}
