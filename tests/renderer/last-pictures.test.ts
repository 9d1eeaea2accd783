import { describe, expect, it } from 'vitest';
import { createLastPictures, type DecodedLast } from '../../renderer/media/last-pictures.ts';
import type { DecodedPicture } from '../../renderer/media/picture-decoder.ts';
import { feeding } from './feeding.ts';

const limits = { mostMs: 120_000, mostBytes: 512 * 1024 * 1024 };
const main = '/whep/a/main';
const sub = '/whep/a/sub';

/** A frame that knows whether it was closed. */
function frameOf(timestamp: number) {
  const frame = { timestamp, closed: false, close: () => void (frame.closed = true) };
  return frame;
}

function asked(flush: () => Promise<void> = () => Promise.resolve()) {
  const fed = feeding(limits);
  const told = new Map<number, DecodedLast | null>();
  const decoders: { fed: number[]; closed: boolean }[] = [];
  const frames: ReturnType<typeof frameOf>[] = [];
  const pictures = createLastPictures({
    rings: {
      measure: () => Promise.resolve(fed.store.measure(fed.nowMs())),
      read: (source, from, toMs) => {
        const batch = fed.store.batch(source, from, toMs, fed.nowMs());
        return Promise.resolve(
          batch && { ...batch, pictures: batch.pictures.map((picture) => ({ ...picture, data: new ArrayBuffer(0) })) },
        );
      },
    },
    makeDecoder(onPicture: (picture: DecodedPicture) => void) {
      const own = { fed: [] as number[], closed: false };
      decoders.push(own);
      return {
        feed({ sequence }) {
          own.fed.push(sequence);
          const frame = frameOf(sequence);
          frames.push(frame);
          // The decoder's own frame is more than is asked of it here.
          onPicture({ sequence, frame: frame as unknown as VideoFrame });
        },
        waiting: () => 0,
        flush,
        reset() {},
        close: () => void (own.closed = true),
      };
    },
    tell(id, last) {
      told.set(id, last);
      return Promise.resolve();
    },
  });
  return { ...fed, pictures, told, decoders, frames };
}

describe('the last picture of a camera', () => {
  it('is the newest key picture that is kept of any of its streams, decoded alone, and its decoder is closed at once', async () => {
    const { pictures, told, decoders, frames, run } = asked();
    run(1, main, 4_000);
    run(2, sub, 5_000);
    pictures.ask(7, [main, sub]);
    await expect.poll(() => told.has(7)).toBe(true);
    const read = told.get(7);
    expect(decoders).toEqual([{ fed: [expect.any(Number)], closed: true }]);
    expect(frames.map(({ closed }) => closed)).toEqual([false]);
    // The sub stream was there last, up to 8,900 ms, with a key picture a second.
    expect(read?.arrivedMs).toBe(8_000);
    expect(read?.frame.timestamp).toBe(decoders[0]?.fed[0]);
  });

  it('is none where nothing is kept', async () => {
    const { pictures, told, decoders } = asked();
    pictures.ask(1, [main]);
    await expect.poll(() => told.get(1)).toBeNull();
    expect(decoders).toEqual([]);
  });

  it('is decoded with three others at most; who is not waited for any more is left out', async () => {
    const ends: (() => void)[] = [];
    const { pictures, told, decoders, run } = asked(() => new Promise((resolve) => ends.push(resolve)));
    run(1, main, 2_000);
    for (const id of [1, 2, 3, 4, 5, 6]) pictures.ask(id, [main]);
    await expect.poll(() => decoders.length).toBe(4);
    pictures.drop(5);
    for (const end of ends.splice(0)) end();
    await expect.poll(() => decoders.length).toBe(5);
    await expect.poll(() => ends.length).toBe(1);
    ends[0]?.();
    await expect.poll(() => [...told.keys()].toSorted()).toEqual([1, 2, 3, 4, 6]);
    expect(decoders.every(({ closed }) => closed)).toBe(true);
  });
});
