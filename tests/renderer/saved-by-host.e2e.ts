import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { outDir } from '../../build/paths.ts';
import { until } from '../support/until.ts';
import { overflowing } from './looks.ts';
import { oneWindow } from './one-window.ts';
import { sceneDesk } from './scenes-page.ts';

const pictures = join(outDir, 'screens');
const windows = oneWindow();
beforeAll(() => mkdirSync(pictures, { recursive: true }));

const orderSchema = z.object({
  id: z.string(),
  from: z.union([z.object({ path: z.string() }), z.object({ text: z.string() })]),
  fileName: z.string(),
});

/** A supervisor's desk in a host that asks for places by itself. */
async function openDesk(language: string | null = null) {
  const window = await windows.open(
    sceneDesk({
      'host.about': {
        version: '0.0.0',
        abilities: { leave: true, saves: true, kiosk: { on: false, enforced: [], notEnforced: [] } },
        notices: [],
      },
      'host.saving': [],
      'audit.exporting': [],
      'audit.status': { head: null, signs: true, copies: null },
      'preferences.seat': { language, contrast: null, panels: null },
    }),
    { width: 1920, height: 1080 },
  );
  await window.page.locator('[data-scene="1"]').waitFor();
  await window.pretend('answer', 'audit.rows', { rows: [], next: null, all: 0 });
  await window.pretend('answer', 'host.save', { outcome: 'saved' });
  // What a page of that host may not do.
  await window.page.evaluate(
    `window.showSaveFilePicker = () => Promise.reject(new Error('denied')); HTMLAnchorElement.prototype.click = () => { throw new Error('a download'); };`,
  );
  const asked = (count: number) =>
    until(`the host is asked ${count} times`, async () => {
      const orders = (await window.calls())
        .filter(({ name }) => name === 'host.save')
        .map(({ input }) => orderSchema.parse(input));
      return orders.length === count ? orders : null;
    });
  const choose = async (opener: RegExp, item: string) => {
    await window.page.getByRole('button', { name: opener }).click();
    await window.page.getByRole('menuitem', { name: item }).click();
  };
  return { ...window, asked, choose };
}

it('scenes and the directory are given to a host that saves, with the name it may suggest, and are said to be saved', async () => {
  const { page, pretend, asked, choose } = await openDesk();
  await pretend('answer', 'scenes.export', { text: '{"format":"deedban-scenes"}' });
  await choose(/^Import and export/, 'Export all scenes');
  expect((await asked(1)).at(-1)).toMatchObject({
    from: { text: '{"format":"deedban-scenes"}' },
    fileName: expect.stringMatching(/^scenes \d{4}-\d\d-\d\d\.json$/),
  });
  await page
    .getByText(/^A copy of scenes .* is saved\.$/)
    .first()
    .waitFor();
  await choose(/^Directory: /, 'Export as GeoJSON');
  expect((await asked(2)).at(-1)).toMatchObject({
    ...{ from: { path: '/directory/export?format=geojson' }, fileName: 'deedban-cameras.geojson' },
  });
  await page.getByText('A copy of deedban-cameras.geojson is saved.').first().waitFor();
  await pretend('answer', 'host.save', { outcome: 'not-writable' });
  await choose(/^Directory: /, 'Export as CSV');
  await page
    .getByText(/Deedban may not write at that place/)
    .first()
    .waitFor();
  await page.screenshot({ path: join(pictures, 'saved-by-host.png') });
});

for (const language of ['en', 'ur', 'ps'])
  it(`an export that a host writes says how many rows of all it has, and is cancelled by its button, in ${language}`, async () => {
    const { page, pretend, asked } = await openDesk(language);
    await pretend('hold', 'host.save');
    await page.keyboard.press('Shift+KeyA');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: /CSV/ }).click();
    const [order] = await asked(1);
    const from = order && 'path' in order.from ? order.from.path : '';
    const copy = new URLSearchParams(from.slice(from.indexOf('?'))).get('copy');
    await pretend('set', 'audit.exporting', [{ copy, rows: 12_500, percent: 40 }]);
    await dialog.locator('[data-audit="exporting"]', { hasText: /12,500.*40/ }).waitFor();
    await page.screenshot({ path: join(pictures, `audit-exporting-${language}.png`) });
    await expect.poll(() => overflowing(page)).toEqual([]);
    await dialog.locator('[data-audit="exporting"] + button').click();
    await dialog.getByRole('button', { name: /CSV/ }).waitFor();
  });
