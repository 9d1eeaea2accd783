import { expect, it } from 'vitest';
import { flag, openPage, openSeats, press } from './open-seats.ts';

it('what came into an incident by mistake is taken back with a reason: a camera, and a file that was dropped', async () => {
  const { operator, supervisor } = await openSeats();
  await flag(operator, 1, 1);
  await openPage(operator, 1);
  const page = operator.locator('[data-incident-page="1"]');
  await expect.poll(() => page.locator('[data-kept]').innerText()).toContain('90 days from its closing');

  const dropped = await operator.evaluateHandle(`(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['%PDF-1.7 of another case'], 'wrong.pdf', { type: 'application/pdf' }));
    return transfer;
  })()`);
  const place = page.locator('[data-files]');
  await place.dispatchEvent('dragover', { dataTransfer: dropped });
  await expect.poll(() => place.getAttribute('data-over')).toBe('true');
  await place.dispatchEvent('drop', { dataTransfer: dropped });
  const file = page.locator('[data-file]', { hasText: 'wrong.pdf' });
  await file.waitFor();
  expect(await place.getAttribute('data-over')).toBeNull();
  await press(operator, 'Nearby cameras');
  await page.locator('[data-neighbour="khy-2"]').click();
  const joined = page.locator('[data-joined="khy-2"]');
  await joined.waitFor();
  // The camera that was flagged stays.
  expect(await page.locator('[data-joined="khy-1"] [data-take-off]').count()).toBe(0);

  await joined.locator('[data-take-off]').click();
  await page.getByLabel('Why it does not belong here').fill('It looks the other way');
  await operator.keyboard.press('Enter');
  await joined.waitFor({ state: 'detached' });
  await file.locator('[data-take-off]').click();
  await page.getByLabel('Why it does not belong here').fill('Of another case');
  await operator.keyboard.press('Enter');
  await file.waitFor({ state: 'detached' });
  const timeline = page.getByLabel('Timeline');
  for (const words of [
    'gate 2 joined',
    'gate 2 taken back: It looks the other way',
    'Attached: wrong.pdf',
    'wrong.pdf taken back: Of another case',
  ])
    await timeline.getByText(words).waitFor();
  // Its tile is marked no more, and what was secured of it is in the custody log.
  await supervisor.locator('[data-tile="1"] [data-incident="1"]').waitFor({ state: 'detached' });
}, 180_000);

it('a supervisor edits what is to be done; who follows it already goes on as it began, and an operator does not get to it', async () => {
  const { operator, supervisor } = await openSeats();
  await flag(operator, 1, 1);
  await openPage(operator, 1);
  const page = operator.locator('[data-incident-page="1"]');
  await page.getByLabel('Category').selectOption('accident');
  await press(operator, 'Begin: Road accident');
  await page.locator('[data-step="next"]').waitFor();
  const before = await page.locator('[data-step]').allInnerTexts();
  await press(operator, 'All incidents');
  expect(await operator.getByRole('button', { name: 'Procedures' }).count()).toBe(0);

  await supervisor.keyboard.press('KeyN');
  await supervisor.getByRole('button', { name: 'Procedures' }).click();
  const dialog = supervisor.locator('[data-procedures]');
  const keep = supervisor.getByRole('button', { name: 'Keep' });
  expect(await keep.isDisabled()).toBe(true);
  await dialog.getByRole('button', { name: 'Add a step' }).click();
  await supervisor.getByText('A step is empty').waitFor();
  await dialog.getByLabel('Step 5', { exact: true }).fill('Write down who was there');
  await dialog.getByRole('button', { name: 'Step 5 one up' }).click();
  await dialog.getByRole('button', { name: 'Remove step 1' }).click();
  await keep.click();
  await supervisor.getByText('The procedures are kept').first().waitFor();

  // Keys rest while a dialog is open.
  await operator.keyboard.press('Escape');
  await flag(operator, 3, 2);
  await openPage(operator, 2);
  const other = operator.locator('[data-incident-page="2"]');
  await other.getByLabel('Category').selectOption('accident');
  await press(operator, 'Begin: Road accident');
  await expect.poll(() => other.locator('[data-step]').count()).toBe(4);
  expect(await other.locator('[data-step]').nth(2).innerText()).toContain('Write down who was there');
  await operator.keyboard.press('Escape');
  await openPage(operator, 1);
  await expect.poll(() => page.locator('[data-step]').allInnerTexts()).toEqual(before);
}, 180_000);
