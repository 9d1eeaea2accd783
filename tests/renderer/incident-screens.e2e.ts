import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { outDir } from '../../build/paths.ts';
import { languages } from '../../renderer/app/languages.ts';
import { axeViolations, overflowing } from './looks.ts';
import { strings } from './strings-of.ts';
import { peshawarWall } from '../support/preview/peshawar.ts';
import { type Preview, startPreview } from '../support/preview/preview.ts';
import { until } from '../support/until.ts';
import { shownIncident } from './shown-incident.ts';

/** Kept for eyes, never compared. */
const pictures = join(outDir, 'screens');
let preview: Preview;
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  preview = await startPreview();
});
afterAll(() => preview?.close());

/** Dialogs fade in; a colour half way there is nobody's contrast. Letters that are still on their way have other sizes. */
const settled = (page: Page) =>
  until('nothing moves', () =>
    page.evaluate(
      () => document.fonts.status === 'loaded' && document.getAnimations().every(({ playState }) => playState !== 'running'),
    ),
  );

for (const { value: language, words, dir } of languages) {
  it(`in ${words}: incidents, one of them with its evidence, procedures and the audit log fit, read from their side, and axe finds nothing`, async () => {
    const wall = peshawarWall(2, 2, 'shared');
    const { states, answers } = shownIncident(wall['wall.cameras']);
    const preferences = { language, contrast: null, panels: null };
    const page = await preview.open({ ...wall, ...states, 'preferences.seat': preferences }, { width: 1280, height: 720 });
    const word = (key: string) => strings(language).get(key) ?? key;
    const look = async (name: string) => {
      await settled(page);
      // What is longer than the window scrolls within it.
      const dialog = await page.getByRole('dialog').last().boundingBox();
      expect((dialog?.y ?? 0) + (dialog?.height ?? 0), name).toBeLessThanOrEqual(720);
      await page.screenshot({ path: join(pictures, `${name}-${language}.png`) });
      await expect.poll(() => overflowing(page), { message: name }).toEqual([]);
      await expect.poll(() => axeViolations(page), { message: name }).toEqual([]);
    };
    try {
      await page.locator('[data-shell="shared"]').waitFor();
      expect(await page.evaluate(() => document.documentElement.dir)).toBe(dir);
      await page.evaluate((given) => {
        for (const [name, output] of Object.entries(given)) window.pretend.answer(name, output);
      }, answers);
      await page.keyboard.press('KeyN');
      await page.getByRole('grid').locator('[data-open-incident]').first().waitFor();
      await look('incidents');

      await page.getByRole('dialog').locator('[data-open-incident="7"]').click();
      const incident = page.locator('[data-incident-page="7"]');
      await incident.locator('[data-bundle]').first().waitFor();
      await look('incident');
      // What takes something back stands beside its first line, however long its name is.
      const named = incident
        .locator('[data-file]')
        .filter({ has: page.locator('[data-take-off]') })
        .first();
      const [line, off] = [await named.boundingBox(), await named.locator('[data-take-off]').boundingBox()];
      expect(off && line && off.y < line.y + line.height && off.y + off.height > line.y).toBe(true);
      const nameEnd = await named.locator('bdi').first().boundingBox();
      const apart =
        dir === 'rtl'
          ? (nameEnd?.x ?? 0) - (off?.x ?? 0) - (off?.width ?? 0)
          : (off?.x ?? 0) - (nameEnd?.x ?? 0) - (nameEnd?.width ?? 0);
      expect(apart).toBeGreaterThanOrEqual(0);
      expect(await incident.locator('[data-file]').first().locator('[data-take-off]').count()).toBe(0);
      // A name in Latin letters stands on the side that the page is read from.
      const [flagged, other] = [incident.locator('[data-joined] bdi').first(), incident.locator('[data-joined] bdi').last()];
      expect(await flagged.evaluate(startOfWords)).toBeCloseTo(await other.evaluate(startOfWords), 0);
      await incident
        .locator('[data-custody]')
        .last()
        .evaluate((line) => line.scrollIntoView());
      await look('incident-evidence');
      await named.locator('[data-take-off]').click();
      await look('incident-taking-back');

      await page.getByRole('button', { name: word('incidents.back') }).click();
      await page.getByRole('button', { name: word('procedures.title') }).click();
      const procedures = page.locator('[data-procedures]');
      await procedures.waitFor();
      await look('procedures');
      // The last of the names begins where the others do.
      const begins = await procedures.locator('button[aria-pressed] bdi').first().evaluate(startOfWords);
      const adds = await page.getByRole('button', { name: word('procedures.add'), exact: true }).evaluate(startOfWords);
      expect(adds).toBeCloseTo(begins, 0);
      await page.keyboard.press('Escape');
      await procedures.waitFor({ state: 'detached' });
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });

      await page.keyboard.press('Shift+KeyA');
      await page.locator('[data-row]').first().waitFor();
      await page.getByRole('alert').waitFor();
      await page.locator('[data-word="incident-flagged"] button').click();
      await page.locator('[data-proved]').waitFor();
      await look('audit');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });

      await page.keyboard.press('Control+KeyK');
      await page.getByRole('combobox').fill(word('evidence.save-seat-key'));
      await page.getByRole('option', { name: word('evidence.save-seat-key') }).waitFor();
      await look('palette-keys');
    } finally {
      await page.close();
    }
  }, 240_000);
}

/** Where the words of an element begin, from the side that it is read from (CSS pixels). */
function startOfWords(element: Element): number {
  const range = document.createRange();
  range.selectNodeContents(element);
  const { left, right } = range.getBoundingClientRect();
  return document.documentElement.dir === 'rtl' ? innerWidth - right : left;
}
