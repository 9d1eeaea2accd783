import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FootageWall, type FootageWalls, openFootageWalls } from '../bench/footage-walls.ts';
import { footageShape } from '../support/footage/numbered-footage.ts';
import { until } from '../support/until.ts';
import { readRewound, type RewoundRead } from './rewound-reader.ts';

let walls: FootageWalls;
let wall: FootageWall;

const cameras = [0, 1, 2, 3];
beforeAll(async () => {
  walls = await openFootageWalls(cameras.length);
  wall = await walls.openOurs();
  await wall.show(cameras);
});
afterAll(async () => {
  await wall?.close();
  await walls?.close();
});
/** All are live, more than ten seconds of each are in memory, and the first is selected. */
beforeEach(async () => {
  const { page } = wall;
  await until(
    'all are live',
    async () => (await page.locator('[data-tile][data-verdict="live"]').count()) === cameras.length,
    60_000,
  );
  await until(
    'so much is in memory',
    () => walls.wall.facts().length === cameras.length && walls.wall.facts().every(({ keptMs }) => keptMs > 14_000),
    90_000,
  );
  await page.locator('[data-tile="0"]').click();
  await page.locator('[data-tile="0"][data-selected]').waitFor();
});

const loop = footageShape.frames;
/** From one picture of the loop to another, the shorter way round. */
const apart = (from: number, to: number) => ((to - from + loop * 1.5) % loop) - loop / 2;

const press = (key: string) => wall.page.keyboard.press(key);

async function shown(
  tile: number,
  is: (read: RewoundRead) => boolean = () => true,
): Promise<RewoundRead & { code: { frame: number; footage: number } }> {
  return until(`tile ${tile} shows what was`, async () => {
    const read = await readRewound(wall.page, tile);
    return read?.state === 'shown' && read.code !== null && is(read) ? { ...read, code: read.code } : null;
  });
}

/** What it says of itself is told some times a second, and apart from its picture: it stands when neither changed for a while of looks. */
async function standing(tile: number): ReturnType<typeof shown> {
  let [last, looks] = ['', 0];
  return until(`tile ${tile} stands`, async () => {
    const read = await shown(tile);
    const now = JSON.stringify([read.sequence, read.code]);
    looks = now === last ? looks + 1 : 0;
    last = now;
    return looks >= 50 ? read : null;
  });
}

describe('a rewound tile', () => {
  it('shows the picture of ten seconds ago, says so, steps picture by picture, and is live again', async () => {
    const beforeUtcMs = Date.now();
    await press('KeyR');
    // Typed at once: it means the tile as it will be.
    await press('KeyE');
    await wall.page.locator('[data-tile="0"]').getByText('stands still').waitFor();
    const first = await standing(0);
    const afterUtcMs = Date.now();
    const [sent] = await walls.cameras.sentUs([0]);
    const sentUtcMs = (sent?.[first.code.frame] ?? 0) / 1_000;
    expect(first.code.footage).toBe(0);
    // Ten seconds before the key, whenever that was heard, and not more than a moment of pictures beside it.
    expect(sentUtcMs).toBeGreaterThan(beforeUtcMs - 11_000);
    expect(sentUtcMs).toBeLessThan(afterUtcMs - 9_000);
    expect(Math.abs(first.shownUtcMs - sentUtcMs)).toBeLessThan(500);
    const words = await wall.page.locator('[data-tile="0"]').innerText();
    expect(words).toContain('Rewound');
    expect(words).toMatch(/1\d s ago/);
    expect(await wall.page.locator('[data-tile="0"] header').innerText()).not.toContain('LIVE');
    expect(await wall.page.locator('[data-tile="0"]').getAttribute('data-tone')).toBe('attention');

    const isStepped = (step: number) =>
      shown(0, ({ sequence, code }) => sequence === first.sequence + step && apart(first.code.frame, code?.frame ?? -1) === step);
    for (const step of [1, 2, 3]) {
      await press('KeyW');
      await isStepped(step);
    }
    for (const step of [2, 1, 0, -1]) {
      await press('KeyQ');
      await isStepped(step);
    }
    await press('End');
    await until('it is live again', async () => (await readRewound(wall.page, 0)) === null);
    await wall.page.locator('[data-tile="0"][data-verdict="live"]').waitFor();
    expect(await wall.page.locator('[data-tile="0"]').innerText()).not.toContain('Rewound');
  });

  it('goes on at the pace of life, and faster until it has caught up with the present', async () => {
    await press('KeyR');
    const before = await shown(0);
    // Picture and time change together, at every pace: what it says it shows is what is in its picture.
    for (const key of ['Shift+KeyQ', 'Shift+KeyW', 'Shift+KeyW', 'KeyE', 'KeyE', 'KeyR']) {
      await press(key);
      const from = await shown(0);
      const reads = [
        from,
        await shown(0, ({ sequence }) => Math.abs(sequence - from.sequence) >= footageShape.fps || key === 'KeyE'),
      ];
      for (let times = 0; times < 20; times += 1) reads.push(await shown(0));
      for (const { sequence, code } of reads)
        expect([key, apart(before.code.frame, code.frame) - (sequence - before.sequence)]).toEqual([key, 0]);
    }
    for (let times = 0; times < 3; times += 1) await press('Shift+KeyW');
    await until('it is live again', async () => (await readRewound(wall.page, 0)) === null, 30_000);
  });

  it('is one of all tiles that go to one moment together', async () => {
    await press('Alt+KeyR');
    await press('KeyE');
    for (const tile of cameras) expect((await shown(tile)).code.footage).toBe(tile);
    await press('Alt+End');
    await until('all are live again', async () => (await wall.page.locator('[data-rewound]').count()) === 0);
  });

  it('is live when another camera comes into it', async () => {
    await press('KeyR');
    await shown(0);
    await wall.show([1]);
    await until(
      'it is live',
      async () => (await wall.page.locator('[data-tile="0"][data-shown="camera-2"][data-verdict="live"]').count()) === 1,
    );
    expect(await readRewound(wall.page, 0)).toBeNull();
  });
});
