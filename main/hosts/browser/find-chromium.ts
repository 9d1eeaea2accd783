import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const onPath = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];

const usualPlaces: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((folder) => [
    `%${folder}%\\Google\\Chrome\\Application\\chrome.exe`,
    `%${folder}%\\Chromium\\Application\\chrome.exe`,
    `%${folder}%\\Microsoft\\Edge\\Application\\msedge.exe`,
  ]),
};

/**
 * The path of a Chromium of this machine, or null: `CHROMIUM_PATH` alone where it is set (a wrong one is not made up for),
 * else the first on the PATH, else the usual places of macOS and Windows.
 */
export function findChromium(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  canRun: (path: string) => boolean = isProgram,
): string | null {
  const given = env['CHROMIUM_PATH'];
  if (given) return canRun(given) ? given : null;
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [
    ...(platform === 'win32' ? [] : onPath.flatMap((name) => folders.map((folder) => join(folder, name)))),
    ...(usualPlaces[platform] ?? []).map((path) => path.replace(/%([^%]+)%/g, (_, name: string) => env[name] ?? '')),
  ];
  return candidates.find(canRun) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
