import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWall } from '../support/wall-driver.ts';
import type { Angles } from './read-angles.ts';
import { openPtzDesk, type PtzDesk, standing, turnedFrom } from './ptz-desk.ts';

const ends: (() => Promise<unknown>)[] = [];
let desk: PtzDesk;
let left: Angles;
beforeEach(async () => {
  desk = await openPtzDesk(ends);
  // From one end of its way, so that it has far to go to the other, however slow this machine is.
  const middle = await desk.angles();
  for (const key of ['KeyP', 'Digit2', 'Enter']) await desk.page.keyboard.press(key);
  await turnedFrom(desk.page, middle);
  left = await standing(desk.wall);
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Holds Shift and the arrow to the right until the picture moves. */
async function moving(): Promise<void> {
  await desk.page.keyboard.down('Shift');
  await desk.page.keyboard.down('ArrowRight');
  await turnedFrom(desk.page, left);
}

/** It stands, and before the end of its way. */
async function standsOn(wall: PtzDesk['wall']): Promise<void> {
  const { pan } = await standing(wall);
  expect(pan).toBeGreaterThan(left.pan);
  expect(pan).toBeLessThan(40);
}

describe('a camera in mid-move stands still on the glass', () => {
  it('when the window that steers it has died', async () => {
    const other = await openWall(desk.program.address());
    ends.push(other.close);
    await other.waitForTile(0, 'live');
    await moving();
    const crashed = new Promise((resolve) => desk.page.once('crash', resolve));
    const cdp = await desk.page.context().newCDPSession(desk.page);
    cdp.send('Page.crash').catch(() => {});
    await crashed;
    await standsOn(other);
    // Nobody holds it any more.
    await other.page.locator('[data-tile="0"] [data-steered-by]').waitFor({ state: 'detached' });
  });

  it('when main was killed', async () => {
    await moving();
    await desk.program.kill();
    await standsOn(desk.wall);
  });

  it('when main hangs', async () => {
    await moving();
    process.kill(desk.program.pid, 'SIGSTOP');
    ends.push(async () => process.kill(desk.program.pid, 'SIGCONT'));
    await standsOn(desk.wall);
  });

  it('when the window lost the focus', async () => {
    await moving();
    await desk.page.evaluate("window.dispatchEvent(new Event('blur'))");
    await standsOn(desk.wall);
  });
});
