import { describe, expect, it } from 'vitest';
import {
  beatMs,
  type BeatRules,
  createCommonBeat,
  fewStreams,
  sendingBeat,
  showingBeat,
} from '../../core/streams/common-beat.ts';

/** A beat with a clock and timers of its own. */
function beating(rules: BeatRules) {
  const timers: { readonly go: () => void; readonly dueMs: number }[] = [];
  const gone: string[] = [];
  const clock = { nowMs: 1_000 };
  const beat = createCommonBeat(
    { nowMs: () => clock.nowMs, setTimeout: (go, delayMs) => void timers.push({ go, dueMs: clock.nowMs + delayMs }) },
    rules,
  );
  return {
    beat,
    gone,
    timers,
    clock,
    picture: (name: string) => beat.take(() => void gone.push(name)),
    /** The next timer is due, and so much late. */
    pass(lateMs = 0) {
      const next = timers.shift();
      clock.nowMs = (next?.dueMs ?? clock.nowMs) + lateMs;
      next?.go();
      return clock.nowMs;
    },
  };
}

describe('the beat of pictures', () => {
  it('lets those of few streams go as they come', () => {
    const { beat, picture, gone, timers } = beating(sendingBeat);
    picture('first');
    beat.count(fewStreams);
    picture('second');
    expect({ gone, timers }).toEqual({ gone: ['first', 'second'], timers: [] });
  });

  it('lets those of many streams go together, in their order', () => {
    const { beat, picture, gone, timers, pass } = beating(sendingBeat);
    beat.count(fewStreams + 1);
    for (const name of ['a', 'b', 'c']) picture(name);
    expect({ gone, timers: timers.length }).toEqual({ gone: [], timers: 1 });
    pass();
    expect(gone).toEqual(['a', 'b', 'c']);
    picture('d');
    pass();
    expect(gone).toEqual(['a', 'b', 'c', 'd']);
  });

  it('keeps its measure where timers are late', () => {
    const { beat, picture, pass } = beating(sendingBeat);
    beat.count(fewStreams + 1);
    picture('first');
    const firstMs = pass(5);
    const beats = Array.from({ length: 20 }, () => {
      picture('next');
      return pass(5);
    });
    expect(beats.map((ms) => ms - firstMs)).toEqual(beats.map((_, index) => expect.closeTo((index + 1) * beatMs, 3)));
  });

  it('follows what is sent on a beat: what comes together waits for what is still on its way, and no whole beat', () => {
    const { beat, picture, pass, clock } = beating(showingBeat);
    beat.count(fewStreams + 1);
    const waits = Array.from({ length: 40 }, (_, index) => {
      // One of them comes late: those after it wait a little longer, and soon as little as before.
      const cameMs = 2_000 + index * beatMs + (index === 5 ? 20 : 0);
      clock.nowMs = cameMs;
      picture('first of a beat');
      return pass() - cameMs;
    });
    expect(Math.max(...waits)).toBeLessThan(beatMs);
    expect(waits[4]).toBeCloseTo(showingBeat.gatherMs, 3);
    expect(waits.at(-1)).toBeCloseTo(showingBeat.gatherMs, 3);
  });

  it('overtakes nothing that waits when streams have become few', () => {
    const { beat, picture, gone, pass } = beating(sendingBeat);
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
