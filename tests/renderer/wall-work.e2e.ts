import { describe, expect, it } from 'vitest';
import { gridLayout } from '../../core/wall/layout.ts';
import { peshawarWall } from '../support/preview/peshawar.ts';
import { until } from '../support/until.ts';
import { oneWindow } from './one-window.ts';
import { cameraIds, select, shown, tell, tileAt } from './shown-wall.ts';
import type { WallPage } from './wall-page.ts';

const { openLive } = oneWindow();
let wall: WallPage;
const openWall = async (...shape: Parameters<typeof openLive>) => {
  wall = await openLive(...shape);
};
const videoSize = (slot: number) =>
  wall.tile(slot).evaluate((tile) => {
    const { width, height } = tile.getBoundingClientRect();
    return { width, height };
  });

describe('a tile under the hand', () => {
  it('is selected by a press, and framed where main says so', async () => {
    await openWall(2, 2);
    await wall.tile(2).click();
    await until('main hears of the selection', async () => {
      const calls = await wall.calls();
      return calls.some(
        ({ name, input }) => name === 'wall.select' && JSON.stringify(input) === JSON.stringify({ at: tileAt(2) }),
      );
    });
    await select(wall, 2);
    expect(await wall.page.locator('[data-tile][data-selected]').count()).toBe(1);
  });

  it('is over the whole display while it is enlarged, and the others sleep behind it with their sessions', async () => {
    await openWall(2, 2);
    const small = await videoSize(1);
    await wall.tile(1).dblclick();
    expect(await wall.awaitChange('main is asked to enlarge it', ({ type }) => type === 'enlarge')).toEqual({
      type: 'enlarge',
      displayId: 'preview',
      tile: 1,
    });
    const posts = (await wall.requests()).length;
    await tell(wall, shown(gridLayout(2, 2), cameraIds.slice(0, 4), { enlarged: 1 }));
    await until('it is large', async () => (await videoSize(1)).width > small.width * 1.9);
    await wall.tile(0).waitFor({ state: 'hidden' });
    const frames = () =>
      wall
        .tile(0)
        .locator('video')
        .evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames);
    await until(
      'nobody sees the others',
      async () => (await wall.page.locator('[data-tile][data-state="hidden"]').count()) === 3,
    );
    await wall.awaitLive(1);
    const counted = await frames();
    await wall.tile(1).dblclick();
    await wall.awaitChange('all are asked for again', (change) => change.type === 'enlarge' && change.tile === null);
    await tell(wall, shown(gridLayout(2, 2), cameraIds.slice(0, 4)));
    await until('all are seen again', async () => wall.tile(0).isVisible());
    await wall.awaitLive(4);
    expect(await frames()).toBeGreaterThan(counted);
    expect((await wall.requests()).slice(posts).filter(({ path }) => path.startsWith('/whep/psh-201'))).toEqual([]);
  });

  it('is enlarged about the pointer with Ctrl and the wheel, moved by dragging, and main hears of it', async () => {
    await openWall(2, 2);
    const box = await wall.tile(0).locator('video').boundingBox();
    if (!box) throw new Error('the tile has no picture');
    await wall.page.mouse.move(box.x + box.width * 0.25, box.y + box.height * 0.25);
    await wall.page.keyboard.down('Control');
    for (let notch = 0; notch < 4; notch += 1) await wall.page.mouse.wheel(0, -100);
    await wall.page.keyboard.up('Control');
    const zoomed = await wall.awaitChange(
      'main hears of the zoom',
      (change) => change.type === 'zoom' && (change.zoom?.scale ?? 1) > 2.4,
    );
    if (zoomed.type !== 'zoom' || !zoomed.zoom) throw new Error('not a zoom');
    // What was under the pointer, a quarter from the corner, still is: the middle lies between it and the old middle.
    expect(zoomed.zoom.x).toBeCloseTo(0.25 + 0.25 / zoomed.zoom.scale, 1);
    await tell(wall, {
      ...shown(gridLayout(2, 2), cameraIds.slice(0, 4)),
      tiles: shown(gridLayout(2, 2), cameraIds.slice(0, 4)).tiles.map((tile, slot) =>
        slot === 0 ? { ...tile, zoom: zoomed.type === 'zoom' ? zoomed.zoom : null } : tile,
      ) as never,
    });
    await until('the tile says so', async () => /×2\.4/.test((await wall.tile(0).textContent()) ?? ''));
    await wall.page.mouse.down();
    await wall.page.mouse.move(box.x + box.width * 0.15, box.y + box.height * 0.25, { steps: 5 });
    await wall.page.mouse.up();
    await wall.awaitChange(
      'main hears of the new middle',
      (change) => change.type === 'zoom' && (change.zoom?.x ?? 0) > (zoomed.zoom?.x ?? 1),
    );
    expect((await wall.changes()).map(({ type }) => type)).not.toContain('swap');
  });

  it('is swapped with the one it is dropped on', async () => {
    await openWall(2, 2);
    await wall.tile(0).dragTo(wall.tile(3));
    expect(await wall.awaitChange('main is asked to swap', ({ type }) => type === 'swap')).toEqual({
      type: 'swap',
      from: tileAt(0),
      to: tileAt(3),
    });
  });

  it('shows a text, a still with its day and time, and what is pinned', async () => {
    await openWall(2, 2);
    const display = shown(gridLayout(2, 2), cameraIds.slice(0, 4));
    const digest = '0'.repeat(64);
    const contents = [
      { kind: 'text', text: 'Qissa Khwani closed' },
      { kind: 'still', digest, camera: 'psh-202', takenUtcMs: Date.parse('2026-11-21T09:00:00Z') },
    ];
    await tell(wall, {
      ...display,
      tiles: display.tiles.map((tile, slot) => ({
        ...tile,
        content: contents[slot] ?? tile.content,
        pinned: slot === 3,
      })) as never,
    });
    await wall.tile(0).getByText('Qissa Khwani closed').waitFor();
    await wall.tile(1).getByText('21 Nov 2026 14:00:00').waitFor();
    await wall.tile(1).getByText('not kept any more').waitFor();
    await wall.tile(3).getByText('pinned').waitFor();
    expect(await wall.tile(1).getAttribute('data-state')).toBe('empty');
  });

  it('is kept as a still in full size by its key', async () => {
    await openWall(2, 2, 'shared');
    await select(wall, 1);
    await wall.page.keyboard.press('KeyV');
    const put = await wall.awaitChange('the still is put into the tile', ({ type }) => type === 'put');
    expect(put).toMatchObject({ type: 'put', at: tileAt(1), content: { kind: 'still', camera: 'psh-202' } });
    expect((await wall.requests()).filter(({ path }) => path === '/stills/')).toHaveLength(1);
  });
});

