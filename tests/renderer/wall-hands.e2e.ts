import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { gridLayout } from '../../core/wall/layout.ts';
import { peshawarWall } from '../support/preview/peshawar.ts';
import { type Preview, startPreview } from '../support/preview/preview.ts';
import { until } from '../support/until.ts';
import { cameraIds, shown, tell } from './shown-wall.ts';
import { openPage, type WallPage } from './wall-page.ts';

let preview: Preview;
let wall: WallPage;
beforeAll(async () => {
  preview = await startPreview();
});
afterAll(() => preview?.close());
afterEach(() => wall.close());

const cursor = () =>
  wall
    .tile(0)
    .locator('video')
    .evaluate((video) => getComputedStyle(video).cursor);

describe('the pointer', () => {
  it('hides over a wall once it rests for 3 s, and is there again with the first movement', async () => {
    wall = await openPage(preview, peshawarWall(2, 2, 'wall'));
    await wall.awaitLive(4);
    await wall.page.mouse.move(100, 100);
    await wall.page.mouse.move(120, 120);
    await until('it is seen', async () => (await cursor()) !== 'none');
    await until('it is hidden', async () => (await cursor()) === 'none');
    await wall.page.mouse.move(140, 140);
    await until('it is seen again', async () => (await cursor()) !== 'none');
    await until('it is hidden again', async () => (await cursor()) === 'none');
  });

  it('stays where somebody works: it does not hide on a desk', async () => {
    wall = await openPage(preview, peshawarWall(2, 2, 'shared'));
    await wall.awaitLive(4);
    // The page's own clock, 10 s further: whatever hides a pointer there has had its time.
    await wall.page.clock.install();
    await wall.page.mouse.move(640, 300);
    await wall.page.mouse.move(660, 320);
    await wall.page.clock.runFor(10_000);
    expect(await wall.page.locator('[data-cursor-hidden]').count()).toBe(0);
    expect(await cursor()).not.toBe('none');
  });
});

describe('what is dragged from the directory onto a display', () => {
  const listed = (peshawarWall()['wall.cameras'] as Record<string, unknown>[]).map((camera, index) =>
    index < 5 ? { ...camera, site: 'Khyber Bazar' } : camera,
  );
  const group = { id: 'bazars', name: 'Bazars', cameras: ['psh-202', 'psh-203', 'psh-212'], revision: 1 };
  const contents = (ids: readonly (string | undefined)[]) => ids.map((camera) => ({ kind: 'camera', camera }));
  const line = (level: string, name: string) => wall.page.locator(`[data-level="${level}"]`).filter({ hasText: name });

  async function openDesk(): Promise<void> {
    wall = await openPage(
      preview,
      { ...peshawarWall(2, 2, 'shared'), 'pretend.directory': listed, 'cameras.groups': [group] },
      { width: 1600, height: 900 },
    );
    await wall.awaitLive(4);
  }

  it('fills it with all cameras of a site', async () => {
    await openDesk();
    await line('district', 'Peshawar').click();
    await line('site', 'Khyber Bazar').dragTo(wall.tile(2));
    expect(await wall.awaitChange('main is asked to fill the display', ({ type }) => type === 'fill')).toEqual({
      type: 'fill',
      displayId: 'preview',
      contents: contents(cameraIds.slice(0, 5)),
    });
  });

  it('is told by the frame of a pinned tile that it is not taken there', async () => {
    await openDesk();
    const first = shown(gridLayout(2, 2), cameraIds.slice(0, 4));
    const tiles = first.tiles.map((tile, slot) => ({ ...tile, pinned: slot === 1 }));
    await tell(wall, { ...first, tiles });
    await wall.tile(1).getByText('pinned').waitFor();
    const moveOver = async (slot: number) => {
      const box = await wall.tile(slot).boundingBox();
      if (!box) throw new Error(`tile ${slot} is not there`);
      await wall.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 8 });
    };
    await moveOver(0);
    await wall.page.mouse.down();
    await moveOver(3);
    await wall.page.locator('[data-tile="3"][data-drop="over"]').waitFor();
    await moveOver(1);
    await wall.page.locator('[data-tile="1"][data-drop="pinned"]').waitFor();
    await wall.page.mouse.up();
  });

  it('fills it with the cameras of a group, in the order of the group', async () => {
    await openDesk();
    await line('group', 'Bazars').dragTo(wall.tile(1));
    expect(await wall.awaitChange('main is asked to fill the display', ({ type }) => type === 'fill')).toEqual({
      type: 'fill',
      displayId: 'preview',
      contents: contents(group.cameras),
    });
  });
});
