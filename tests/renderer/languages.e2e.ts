import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outDir } from '../../build/paths.ts';
import { windowKinds } from '../../core/displays/displays.contract.ts';
import { languages } from '../../renderer/app/languages.ts';
import { strings } from './strings-of.ts';
import { peshawarWall } from '../support/preview/peshawar.ts';
import { type Preview, startPreview } from '../support/preview/preview.ts';
import { until } from '../support/until.ts';
import { axeViolations, overflowing } from './looks.ts';

const sizes = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
  { width: 1080, height: 1920 },
] as const;
/** Kept for eyes, never compared. */
const pictures = join(outDir, 'screens');

const scenes = ['Morning', 'Processions', 'Night, entry points'].map((name, index) => ({
  id: `scene-${index + 1}`,
  number: index + 1,
  name,
  colour: 'sand',
  ownerSeat: 1,
  locked: index === 1,
  revision: 1,
  changedUtcMs: 1_795_000_000_000,
  changedBySeat: 1,
  displayCount: 1,
  cameraCount: 4,
}));

const kiosk = {
  version: '0.0.0',
  abilities: { leave: true, saves: false, kiosk: { on: true, enforced: [], notEnforced: [] } },
  notices: [],
};

let preview: Preview;
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  preview = await startPreview();
});
afterAll(() => preview?.close());

async function open(
  kind: (typeof windowKinds)[number],
  more: Record<string, unknown> = {},
): Promise<{ page: Page; faults: string[] }> {
  const faults: string[] = [];
  const values = {
    ...peshawarWall(2, 2, kind),
    'scenes.list': scenes,
    'wall.selection': { displayId: 'preview', tile: 1 },
    ...more,
  };
  const page = await preview.open(values, sizes[1], (fault) => faults.push(fault));
  await page.locator(`[data-shell="${kind}"]`).waitFor();
  return { page, faults };
}

