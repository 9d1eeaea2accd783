import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import en from '../../assets/strings/en.json' with { type: 'json' };
import ps from '../../assets/strings/ps.json' with { type: 'json' };
import ur from '../../assets/strings/ur.json' with { type: 'json' };
import { outDir } from '../../build/paths.ts';
import { languages } from '../../renderer/app/languages.ts';
import { overflowing } from '../renderer/looks.ts';
import { startOnDisplays, type ProgramOnDisplays } from '../support/program-on-displays.ts';
import { until } from '../support/until.ts';
import { temporaryFolder } from '../support/wall-driver.ts';
import { startWeston, type Weston, westonIsHere } from '../support/weston.ts';

if (!westonIsHere()) process.stderr.write("Wayland is not tested: there is no weston here (Debian's package weston).\n");

describe.skipIf(!westonIsHere())('a desktop of Wayland alone', () => {
  let weston: Weston | undefined;
  let program: ProgramOnDisplays | undefined;
  let folder: Awaited<ReturnType<typeof temporaryFolder>> | undefined;
  beforeAll(async () => {
    folder = await temporaryFolder();
    weston = await startWeston();
    program = await startOnDisplays(folder.path, weston.env, ['--tiles', '4']);
  });
  afterAll(async () => {
    await program?.stop();
    await weston?.close();
    await folder?.remove();
  });
  const running = () => {
    if (!program) throw new Error('Deedban runs while it is tested');
    return program;
  };
  const onlyPage = () =>
    until('one window is open', () => (running().pages().length === 1 ? running().pages()[0] : null), 60_000);

  it('has one window with wall and desk, full screen, whose tiles are live', async () => {
    const page = await onlyPage();
    await page.locator('[data-shell="shared"]').waitFor({ timeout: 60_000 });
    await until(
      'four tiles are live',
      async () => (await page.locator('[data-wall] [data-tile][data-state="live"]').count()) === 4,
      90_000,
    );
    expect(running().pages().length).toBe(1);
    expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([1920, 1080]);
    expect(running().said()).toContain('The wall is on the displays.');
  });

  it('says in each language that there is one window only, and what to do about it', async () => {
    const page = await onlyPage();
    mkdirSync(join(outDir, 'screens'), { recursive: true });
    const sentences = { en, ur, ps };
    for (const { value, words } of languages) {
      const spoken = await page.evaluate(() => document.documentElement.lang);
      const before = languages.find((language) => language.value === spoken)?.words ?? '';
      await page.locator('header').getByRole('button', { name: before }).click();
      await page.getByRole('menuitemradio', { name: words }).click();
      await page.getByText(sentences[value].host['one-window'], { exact: true }).waitFor();
      await page.keyboard.press('Escape');
      await expect.poll(() => overflowing(page)).toEqual([]);
      await page.screenshot({ path: join(outDir, 'screens', `wayland-${value}.png`) });
    }
  });

  it('is left like any other', async () => {
    expect(await running().stop()).toBe(0);
  });
});