describe('commands of the wall', () => {
  it('move the selection, empty, pin and go back by their keys', async () => {
    await openWall(2, 2, 'shared');
    await select(wall, 0);
    await wall.page.keyboard.press('KeyL');
    await wall.awaitChange('it is pinned', (change) => change.type === 'pin' && change.pinned);
    await wall.page.keyboard.press('Delete');
    await wall.awaitChange('it is emptied', (change) => change.type === 'put' && change.content.kind === 'empty');
    await wall.page.keyboard.press('KeyX');
    await wall.page.getByText('Tile 1 is taken.').first().waitFor();
    await select(wall, 3);
    await wall.page.keyboard.press('KeyX');
    expect(await wall.awaitChange('they are swapped', ({ type }) => type === 'swap')).toEqual({
      type: 'swap',
      from: tileAt(0),
      to: tileAt(3),
    });
    await wall.page.keyboard.press('KeyB');
    await wall.awaitChange('the display is blanked', (change) => change.type === 'blank' && change.displayId === 'preview');
  });

  it('say in words why main did not do it', async () => {
    await openWall(2, 2, 'shared');
    await select(wall, 0);
    await wall.pretend('answer', 'wall.change', { refusal: 'changed-by-other', bySeat: 4, pinned: [], left: 0 });
    await wall.page.keyboard.press('Delete');
    await wall.page.getByText('Seat 4 has changed this meanwhile.').first().waitFor();
  });

  it('are all in the help, and a key that does nothing now says why', async () => {
    await openWall(2, 2, 'shared');
    await wall.page.keyboard.press('Control+KeyZ');
    await wall.page.getByText('There is nothing to undo.').first().waitFor();
    await wall.page.keyboard.press('KeyL');
    await wall.page.getByRole('status').getByText('No tile is selected.').waitFor();
    await wall.page.keyboard.press('F1');
    const help = wall.page.getByRole('dialog', { name: 'Keys' });
    await help.locator('[data-idle]').filter({ hasText: 'Undo' }).waitFor();
    await help.locator('[data-idle]').filter({ hasText: 'Back to what the tile showed before' }).waitFor();
    expect(await help.locator('[data-idle]').filter({ hasText: 'Show the keys' }).count()).toBe(0);
  });

  it('show by name what a tile showed before, also what is not on the wall any more', async () => {
    await openWall(2, 2, 'shared');
    const [camera] = peshawarWall()['wall.cameras'] as Record<string, unknown>[];
    await wall.pretend('answer', 'cameras.with-ids', {
      cameras: [{ ...camera, id: 'psh-300', number: 300, name: 'Namak Mandi' }],
    });
    const first = shown(gridLayout(2, 2), cameraIds.slice(0, 4));
    const back = [{ kind: 'camera', camera: 'psh-300' }];
    await tell(wall, { ...first, tiles: first.tiles.map((tile) => ({ ...tile, back })) });
    await select(wall, 0);
    await wall.page.getByRole('button', { name: '300 Namak Mandi' }).waitFor();
  });

  it('show nothing of a blanked display', async () => {
    await openWall(2, 2, 'shared');
    await tell(wall, shown(gridLayout(2, 2), cameraIds.slice(0, 4), { blank: true }));
    await wall.page.getByText('Blanked: nothing is shown here.').waitFor();
    await wall.tile(0).waitFor({ state: 'hidden' });
    await until('nobody sees its tiles', async () => (await wall.page.locator('[data-tile][data-state="hidden"]').count()) === 4);
    await tell(wall, shown(gridLayout(2, 2), cameraIds.slice(0, 4)));
    await wall.awaitLive(4);
  });
});
