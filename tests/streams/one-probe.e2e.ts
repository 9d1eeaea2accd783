import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { family } from '../host/support/processes.ts';
import { startFootageCameras } from '../support/footage/footage-cameras.ts';
import { until } from '../support/until.ts';
import { startProgram, type StartedProgram, temporaryFolder } from '../support/wall-driver.ts';

/** Counts what a page asks its browser, from outside of the program. */
const countQuestions = `
  globalThis.questions = 0;
  const own = navigator.mediaCapabilities.decodingInfo.bind(navigator.mediaCapabilities);
  navigator.mediaCapabilities.decodingInfo = (asked) => { questions += 1; return own(asked); };
`;

let program: StartedProgram;
let browser: Browser;
const ends: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  const cameras = await startFootageCameras([], 2);
  ends.push(cameras.close);
  const folder = await temporaryFolder();
  ends.push(folder.remove);
  program = await startProgram(folder.path, ['--camera', cameras.url(0), '--camera', cameras.url(1)]);
  ends.push(() => program.stop());
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--allow-loopback-in-peer-connection', '--autoplay-policy=no-user-gesture-required'],
  });
  ends.push(() => browser.close());
});
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

async function openWindow(): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 960, height: 540 } });
  await page.addInitScript(countQuestions);
  await page.goto(program.address());
  await until('both tiles are live', async () => (await page.locator('[data-tile][data-state="live"]').count()) === 2, 60_000);
  // Statistics on the tiles say what decodes them.
  await page.keyboard.press('KeyI');
  return page;
}
const questions = async (page: Page) => Number(await page.evaluate('questions'));
const saysDecoder = (page: Page) =>
  until(
    'both tiles say what decodes them',
    async () =>
      (await page
        .locator('[data-tile]')
        .filter({ hasText: /expected/ })
        .count()) === 2,
    60_000,
  );

it('two windows of one browser ask it once what it decodes with, and again when its GPU process died', async () => {
  const first = await openWindow();
  await saysDecoder(first);
  const second = await openWindow();
  await saysDecoder(second);
  expect([await questions(first), await questions(second)]).toEqual([1, 0]);

  const gpu = family(process.pid).filter(({ command }) => command.includes('--type=gpu-process'));
  expect(gpu).toHaveLength(1);
  for (const { pid } of gpu) process.kill(pid, 'SIGKILL');
  await until('it was asked again', async () => (await questions(first)) + (await questions(second)) > 1, 60_000);
  await saysDecoder(first);
  await saysDecoder(second);
});
