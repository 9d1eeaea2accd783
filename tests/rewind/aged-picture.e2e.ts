import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type FootageWall, type FootageWalls, openFootageWalls } from '../bench/footage-walls.ts';
import { type FootageServer, startFootageServer } from '../support/footage/footage-server.ts';
import { footageShape, numberedFootage } from '../support/footage/numbered-footage.ts';
import { until } from '../support/until.ts';
import { type AgedRead, readAged } from './rewound-reader.ts';

/** Two cameras: one of a server that stays, one of another that can be cut off. */
const [other, own] = [0, 1];
const ownFootage = 5;
let server: FootageServer;
let walls: FootageWalls;
let wall: FootageWall;

beforeAll(async () => {
  server = await startFootageServer((camera) => numberedFootage(camera));
  walls = await openFootageWalls(1, [`rtsp://127.0.0.1:${server.port}/${ownFootage}`]);
});
afterAll(async () => {
  await walls?.close();
  await server?.close();
});
afterEach(async () => {
  server.behave(null, 'plays');
  server.cut(false);
  await wall.close();
});

const tile = '[data-tile="0"]';
const isLive = (camera: number) =>
  until(
    `camera ${camera + 1} is live`,
    async () =>
      (await wall.page.locator(`${tile}[data-shown="camera-${camera + 1}"][data-verdict="live"]:not([data-aged])`).count()) === 1,
    60_000,
  );
const showsAged = (is: (read: AgedRead) => boolean = () => true) =>
  until(
    'the tile shows an old picture',
    async () => {
      const read = await readAged(wall.page, 0);
      return read !== null && read.code !== null && is(read) ? { ...read, code: read.code } : null;
    },
    60_000,
  );

/** Whatever the tile ever says, with the frame of the page in which it says it, and when its video had pictures. */
const noteAll = `(() => {
  const tile = document.querySelector('${tile}');
  const video = tile.querySelector('video');
  window.noted = [];
  window.pictures = [];
  new MutationObserver(() => {
    const { shown, verdict, aged } = tile.dataset;
    const caption = tile.querySelector('header')?.innerText ?? '';
    noted.push({ frameMs: document.timeline.currentTime, shown: shown ?? '', verdict: verdict ?? '', aged: aged !== undefined, caption });
  }).observe(tile, { attributes: true, childList: true, subtree: true });
  const told = () => {
    pictures.push(document.timeline.currentTime);
    video.requestVideoFrameCallback(told);
  };
  video.requestVideoFrameCallback(told);
})()`;
const notedSchema = z.array(
  z.object({ frameMs: z.number(), shown: z.string(), verdict: z.string(), aged: z.boolean(), caption: z.string() }),
);
const noted = async () => notedSchema.parse(await wall.page.evaluate('noted'));
const pictures = async () => z.array(z.number()).parse(await wall.page.evaluate('pictures'));

/** A camera was shown, and another one is in its place. */
async function open(): Promise<void> {
  wall = await walls.openOurs();
  await wall.show([own]);
  await isLive(own);
  await until('some of it is in memory', () => walls.wall.facts().some(({ keptMs }) => keptMs > 5_000), 60_000);
  await wall.show([other]);
  await isLive(other);
  await wall.page.evaluate(noteAll);
}

/** It is the camera's own picture, not called live, under its own name, and as old as it says. */
function isHonest(read: AgedRead & { code: { footage: number; frame: number } }): void {
  expect(read.code.footage).toBe(ownFootage);
  expect(read.code.frame % footageShape.group).toBe(0);
  expect(read).toMatchObject({ shown: 'camera-2' });
  expect(read.verdict).not.toBe('live');
  expect(read.state).not.toBe('live');
  expect(['attention', 'danger']).toContain(read.tone);
  expect(read.caption).toMatch(/^2\b/);
  expect(read.caption).not.toMatch(/live/i);
  expect(read.words).toContain('Last picture');
  const sentUtcMs = (server.sentUs(ownFootage)[read.code.frame] ?? 0) / 1_000;
  const saidMs = Number(/(\d+) s ago/.exec(read.words)?.[1]) * 1_000;
  // Said in whole seconds, once a second, by a page that may be held up for a moment.
  expect(Math.abs(read.atUtcMs - sentUtcMs - saidMs)).toBeLessThan(4_000);
}
const seconds = ({ words }: AgedRead): number => Number(/(\d+) s ago/.exec(words)?.[1]);

describe('a tile that waits for a camera whose last pictures are in memory', () => {
  it('shows the last key picture with its age over another camera after a while, and the live picture in its own paint', async () => {
    await open();
    server.behave(null, 'silent');
    // What the gateway had a moment ago it shows at once.
    await until('it is silent for a while', () => Date.now() - Math.max(...server.sentUs(ownFootage)) / 1_000 > 1_000);
    await wall.show([own]);
    const first = await showsAged();
    isHonest(first);
    await showsAged((read) => seconds(read) > seconds(first));
    await until('main hears that it is not live', () =>
      walls.wall
        .facts()
        .some(({ camera, state, verdict }) => camera === 'camera-2' && state !== 'live' && verdict.word !== 'live'),
    );
    server.behave(null, 'plays');
    await isLive(own);
    await expect.poll(() => readAged(wall.page, 0)).toBeNull();
    for (const { aged, shown, verdict, caption } of await noted()) {
      if (aged) expect({ shown, live: verdict === 'live' || /live/i.test(caption) }).toEqual({ shown: 'camera-2', live: false });
    }
  });

  it('keeps it under what is wrong while the camera is cut off, until the frame of its first picture', async () => {
    await open();
    server.cut(true);
    await wall.show([own]);
    const lost = await showsAged(({ verdict }) => verdict === 'lost');
    isHonest(lost);
    expect(await wall.page.locator(tile).innerText()).toContain('Lost');
    // Nothing comes any more: what comes next is the camera's.
    const before = (await pictures()).length;
    server.cut(false);
    await isLive(own);
    const all = await noted();
    const gone = all.find(({ aged }, at) => !aged && all[at - 1]?.aged === true && all.slice(at).every((each) => !each.aged));
    expect(gone?.verdict).toBe('live');
    expect(gone?.frameMs).toBe((await pictures())[before]);
  });

  it('waits as ever where nothing of it is in memory', async () => {
    wall = await walls.openOurs();
    await wall.show([other]);
    await isLive(other);
    await wall.page.evaluate(noteAll);
    server.cut(true);
    await wall.show([own]);
    await wall.page.locator(`${tile}[data-verdict="lost"]`).waitFor({ timeout: 60_000 });
    server.cut(false);
    await isLive(own);
    expect((await noted()).some(({ aged }) => aged)).toBe(false);
  });
});
