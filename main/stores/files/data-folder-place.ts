import { isAbsolute, join, win32 } from 'node:path';

/**
 * Where Deedban keeps its data unless told otherwise: XDG Base Directory on Linux (a relative XDG_DATA_HOME is to be ignored, says
 * its specification 0.8), Application Support on macOS, roaming application data on Windows.
 */
export function dataFolderPlace(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  if (platform === 'win32') return win32.join(environment['APPDATA'] || win32.join(home, 'AppData', 'Roaming'), 'Deedban');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Deedban');
  const xdg = environment['XDG_DATA_HOME'] ?? '';
  return join(isAbsolute(xdg) ? xdg : join(home, '.local', 'share'), 'deedban');
}
