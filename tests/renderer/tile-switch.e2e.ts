import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { peshawarWall, wallOf } from '../support/preview/peshawar.ts';
import { type Preview, startPreview } from '../support/preview/preview.ts';
import { until } from '../support/until.ts';
import { openPage, type WallPage } from './wall-page.ts';

let preview: Preview;
let wall: WallPage;

beforeAll(async () => {
  preview = await startPreview();
});
afterAll(() => preview?.close());
afterEach(() => wall.close());

async function openWall(): Promise<void> {
  wall = await openPage(preview, peshawarWall(2, 2));
  await wall.awaitLive(4);
}
const put = (...cameras: string[]) => wall.pretend('set', 'wall.display', wallOf('preview', 2, 2, cameras));
const caption = (tile: number) => wall.tile(tile).locator('header').innerText();
const says = (tile: number, words: RegExp) =>
  until(`tile ${tile} says ${words}`, async () => words.test(await wall.tile(tile).innerText()), 30_000);

/**
 * What the first tile was from now on beside live, as it happens; what takes more than half a second is covered by a picture that says its age, and what a busy
 * machine holds up is said to be stalled.
 */
async function noteStates(): Promise<() => Promise<string[]>> {
  await wall.page.evaluate(() => {
    const tile = document.querySelector<HTMLElement>('[data-tile="0"]');
    if (!tile) throw new Error('no tile');
    const states: string[] = [];
    Object.assign(window, { states });
    new MutationObserver(() => {
      const { state = '', aged } = tile.dataset;
      if (state !== 'live' && state !== 'stalled' && aged === undefined) states.push(state);
    }).observe(tile, { attributeFilter: ['data-state'] });
  });
  return () => wall.page.evaluate(() => (window as unknown as { states: string[] }).states);
}

describe('a live tile that is to show another camera', () => {
  it('goes on with its picture and caption, says what is coming, and is that camera with its first picture', async () => {
    await openWall();
    const states = await noteStates();
    await wall.pretend('freeze', 'psh-205', true);
    await put('psh-205', 'psh-202', 'psh-203', 'psh-204');
    await says(0, /→ 205/);
    expect(await wall.tile(0).getByRole('img', { name: 'Camera 205 is coming.' }).count()).toBe(1);
    expect(await caption(0)).toContain('201');
    expect(await wall.tile(0).getAttribute('aria-label')).toContain('201');
    await wall.pretend('freeze', 'psh-205', false);
    await until('the caption is the new one', async () => (await caption(0)).includes('205'), 30_000);
    expect(await wall.tile(0).innerText()).not.toContain('→');
    expect(await states()).toEqual([]);
    await until('the former stream is left', async () =>
      (await wall.requests()).some(({ method, path }) => method === 'DELETE' && path.startsWith('/whep/psh-201/')),
    );
  });

  it('swaps its camera with another tile without a moment that is not live', async () => {
    await openWall();
    const states = await noteStates();
    await put('psh-202', 'psh-201', 'psh-203', 'psh-204');
    await until('both are there', async () => (await caption(0)).includes('202') && (await caption(1)).includes('201'), 30_000);
    expect(await states()).toEqual([]);
  });

  it('shows what is wrong with the other camera where that cannot come', async () => {
    await openWall();
    await wall.pretend('refuse', 'psh-205', 'camera-unreachable');
    await put('psh-205', 'psh-202', 'psh-203', 'psh-204');
    await says(0, /The camera does not answer/);
    expect(await caption(0)).toContain('205');
    expect(await wall.tile(0).getAttribute('data-state')).not.toBe('live');
  });

  it('has the verdict of the picture that it shows, when that one dies meanwhile', async () => {
    await openWall();
    await wall.pretend('freeze', 'psh-205', true);
    await put('psh-205', 'psh-202', 'psh-203', 'psh-204');
    await says(0, /→ 205/);
    await wall.pretend('freeze', 'psh-201', true);
    await says(0, /Stalled/);
    expect(await caption(0)).toContain('201');
    expect(await wall.tile(0).innerText()).toContain('→ 205');
    await wall.pretend('freeze', 'psh-205', false);
    await until('the other one is there', async () => (await caption(0)).includes('205'), 30_000);
    await wall.awaitLive(4);
  });

  it('opens the camera anew where its own picture is not live', async () => {
    await openWall();
    await wall.pretend('freeze', 'psh-201', true);
    await says(0, /Stalled/);
    await wall.pretend('freeze', 'psh-205', true);
    await put('psh-205', 'psh-202', 'psh-203', 'psh-204');
    await until('the caption is the new one', async () => (await caption(0)).includes('205'));
    expect(await wall.tile(0).getAttribute('data-state')).toBe('opening');
    await wall.pretend('freeze', 'psh-205', false);
    await wall.awaitLive(4);
  });
});
