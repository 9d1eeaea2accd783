import { describe, expect, it } from 'vitest';
import { beatMs, createFrameBeat, fewStreams } from '../../renderer/media/frame-beat.ts';

/** A beat with a clock and timers of its own. */
function beating() {
  const timers: { readonly go: () => void; readonly dueMs: number }[] = [];
  const gone: string[] = [];
  let nowMs = 1_000 * beatMs + 7;
  const beat = createFrameBeat({
    nowMs: () => nowMs,
    setTimeout: (go, delayMs) => void timers.push({ go, dueMs: nowMs + delayMs }),
  });
  return {
    beat,
    gone,
    timers,
    picture: (name: string) => beat.take(() => void gone.push(name)),
    /** The next timer is due. */
    pass() {
      const next = timers.shift();
      nowMs = next?.dueMs ?? nowMs;
      next?.go();
      return nowMs;
    },
  };
}

describe('the beat of pictures', () => {
  it('lets those of few streams go as they come', () => {
    const { beat, picture, gone, timers } = beating();
    picture('first');
    beat.count(fewStreams);
    picture('second');
    expect({ gone, timers }).toEqual({ gone: ['first', 'second'], timers: [] });
  });

  it('lets those of many streams go together, in their order, at times that all windows share', () => {
    const { beat, picture, gone, timers, pass } = beating();
    beat.count(fewStreams + 1);
    for (const name of ['a', 'b', 'c']) picture(name);
    expect({ gone, timers: timers.length }).toEqual({ gone: [], timers: 1 });
    const atMs = pass();
    expect(gone).toEqual(['a', 'b', 'c']);
    expect(Math.abs(atMs / beatMs - Math.round(atMs / beatMs))).toBeLessThan(0.001);
    picture('d');
    pass();
    expect(gone).toEqual(['a', 'b', 'c', 'd']);
  });

  it('overtakes nothing that waits when streams have become few', () => {
    const { beat, picture, gone, pass } = beating();
    beat.count(fewStreams + 1);
    picture('before');
    beat.count(1);
    picture('after');
    expect(gone).toEqual([]);
    pass();
    expect(gone).toEqual(['before', 'after']);
    picture('later');
    expect(gone).toEqual(['before', 'after', 'later']);
  });
});
