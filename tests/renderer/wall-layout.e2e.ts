import { describe, expect, it } from 'vitest';
import { gridLayout, type Layout } from '../../core/wall/layout.ts';
import { namedLayouts } from '../../core/wall/named-layouts.ts';
import { until } from '../support/until.ts';
import { oneWindow } from './one-window.ts';
import { cameraIds, select, shown, tell } from './shown-wall.ts';
import type { WallPage } from './wall-page.ts';

const { openLive } = oneWindow();
let wall: WallPage;
const openWall = async (...shape: Parameters<typeof openLive>) => {
  wall = await openLive(...shape);
};
const named = (id: string): Layout => namedLayouts.find((each) => each.id === id)?.layout ?? gridLayout(1, 1);

describe('dividing a display anew', () => {
  it('remounts no video and opens no stream twice, also through a layout with fewer tiles', async () => {
    await openWall(4, 4);
    await wall.pretend('markVideos');
    const joined = async () => (await wall.requests()).filter(({ method }) => method === 'POST').map(({ path }) => path);
    const before = await joined();
    await tell(wall, shown(named('6x2'), cameraIds.slice(0, 12)));
    await wall.awaitLive(12);
    await tell(wall, shown(named('1+12'), cameraIds.slice(0, 13)));
    await wall.awaitLive(13);
    await tell(wall, shown(gridLayout(4, 4), cameraIds));
    await wall.awaitLive(16);
    expect(await wall.pretend('videoMarks')).toEqual(cameraIds.map((_, index) => index));
    // Those that stayed were never asked for again at the same size of stream; those that had gone were, once each time.
    const again = (await joined()).slice(before.length);
    for (const id of cameraIds.slice(0, 5)) expect(again.filter((path) => path === `/whep/${id}/sub`)).toHaveLength(0);
  });

  it('gives every tile the whole pixels of its cell, with a gutter of two between them', async () => {
    await openWall(2, 2);
    await tell(wall, shown(named('1+5'), cameraIds.slice(0, 6)));
    await wall.awaitLive(6);
    const boxes = await wall.page.locator('[data-tile]').evaluateAll((tiles) =>
      tiles.map((tile) => {
        const { x, y, width, height } = tile.getBoundingClientRect();
        return { x, y, width, height };
      }),
    );
    const [large, right] = boxes;
    expect(boxes.flatMap((box) => Object.values(box)).every(Number.isInteger)).toBe(true);
    expect(right?.x).toBe((large?.width ?? 0) + 2);
    expect(large?.width).toBe(2 * (right?.width ?? 0) + 2);
  });

  it('goes over to the larger stream without a moment that is not live', async () => {
    await openWall(4, 4);
    await wall.page.evaluate(() => {
      const tile = document.querySelector<HTMLElement>('[data-tile="0"]');
      const states: string[] = [];
      Object.assign(globalThis, { states });
      if (tile) {
        const look = () => states.push(tile.dataset['state'] ?? '');
        new MutationObserver(look).observe(tile, { attributes: true, attributeFilter: ['data-state'] });
      }
    });
    // A quarter of this display needs no more than the small stream.
    await tell(wall, shown(gridLayout(1, 1), cameraIds.slice(0, 1)));
    await until('the small stream is left for the large one', async () => {
      const all = await wall.requests();
      const main = all.some(({ method, path }) => method === 'POST' && path === '/whep/psh-201/main');
      return main && all.some(({ method, path }) => method === 'DELETE' && path.startsWith('/whep/psh-201/sub/'));
    });
    await wall.awaitLive(1);
    const frames = () =>
      wall
        .tile(0)
        .locator('video')
        .evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames);
    const counted = await frames();
    await until('its pictures go on', async () => (await frames()) > counted + 5);
    const states = await wall.page.evaluate(() => (globalThis as unknown as { states: string[] }).states);
    // A busy machine may hold up any picture, and its tile says so; it goes over from no picture to another.
    expect(states.filter((state) => state !== 'stalled' && state !== 'live')).toEqual([]);
  });
});

describe('the layout editor', () => {
  it('merges by dragging, splits, takes steps back, and applies', async () => {
    await openWall(2, 2, 'shared');
    await select(wall, 0);
    await wall.page.keyboard.press('KeyG');
    const dialog = wall.page.getByRole('dialog', { name: 'Divide display 1' });
    await dialog.locator('[data-layout="3x3"]').click();
    const cell = (index: number) => dialog.locator(`[data-cell="${index}"]`);
    const from = await cell(0).boundingBox();
    const to = await cell(4).boundingBox();
    if (!from || !to) throw new Error('the plan is not there');
    await wall.page.mouse.move(from.x + 10, from.y + 10);
    await wall.page.mouse.down();
    await wall.page.mouse.move(to.x + 10, to.y + 10, { steps: 6 });
    await wall.page.mouse.up();
    await dialog.getByRole('button', { name: 'Make one tile' }).click();
    await dialog.getByText('6 tiles').waitFor();
    await dialog.getByRole('button', { name: 'Undo' }).click();
    await dialog.getByText('9 tiles').waitFor();
    await dialog.getByRole('button', { name: 'Do again' }).click();
    await dialog.getByText('6 tiles').waitFor();
    await cell(5).click();
    await dialog.getByRole('button', { name: 'into 2 columns' }).click();
    await dialog.getByText('7 tiles').waitFor();
    await dialog.getByRole('button', { name: 'Apply' }).click();
    const change = await wall.awaitChange('main is asked to divide', ({ type }) => type === 'divide');
    if (change.type !== 'divide') throw new Error('not a division');
    expect(change.layout.cells).toHaveLength(7);
    expect(change.layout.cells[0]).toEqual({ column: 0, row: 0, columnSpan: 4, rowSpan: 2 });
    await dialog.waitFor({ state: 'detached' });
  });

  it('does all of it by keys', async () => {
    await openWall(2, 2, 'shared');
    await select(wall, 0);
    await wall.page.keyboard.press('KeyG');
    const dialog = wall.page.getByRole('dialog', { name: 'Divide display 1' });
    await until('the first tile has the focus', async () =>
      dialog.locator('[data-cell="0"]').evaluate((cell) => cell === document.activeElement),
    );
    await wall.page.keyboard.press('Shift+ArrowRight');
    await wall.page.keyboard.press('KeyM');
    await dialog.getByText('3 tiles').waitFor();
    await wall.page.keyboard.press('KeyC');
    await dialog.getByText('4 tiles').waitFor();
    await wall.page.keyboard.press('Shift+KeyR');
    await dialog.getByText('6 tiles').waitFor();
    await wall.page.keyboard.press('Control+KeyZ');
    await dialog.getByText('4 tiles').waitFor();
    await wall.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await wall.changes()).toEqual([]);
  });
});
