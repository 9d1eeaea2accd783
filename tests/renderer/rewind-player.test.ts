import { describe, expect, it } from 'vitest';
import type { DecodedPicture, DecoderFailure } from '../../renderer/media/picture-decoder.ts';
import type { RewoundFact } from '../../renderer/media/rewind-messages.ts';
import { createRewindPlayer } from '../../renderer/media/rewind-player.ts';
import { createRingStore } from '../../renderer/media/ring-store.ts';
import type { RingedPictures } from '../../renderer/media/rings.ts';

const main = '/whep/a/main';
const sub = '/whep/a/sub';
const format = { mimeType: 'video/H264', width: 640, height: 360 };
const everyMs = 100;
const groupLength = 10;

/** A player over real rings with ten pictures a second and a key picture each second, a decoder that gives at once, and a clock of its own. */
function look() {
  const store = createRingStore({ mostMs: 600_000, mostBytes: 512 * 1024 * 1024 });
  let nowMs = 0;
  let sent = 0;
  let fact: RewoundFact | null = null;
  const drawn: number[] = [];
  /** What was said with each picture. */
  const paced: [number | null, number | null][] = [];
  const fed: number[] = [];
  let fail: ((why: DecoderFailure) => void) | null = null;
  const open = new Set<number>();

  const read = async (source: string, from: Parameters<typeof store.batch>[1], toMs: number): Promise<RingedPictures | null> => {
    const batch = store.batch(source, from, toMs, nowMs);
    if (batch === null) return null;
    const { data, pictures, ...facts } = batch;
    return {
      ...facts,
      pictures: pictures.map(({ offset, bytes, ...one }) => ({ ...one, data: data.slice(offset, offset + bytes) })),
    };
  };
  const player = createRewindPlayer({
    sources: [main, sub],
    rings: { read, measure: async () => store.measure(nowMs) },
    makeDecoder(onPicture, onFailure) {
      fail = onFailure;
      return {
        feed({ sequence }) {
          fed.push(sequence);
          open.add(sequence);
          const frame = { close: () => open.delete(sequence), sequence };
          onPicture({ sequence, frame } as unknown as DecodedPicture);
        },
        waiting: () => 0,
        flush: async () => {},
        reset() {},
        close() {},
      };
    },
    draw(frame, next) {
      drawn.push((frame as unknown as { sequence: number }).sequence);
      paced.push([next.sequence, next.speed]);
      fact = next;
    },
    tell(next) {
      fact = next;
    },
    nowMs: () => nowMs,
  });
  /** Lets everything that was asked be answered. */
  const settle = async () => {
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  };
  return {
    ...{ store, player, drawn, paced, fed, open, settle },
    fact: () => fact,
    fail: (why: DecoderFailure) => fail?.(why),
    /** Pictures of a source come for so long; null: time goes by without any. */
    come(source: string | null, ms: number, line = 1) {
      for (let at = 0; at < ms / everyMs; at += 1) {
        nowMs += everyMs;
        if (source === null) continue;
        sent += 1;
        const data = new Uint32Array([sent]).buffer;
        const key = at % groupLength === 0 ? format : null;
        store.put(line, source, { data, rtpTimestamp: nowMs * 90, key, arrivedMs: nowMs });
      }
    },
    /** Time goes by while it plays. */
    async play(ms: number) {
      for (let at = 0; at < ms / 25; at += 1) {
        nowMs += 25;
        player.tick();
        await settle();
      }
    },
    show: async (momentMs: number, speed: number, steps = 0, wish = 1) => {
      player.show({ momentMs, saidMs: nowMs, speed, steps, wish });
      await settle();
    },
    nowMs: () => nowMs,
  };
}

