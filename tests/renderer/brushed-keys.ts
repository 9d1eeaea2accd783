import type { Page } from 'playwright';

/**
 * Presses keys together that would have to be held, and lets go of them as soon as the page says so. In the page: a test that is held up itself for as long as
 * they have to be held would let go too late.
 */
export async function brush(page: Page, keys: readonly string[]): Promise<void> {
  await page.evaluate(() => {
    const observer = new MutationObserver(() => {
      if (!document.querySelector('[data-leaving="holding"]')) return;
      observer.disconnect();
      document.documentElement.dataset['brushed'] = '';
      for (const code of ['ShiftLeft', 'Escape']) window.dispatchEvent(new KeyboardEvent('keyup', { code }));
    });
    observer.observe(document.body, { childList: true, subtree: true });
  });
  for (const key of keys) await page.keyboard.down(key);
  await page.locator('html[data-brushed]').waitFor({ state: 'attached' });
  for (const key of keys.toReversed()) await page.keyboard.up(key);
  await page.locator('[data-leaving="holding"]').waitFor({ state: 'detached' });
}
