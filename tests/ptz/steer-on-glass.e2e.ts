import { afterEach, describe, expect, it } from 'vitest';
import { openPtzDesk, standing, turnedFrom } from './ptz-desk.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

describe('steering, on the glass', () => {
  it('moves the picture while Shift and an arrow are held, and stands still when they are released', async () => {
    const { wall, page, angles } = await openPtzDesk(ends);
    const before = await angles();
    expect(before).toEqual({ pan: 0, tilt: 0, magnification: 1 });
    await page.keyboard.down('Shift');
    await page.keyboard.down('ArrowRight');
    const first = await turnedFrom(page, before);
    expect(first.pan).toBeGreaterThan(0);
    expect(first.tilt).toBe(0);
    const later = await turnedFrom(page, first);
    expect(later.pan).toBeGreaterThan(first.pan);
    await page.locator('[data-tile="0"] [data-steered-by="1"]').waitFor();
    await page.keyboard.up('ArrowRight');
    const there = await standing(wall);
    // The end of its way is at 40 degrees: it stands because it was told to.
    expect(there.pan).toBeLessThan(40);
    await page.keyboard.down('ArrowUp');
    const up = await turnedFrom(page, there);
    expect(up.tilt).toBeGreaterThan(0);
    await page.keyboard.up('Shift');
    const stood = await standing(wall);
    expect(stood.tilt).toBeLessThan(20);
    expect(stood.pan).toBe(there.pan);
  });
});
