import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleIfStale } from '../../build/bundle.ts';
import { until } from '../support/until.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'node_modules/electron');
const program = existsSync(join(folder, 'path.txt'))
  ? join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'))
  : null;

/** Why Electron cannot be run here, or null where it can. */
function reasonToSkip(): string | null {
  if (program === null || !existsSync(program)) return "Electron's binary is not on this machine";
  if (process.platform === 'linux' && process.getuid?.() === 0) return 'Electron does not run as root with its sandbox on';
  if (process.platform === 'linux' && !process.env['DISPLAY']) return 'there is no display';
  return null;
}

const skipped = reasonToSkip();
if (skipped !== null) process.stdout.write(`SKIPPED, the real Electron was NOT run: ${skipped}.\n`);

describe.skipIf(skipped !== null)(`the real Electron${skipped === null ? '' : ` (SKIPPED: ${skipped})`}`, () => {
  let electron: ElectronApplication;
  let data = '';

  beforeAll(async () => {
    await bundleIfStale();
    data = await mkdtemp(join(tmpdir(), 'deedban-electron-e2e-'));
    electron = await _electron.launch({
      executablePath: program ?? '',
      args: [join(root, 'out/main-electron.js'), '--data', data, '--tiles', '4'],
    });
  });
  afterAll(async () => {
    await electron?.close();
    await rm(data, { recursive: true, force: true });
  });

  test('the wall is a page of our own origin, and its tiles become live', async () => {
    const page = await electron.firstWindow();
    await page.waitForLoadState('load');
    expect(await page.evaluate('location.origin')).toBe('app://deedban');
    await until(
      'a video plays',
      () => page.evaluate("[...document.querySelectorAll('video')].some((video) => video.videoWidth > 0)"),
      60_000,
    );
  });

  test('each display has one full-screen window', async () => {
    const counts = await electron.evaluate(({ BrowserWindow, screen }) => ({
      windows: BrowserWindow.getAllWindows().filter((window) => window.isFullScreen() || window.isSimpleFullScreen()).length,
      displays: screen.getAllDisplays().length,
    }));
    expect(counts.windows).toBe(counts.displays);
  });

  test('a page has nothing of Node, opens nothing and goes nowhere', async () => {
    const page = await electron.firstWindow();
    expect(await page.evaluate('[typeof require, typeof process, typeof module]')).toEqual([
      'undefined',
      'undefined',
      'undefined',
    ]);
    expect(await page.evaluate("window.open('https://example.org/')")).toBeNull();
    await page.evaluate("location.href = 'https://example.org/'");
    expect(await page.evaluate('location.origin')).toBe('app://deedban');
    expect(await page.evaluate("fetch('http://127.0.0.1:1/').then(() => 'answered', () => 'refused')")).toBe('refused');
    expect(await page.evaluate("fetch('/../package.json').then((answer) => answer.status)")).toBe(404);
  });

  test('a window whose page crashed is back', async () => {
    await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
    await until('its page is there again', () =>
      electron.evaluate(async ({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        return contents !== undefined && !contents.isCrashed() && !contents.isLoading();
      }),
    );
  });
});