describe('a player of kept pictures', () => {
  it('stands at the picture of a moment, decodes from its key picture on and nothing further', async () => {
    const { come, show, drawn, fed, open, fact } = look();
    come(main, 20_000);
    await show(5_450, 0);
    expect(fed).toEqual([50, 51, 52, 53]);
    expect([drawn, open.size]).toEqual([[53], 0]);
    expect(fact()).toMatchObject({ state: 'shown', sequence: 53, arrivedMs: 5_400, gapMs: null });
  });

  it.each([
    [1, 54],
    [-4, 49],
    [-60, 0],
    [500, 199],
  ])('steps by pictures, over the edges of groups and not past the ends: %i', async (steps, sequence) => {
    const { come, show, drawn, fact } = look();
    come(main, 20_000);
    await show(5_450, 0, steps);
    expect(drawn.at(-1)).toBe(sequence);
    expect(fact()?.sequence).toBe(sequence);
  });

  it.each([0.5, 1, 2, 4, 8])('goes on at %i times the pace of life', async (speed) => {
    const { come, show, play, drawn, fact, nowMs } = look();
    come(main, 60_000);
    await show(10_000, speed);
    const began = nowMs();
    await play(4_000);
    const expected = 10_000 + (nowMs() - began) * speed;
    expect(fact()?.state).toBe('shown');
    expect(Math.abs((drawn.at(-1) ?? 0) * everyMs - expected)).toBeLessThan(everyMs * 2 * speed + 100);
    expect(drawn).toEqual(drawn.toSorted((one, other) => one - other));
  });

  it('says of each picture which one it is and at which pace, with the picture', async () => {
    const { come, show, play, drawn, paced, fact } = look();
    come(main, 60_000);
    await show(10_000, 1);
    await play(2_000);
    await show(fact()?.arrivedMs ?? 0, 4);
    await play(2_000);
    await show(fact()?.arrivedMs ?? 0, 0);
    expect(paced.map(([sequence]) => sequence)).toEqual(drawn);
    expect([...new Set(paced.map(([, speed]) => speed))]).toEqual([1, 4, 0]);
  });

  it('begins with the oldest picture where the moment is older', async () => {
    const { come, show, play, drawn } = look();
    come(null, 50_000);
    come(main, 20_000);
    await show(10_000, 1);
    await play(500);
    expect(drawn[0]).toBe(0);
  });

  it('says of a moment in a gap how long that is, with the picture before it, standing and going on', async () => {
    const { come, show, play, drawn, fact } = look();
    come(main, 10_000);
    come(null, 12_000);
    come(main, 30_000);
    await show(15_000, 0);
    expect(drawn).toEqual([99]);
    expect(fact()).toMatchObject({ state: 'shown', sequence: 99, gapMs: 12_100 });
    await show(8_000, 1);
    await play(5_000);
    expect(fact()).toMatchObject({ sequence: 99, gapMs: 12_100, wish: 1 });
    // Another pace, with no other picture to say that it is for that.
    await show(13_000, 2, 0, 2);
    expect(fact()).toMatchObject({ sequence: 99, gapMs: 12_100, wish: 2 });
    await play(10_000);
    expect(fact()?.gapMs).toBeNull();
    expect(fact()?.sequence).toBeGreaterThan(99);
  });

  it('shows the other stream of the camera where this one has a gap', async () => {
    const { come, show, play, fact, store } = look();
    come(main, 10_000, 1);
    store.leave(1);
    come(sub, 20_000, 2);
    store.leave(2);
    come(main, 30_000, 3);
    await show(20_000, 0);
    expect(fact()).toMatchObject({ state: 'shown', arrivedMs: 20_000, gapMs: null });
    await show(8_000, 1);
    await play(6_000);
    expect(fact()?.gapMs).toBeNull();
    expect(fact()?.arrivedMs).toBeGreaterThan(13_500);
  });

  it('says that nothing is kept, that nothing here decodes it, and that it could not be decoded', async () => {
    const { come, show, fact, fail } = look();
    await show(0, 1);
    expect(fact()?.state).toBe('nothing');
    come(main, 5_000);
    await show(2_000, 0);
    fail('no-decoder');
    expect(fact()?.state).toBe('no-decoder');
    await show(3_000, 0);
    expect(fact()?.state).toBe('shown');
    fail('failed');
    expect(fact()?.state).toBe('failed');
  });

  it('leaves no decoded picture behind, whatever it was interrupted in', async () => {
    const { come, show, play, player, open } = look();
    come(main, 60_000);
    await show(10_000, 8);
    await play(500);
    await show(30_000, 1);
    await play(300);
    player.close();
    expect(open.size).toBe(0);
  });
});
