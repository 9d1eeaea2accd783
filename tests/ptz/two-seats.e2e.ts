import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { openWall, type WallDriver } from '../support/wall-driver.ts';
import { openPtzDesk, type PtzDesk, selectSteerable, standing, turnedFrom } from './ptz-desk.ts';

/** Seat 1 goes before seat 2. */
let first: PtzDesk;
let second: WallDriver;
const ends: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  const seats = [80, 40].map((priority, at) => ({ number: at + 1, role: 'operator', priority }));
  first = await openPtzDesk(ends, { seats });
  await until('the second seat has an address', () => first.program.address(2));
  second = await openWall(first.program.address(2));
  ends.push(second.close);
  await selectSteerable(second);
});
afterAll(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

describe('two seats at one camera', () => {
  it('the higher takes it over and moves it elsewhere, and the lower is told, stands by, and is refused in words', async () => {
    const before = await first.angles();
    await second.page.keyboard.down('Shift');
    await second.page.keyboard.down('ArrowRight');
    await turnedFrom(first.page, before);
    await first.page.locator('[data-tile="0"]').getByText('Op. 2 steers').waitFor();
    await second.page.locator('[data-tile="0"]').getByText('You steer').waitFor();

    await first.page.keyboard.down('Shift');
    await first.page.keyboard.down('ArrowLeft');
    await second.page.getByRole('status').getByText('Op. 1 has taken camera 101 from you.').waitFor();
    await second.page.locator('[data-tile="0"]').getByText('Op. 1 steers').waitFor();
    // The lower's key is still down, and moves nothing.
    await until('it goes the way of the higher', async () => (await first.angles()).pan < -2);
    await first.page.keyboard.up('ArrowLeft');
    await first.page.keyboard.up('Shift');
    const stood = await standing(first.wall);
    expect(stood.pan).toBeGreaterThan(-40);

    await second.page.keyboard.up('ArrowRight');
    await second.page.keyboard.down('ArrowRight');
    await second.page.getByRole('status').getByText('Op. 1 steers camera 101.').waitFor();
    await second.page.keyboard.up('ArrowRight');
    await second.page.keyboard.up('Shift');
    expect(await standing(first.wall)).toEqual(stood);

    await first.page.keyboard.press('Shift+KeyJ');
    await second.page.locator('[data-tile="0"] [data-steered-by]').waitFor({ state: 'detached' });
    await second.page.keyboard.press('Shift+ArrowUp');
    await second.page.locator('[data-tile="0"]').getByText('You steer').waitFor();
  });
});