/** Chooses a language as an operator without a mouse does: by its command, found by its English name. */
async function speak(page: Page, language: (typeof languages)[number]): Promise<void> {
  if ((await page.evaluate(() => document.documentElement.lang)) === language.value) return;
  await page.keyboard.press('Control+KeyK');
  const label = strings('en').get(`command.speak-${language.value}`) ?? '';
  await page.getByRole('combobox').fill(label);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await until(`the page speaks ${language.value}`, () =>
    page.evaluate((lang) => document.documentElement.lang === lang, language.value),
  );
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** Notes the direction the page had when the first thing was put on it. */
function noteFirstPaint(): void {
  const observer = new MutationObserver(() => {
    if (!document.querySelector('#app > *')) return;
    observer.disconnect();
    document.documentElement.dataset['firstPainted'] = document.documentElement.dir;
  });
  observer.observe(document, { childList: true, subtree: true });
}

/** At which sides of their places the names of cameras stand. */
async function namesSides(page: Page): Promise<Set<string>> {
  const names = page.locator('header [dir="auto"], [role="treeitem"] [dir="auto"]');
  return new Set(
    await names.evaluateAll((all) =>
      all
        .map((name) => {
          const words = document.createRange();
          words.selectNodeContents(name);
          const [box, text] = [name.getBoundingClientRect(), words.getBoundingClientRect()];
          return box.right - text.right < text.left - box.left ? 'right' : box.width - text.width < 2 ? 'full' : 'left';
        })
        .filter((side) => side !== 'full'),
    ),
  );
}

/** Dialogs fade in; a colour half way there is nobody's contrast. */
const settled = (page: Page) =>
  until('nothing moves', () => page.evaluate(() => document.getAnimations().every(({ playState }) => playState !== 'running')));

/** The wall measures itself after the window has a new size, so its captions fit a moment later. */
const fits = (page: Page, message: string) => expect.poll(() => overflowing(page), { message, timeout: 10_000 }).toEqual([]);

for (const kind of windowKinds) {
  describe(`a ${kind} window`, () => {
    for (const language of languages) {
      it(`in ${language.words} has its direction, fits every display, stays, and axe finds nothing`, async () => {
        const { page, faults } = await open(kind);
        try {
          await speak(page, language);
          expect(await page.evaluate(() => getComputedStyle(document.body).direction)).toBe(language.dir);
          for (const size of sizes) {
            await page.setViewportSize(size);
            await settled(page);
            await fits(page, `${size.width}×${size.height}`);
            await page.screenshot({ path: join(pictures, `${kind}-${language.value}-${size.width}.png`) });
          }
          await page.setViewportSize(sizes[1]);
          await settled(page);
          // The preview's names are Latin: in a right-to-left page they still begin beside their numbers.
          expect(await namesSides(page)).toEqual(new Set([language.dir === 'rtl' ? 'right' : 'left']));
          expect(await axeViolations(page)).toEqual([]);
          await page.addInitScript(noteFirstPaint);
          await page.reload();
          await page.locator(`[data-shell="${kind}"]`).waitFor();
          expect(await page.evaluate(() => document.documentElement.lang)).toBe(language.value);
          expect(await page.evaluate(() => document.documentElement.dataset['firstPainted'])).toBe(language.dir);
          expect(faults).toEqual([]);
        } finally {
          await page.close();
        }
      });
    }
  });
}

describe('what lies over a window', () => {
  for (const language of languages) {
    it(`in ${language.words}: help, palette, a typed number and the PIN fit, and axe finds nothing`, async () => {
      const { page } = await open('shared', { 'host.about': kiosk });
      try {
        await speak(page, language);
        await page.setViewportSize(sizes[0]);
        const look = async (name: string) => {
          await settled(page);
          await fits(page, name);
          expect(await axeViolations(page), name).toEqual([]);
          await page.screenshot({ path: join(pictures, `${name}-${language.value}.png`) });
        };
        await page.keyboard.press('F1');
        await page.getByRole('dialog').waitFor();
        await look('help');
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        await page.keyboard.press('Control+KeyK');
        await page.getByRole('option').first().waitFor();
        await look('palette');
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        await page.keyboard.press('KeyT');
        await page.keyboard.press('Digit3');
        await page.locator('[data-number="tile"]').waitFor();
        await look('number');
        await page.keyboard.press('Escape');
        for (const key of ['Control', 'Alt', 'Shift', 'KeyK']) await page.keyboard.down(key);
        await page.getByRole('dialog').waitFor();
        for (const key of ['KeyK', 'Shift', 'Alt', 'Control']) await page.keyboard.up(key);
        await look('pin');
      } finally {
        await page.close();
      }
    });
  }

  for (const language of languages) {
    it(`in ${language.words}: a display's name, number and size of words fit, and axe finds nothing`, async () => {
      const { page } = await open('console');
      try {
        await speak(page, language);
        for (const size of [sizes[0], sizes[2]]) {
          await page.setViewportSize(size);
          await page.locator('[data-known-display] header button').first().click();
          await page.getByRole('menuitem', { name: strings(language.value).get('displays.describe') ?? '', exact: true }).click();
          await page.getByLabel(strings(language.value).get('displays.word-scale') ?? '').waitFor();
          await settled(page);
          await fits(page, `${size.width}×${size.height}`);
          expect(await axeViolations(page)).toEqual([]);
          await page.screenshot({ path: join(pictures, `describe-${language.value}-${size.width}.png`) });
          await page.keyboard.press('Escape');
          await page.getByRole('dialog').waitFor({ state: 'detached' });
        }
      } finally {
        await page.close();
      }
    });
  }

  it('has no violation in high contrast either, and follows what the system asks for', async () => {
    const { page } = await open('shared');
    try {
      expect(await page.evaluate(() => document.documentElement.dataset['contrast'])).toBe('normal');
      await page.emulateMedia({ contrast: 'more', reducedMotion: 'reduce' });
      await page.reload();
      await until('the contrast is high', () => page.evaluate(() => document.documentElement.dataset['contrast'] === 'more'));
      await page.locator('[data-shell="shared"]').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.keyboard.press('F1');
      await page.getByRole('dialog').waitFor();
      // With reduced motion nothing is on its way anywhere.
      expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
      expect(await axeViolations(page)).toEqual([]);
      await page.screenshot({ path: join(pictures, 'contrast-en.png') });
    } finally {
      await page.close();
    }
  });
});
