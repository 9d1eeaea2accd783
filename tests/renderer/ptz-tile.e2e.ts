import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { peshawarWall } from '../support/preview/peshawar.ts';
import { type Preview, startPreview } from '../support/preview/preview.ts';
import { cameraIds } from './shown-wall.ts';
import { openPage, type WallPage } from './wall-page.ts';

let preview: Preview;
let wall: WallPage;
beforeAll(async () => {
  preview = await startPreview();
});
afterAll(() => preview?.close());
afterEach(() => wall.close());

const [camera] = cameraIds;

/** A wall whose first camera can be steered, and nobody does. */
async function open(): Promise<void> {
  const values = peshawarWall(3, 3);
  const { 'wall.cameras': all } = values;
  if (!Array.isArray(all)) throw new Error('the preview has no cameras');
  const cameras = all.map((each: object, at) => (at === 0 ? { ...each, kind: 'ptz' } : each));
  wall = await openPage(preview, { ...values, 'wall.cameras': cameras, 'ptz.leases': [], 'ptz.troubles': [] });
  await wall.awaitLive(9);
}

describe('a tile of a camera that is steered', () => {
  it('says who does, and nothing when nobody does any more', async () => {
    await open();
    expect(await wall.tile(0).locator('[data-steered-by]').count()).toBe(0);
    const by = { seat: 3, priority: 50 };
    await wall.pretend('set', 'ptz.leases', [{ camera, by, reserved: false, sinceUtcMs: 0, moving: true }]);
    await wall.tile(0).getByText('Op. 3 steers').waitFor();
    expect(await wall.tile(1).locator('[data-steered-by]').count()).toBe(0);
    await wall.pretend('set', 'ptz.leases', []);
    await wall.tile(0).getByText('Op. 3 steers').waitFor({ state: 'detached' });
  });

  it('says that it may be moving and when it stops by itself, where the network to it is cut', async () => {
    await open();
    await wall.pretend('set', 'ptz.troubles', [{ camera, problem: 'may-be-moving', sinceUtcMs: 0 }]);
    const words = wall.tile(0).locator('[data-trouble="may-be-moving"]');
    await words.waitFor();
    expect(await words.innerText()).toMatch(/Stops by itself within 2 s/);
    await wall.pretend('set', 'ptz.troubles', []);
    await words.waitFor({ state: 'detached' });
  });
});
