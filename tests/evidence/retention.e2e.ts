import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, it, onTestFinished } from 'vitest';
import { flagOf, seatOf } from '../incidents/incident-set-up.ts';
import { press } from '../incidents/open-seats.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { openWall, type StartedProgram, startProgram } from '../support/wall-driver.ts';
import { clipId } from './clip-set-up.ts';
import { sessionOf, setUp } from './evidence-set-up.ts';

const dayMs = 86_400_000;
const patience = { timeout: 60_000 };
/** Closed for longer than the 90 days of the settings; closed then and locked; closed for 89 days. */
const [over, locked, recent] = [1, 2, 3] as const;

/** A data folder as a program leaves it that runs no more, written by its own parts: their clock stands where nobody can set the real program's. */
async function oldFolder(folder: string): Promise<void> {
  const clock = createFakeClock(Date.now() - 91 * dayMs);
  const { incidents, put, take, evidence, close } = await setUp({ folder, clock });
  await incidents.flag(seatOf(1), flagOf('pes-2'));
  await incidents.flag(seatOf(1), flagOf('pes-3'));
  const window = sessionOf();
  for (const number of [over, locked, recent]) {
    const camera = `pes-${number}`;
    await expect
      .poll(() =>
        evidence.states['evidence.securing'](window)
          .current()
          .map(({ incident }) => incident),
      )
      .toContain(number);
    expect(await take(window, number, camera)).toEqual({ outcome: 'yours' });
    expect(await put(`${number}/${camera}/${clipId(number)}/0`, `piece of ${number}`)).toBe(201);
    expect(await put(`${number}/${camera}/${clipId(number)}/end`)).toBe(204);
    clock.pass(number === recent ? 2 * dayMs : 1_000);
    for (const deed of ['acknowledge', 'start', 'resolve', 'close'] as const)
      await incidents.do(seatOf(1), number, deed === 'resolve' ? { do: deed, outcome: 'The road is free' } : { do: deed });
  }
  await incidents.do(seatOf(1, 'supervisor'), locked, { do: 'lock', locked: true });
  for (const number of [over, locked, recent]) expect(incidents.get(number)?.life.state).toBe('closed');
  close();
}

/** The pieces that are on the disk. */
async function pieces(folder: string): Promise<number> {
  const names = await readdir(join(folder, 'vault'), { recursive: true });
  return names.filter((name) => /^[0-9a-f]{2}.[0-9a-f]{64}$/.test(name)).length;
}

/** A supervisor's page of an incident that was closed. */
async function openClosed(page: Page, number: number): Promise<void> {
  await page.keyboard.press('KeyN');
  await page.getByLabel('Any state').selectOption('closed');
  await page.locator(`[data-open-incident="${number}"]`).first().click();
  await page.locator(`[data-incident-page="${number}"]`).waitFor();
}

it('a clip whose days are over is gone when a supervisor has said that the clock, which is months ahead of what was written last, is right; it leaves its trace on the page and in the audit log; what is locked stays until somebody unlocks it', async () => {
  const folder = temporaryFolder();
  await oldFolder(folder);
  expect(await pieces(folder)).toBe(3);
  let program: StartedProgram | null = null;
  const start = async () => {
    await program?.stop();
    program = await startProgram(folder, ['--camera', 'rtsp://127.0.0.1:9/none']);
    const wall = await openWall(program.address());
    onTestFinished(() => wall.close());
    await wall.page.locator('[data-tile="0"]').waitFor();
    return wall.page;
  };
  onTestFinished(async () => void (await program?.stop()));
  let page = await start();
  const clip = (life: string) => page.locator(`[data-clip][data-life="${life}"]`);
  const trace = () => page.locator('[data-custody="deleted"]').getByText('the days that it is kept are over');

  // Nobody was here for three months, or the clock is wrong: the program cannot know.
  await page.locator('[data-clock-doubt="1"]').getByText('days ahead of what was written last').waitFor(patience);
  expect(await pieces(folder)).toBe(3);
  const click = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await click('Is it right? …');
  await click('No, keep them');
  expect(await pieces(folder)).toBe(3);
  await click('Is it right? …');
  await click('Yes, that is the time');
  await page.locator('[data-clock-doubt]').waitFor({ state: 'detached' });

  await openClosed(page, over);
  await clip('deleted').getByText('deleted: the days that it is kept are over').waitFor(patience);
  await trace().waitFor();
  await expect.poll(() => pieces(folder), patience).toBe(2);
  await page.keyboard.press('Escape');
  await openClosed(page, recent);
  await clip('whole').waitFor();
  await page.keyboard.press('Escape');
  await openClosed(page, locked);
  await clip('whole').waitFor();
  await page.getByText('as long as it is locked').first().waitFor();
  await press(page, 'Unlock its evidence');
  await page.getByRole('button', { name: 'Lock its evidence', exact: true }).waitFor();
  expect(await pieces(folder)).toBe(2);

  page = await start();
  await openClosed(page, locked);
  await clip('deleted').waitFor(patience);
  await trace().waitFor();
  await expect.poll(() => pieces(folder), patience).toBe(1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+KeyA');
  await page.locator('[data-audit="act"]').selectOption('evidence');
  const rows = page.locator('[data-row][data-word="evidence-deleted-retention"]');
  await expect.poll(() => rows.count(), patience).toBe(2);
  for (const words of await rows.allInnerTexts()) expect(words).toContain('the days that it is kept are over');
  await page.locator('[data-audit="act"]').selectOption('settings');
  await page.locator('[data-row][data-word="deed-trust-clock"]').waitFor();
}, 240_000);
