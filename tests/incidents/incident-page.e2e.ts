import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { flag, openPage, openSeats, press } from './open-seats.ts';

it('an incident is flagged, acknowledged, given away, worked through, linked, joined by a neighbour, documented, resolved, closed and reopened, and both seats see it', async () => {
  const { operator, supervisor } = await openSeats();
  await flag(operator, 3, 1);
  await flag(operator, 1, 2);
  await openPage(operator, 2);
  const page = operator.locator('[data-incident-page="2"]');
  await press(operator, 'Acknowledge');
  await page.locator('[data-life="acknowledged"]').waitFor();

  await page.getByLabel('Answers for it').selectOption('2');
  await supervisor.getByText('INC-2 is yours to answer for.').first().waitFor();
  await press(operator, 'Send somebody');
  await page.getByLabel('Who is sent').fill('Patrol 4');
  await operator.keyboard.press('Enter');
  await page.locator('[data-assigned]', { hasText: 'Patrol 4' }).waitFor();
  await page.getByLabel('Note', { exact: true }).fill('ایک گاڑی کھڑی ہے');
  await press(operator, 'Add note');
  await page.locator('[data-kind="note"]').waitFor();

  await page.getByLabel('Category').selectOption('accident');
  await press(operator, 'Begin: Road accident');
  await press(operator, 'Done');
  await page.locator('[data-step="done"]').waitFor();
  await press(operator, 'Skip');
  await page.getByLabel('Why it is skipped').fill('1122 is there already');
  await operator.keyboard.press('Enter');
  await page.locator('[data-step="skipped"]').waitFor();
  // The supervisor is told without looking for it, and says so.
  const told = supervisor.locator('[data-skip="2 1"]');
  await told.getByText('1122 is there already').waitFor();
  await told.getByRole('button', { name: 'Seen' }).click();
  await page.getByText('Seen by Op. 2.').waitFor();
  expect(await operator.locator('[data-skip]').count()).toBe(0);

  await page.getByLabel('Number of another incident').fill('INC-1');
  await operator.keyboard.press('Enter');
  await page.locator('[data-link="1"]').waitFor();
  await press(operator, 'Nearby cameras');
  await page.locator('[data-neighbour="khy-2"]').click();
  await page.locator('[data-joined="khy-2"]').waitFor();
  // Its tile on the wall says so too.
  await supervisor.locator('[data-tile="1"] [data-incident="2"]').waitFor();
  expect(await page.locator('[data-neighbour="far-1"]').count()).toBe(0);

  await page.locator('input[type="file"]').setInputFiles([
    { name: 'report.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 what the patrol wrote') },
    { name: 'program.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') },
  ]);
  await page.locator('[data-file]', { hasText: 'report.pdf' }).waitFor();
  await operator.getByText('program.exe is not attached').first().waitFor();
  expect(await page.locator('[data-file]', { hasText: '.exe' }).count()).toBe(0);
  const download = operator.waitForEvent('download');
  await operator.evaluate('delete window.showSaveFilePicker');
  await page.getByRole('button', { name: 'Save a copy of report.pdf' }).click();
  expect((await download).suggestedFilename()).toBe('report.pdf');
  await page.locator('[data-custody="opened"]').waitFor();

  await press(operator, 'Resolve');
  await page.getByLabel('What came of it').fill('The road is free');
  await operator.keyboard.press('Enter');
  await page.locator('[data-life="resolved"]').waitFor();
  await press(operator, 'Close');
  await page.locator('[data-life="closed"]').waitFor();
  await press(operator, 'Reopen');
  await page.getByLabel('Why', { exact: true }).fill('It happened again');
  await operator.keyboard.press('Enter');
  await page.locator('[data-life="open"]').waitFor();

  // The link is on the other page, and can be taken off there.
  await page.locator('[data-link="1"]').getByRole('button', { name: 'INC-1' }).click();
  await operator.locator('[data-incident-page="1"] [data-link="2"]').getByRole('button', { name: 'Take off' }).click();
  await operator.locator('[data-incident-page="1"] [data-link="2"]').waitFor({ state: 'detached' });

  await supervisor.keyboard.press('KeyN');
  await supervisor.locator('[data-look="board"]').click();
  await supervisor.locator('[data-column="open"] [data-card="2"]').waitFor();
  await supervisor.locator('[data-column="open"] [data-card="2"]').focus();
  await supervisor.keyboard.press('ArrowDown');
  await expect.poll(() => supervisor.locator('[data-card="1"]:focus').count()).toBe(1);
  await supervisor.locator('[data-look="times"]').click();
  await expect.poll(() => supervisor.locator('[data-shift="0"] td').first().innerText()).toBe('2');
}, 240_000);

it('of two seats that change one thing at once the later one is told, and sees what it is now', async () => {
  const { operator, supervisor } = await openSeats();
  await flag(operator, 1, 1);
  for (const page of [operator, supervisor]) {
    await openPage(page, 1);
    await press(page, 'Send somebody');
  }
  await operator.getByLabel('Who is sent').fill('Patrol 4');
  await supervisor.getByLabel('Who is sent').fill('Patrol 9');
  await Promise.all([operator.keyboard.press('Enter'), supervisor.keyboard.press('Enter')]);
  const told = (page: Page) => page.getByText('Somebody else has changed this just now').count();
  await expect.poll(async () => (await told(operator)) + (await told(supervisor))).toBeGreaterThan(0);
  const words = (page: Page) => page.locator('[data-assigned]').innerText();
  await expect.poll(async () => (await words(operator)) === (await words(supervisor))).toBe(true);
  expect(await words(operator)).toMatch(/^Patrol [49]$/);
}, 180_000);

it('two seats that flag one camera within seconds make one incident, which names both on its page', async () => {
  const { operator, supervisor } = await openSeats();
  await supervisor.locator('[data-tile="0"][data-verdict="live"]').waitFor();
  for (const page of [operator, supervisor]) {
    for (const key of ['KeyT', 'Digit1', 'Enter']) await page.keyboard.press(key);
    await page.locator('[data-tile="0"][data-selected]').waitFor();
  }
  await Promise.all([operator.keyboard.press('KeyF'), supervisor.keyboard.press('KeyF')]);
  await openPage(operator, 1);
  const timeline = operator.locator('[data-incident-page="1"]').getByLabel('Timeline');
  await timeline.getByText('flagged it, too').waitFor();
  for (const seat of [1, 2]) await timeline.getByText(`Op. ${seat}`).first().waitFor();
  expect(await operator.locator('[data-open-incident="2"]').count()).toBe(0);
}, 180_000);
