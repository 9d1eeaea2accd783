import { afterEach, describe, expect, it } from 'vitest';
import { serveRings } from '../../renderer/media/ring-server.ts';
import { createRings, type RingedPictures, type Rings } from '../../renderer/media/rings.ts';
import { bytesOf, feeding } from './feeding.ts';

const limits = { mostMs: 120_000, mostBytes: 512 * 1024 * 1024 };
const a = '/whep/a/main';
const ports: MessagePort[] = [];

afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** Rings behind a port, as a page has them. */
function asked() {
  const fed = feeding(limits);
  const rings: Rings = createRings(() => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    serveRings(fed.store, port1, fed.nowMs);
    return port2;
  });
  return { ...fed, rings };
}

describe('the way to the rings', () => {
  it('measures and reads', async () => {
    const { rings, run } = asked();
    const put = run(1, a, 5_000);
    expect(await rings.measure()).toMatchObject({
      nowMs: 5_000,
      limits,
      rings: [{ source: a, fromMs: 0, toMs: 4_900, bytes: 25_000 }],
    });
    const read = await rings.read(a, { momentMs: 2_100 }, 2_200);
    expect(read?.pictures.map(({ sequence, key }) => [sequence, key?.mimeType ?? null])).toEqual([
      [20, 'video/H264'],
      [21, null],
      [22, null],
    ]);
    expect(read?.pictures.map(({ data }) => bytesOf(data))).toEqual(put.slice(20, 23).map(({ data }) => bytesOf(data)));
    expect(await rings.read('/whep/b/main', { momentMs: 0 }, 1)).toBeNull();
  });

  it('follows from a moment on, hands over the next when the last was taken, and misses nothing meanwhile', async () => {
    const { rings, run, nowMs } = asked();
    run(1, a, 5_000);
    const got: RingedPictures[] = [];
    let take = (): void => {};
    const following = rings.follow(a, { momentMs: 2_000 }, (pictures) => {
      if (pictures) got.push(pictures);
      return new Promise((resolve) => (take = resolve));
    });
    await expect.poll(() => got.length).toBe(1);
    run(1, a, 200_000);
    take();
    await expect.poll(() => got.length).toBe(2);
    for (let count = 3; got.at(-1)?.more; count += 1) {
      take();
      await expect.poll(() => got.length).toBe(count);
    }
    const sequences = got.flatMap(({ pictures }) => pictures.map(({ sequence }) => sequence));
    expect(sequences).toEqual(Array.from({ length: (nowMs() - 2_000) / 100 }, (_, at) => 20 + at));
    expect(got.map(({ lost }) => lost)).toEqual(got.map(() => 0));
    following.end();
    run(1, a, 1_000);
    take();
    expect((await rings.measure()).rings[0]?.importance).toBe(0);
  });

  it('waits for a stream that has no pictures yet', async () => {
    const { rings, run } = asked();
    const first = new Promise<RingedPictures | null>((resolve) => void rings.follow(a, { momentMs: 0 }, resolve));
    await rings.measure();
    run(1, a, 1_000);
    expect((await first)?.pictures.length).toBe(10);
  });

  it('says so where nothing is kept', async () => {
    const rings = createRings(() => null);
    await expect(rings.measure()).rejects.toThrow('no pictures are kept');
    expect(await new Promise((resolve) => void rings.follow(a, { momentMs: 0 }, resolve))).toBeNull();
  });
});
