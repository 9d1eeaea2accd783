import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProblemCode } from '../../core/streams/problem.ts';
import {
  bestWay,
  newLadder,
  nextLadder,
  probeLimitMs,
  steadyMs,
  type WayInput,
  type WayLadder,
  wayOrder,
  whyNotEarlier,
} from '../../core/streams/way-ladder.ts';
import { sampled, sampledLimitMs } from '../support/sampled.ts';

const failed = (way: number, atMs: number, why: ProblemCode = 'gateway-unreachable', retryAfterMs: number | null = null) =>
  ({ what: 'failed', way, why, retryAfterMs, atMs, random: 1 }) as const;
const asked = (way: number, atMs: number) => ({ what: 'asked', way, atMs }) as const;
const pictured = (way: number, atMs: number) => ({ what: 'pictured', way, atMs }) as const;
const time = (atMs: number) => ({ what: 'time', atMs, random: 1 }) as const;
const after = (inputs: readonly WayInput[], ways = 3): WayLadder => inputs.reduce(nextLadder, newLadder(ways, 0));

describe('the ways to a stream', () => {
  it('are tried in their order, those that rest last', () => {
    expect(wayOrder(after([]))).toEqual([0, 1, 2]);
    expect(wayOrder(after([failed(0, 0)]))).toEqual([1, 2, 0]);
    expect(wayOrder(after([failed(0, 0), failed(1, 0)]))).toEqual([2, 0, 1]);
    expect(wayOrder(after([failed(0, 0), failed(1, 0), failed(2, 0)]))).toEqual([0, 1, 2]);
  });

  it('have a first one again that was left, once its rest is over and a picture came by it', () => {
    const left = after([failed(0, 1_000)]);
    expect(bestWay(nextLadder(left, time(5_999)))).toBe(1);
    const due = nextLadder(left, time(6_000));
    expect(bestWay(due)).toBe(0);
    const probed = nextLadder(due, asked(0, 6_100));
    // One asks; the others stay where they are until its picture is there.
    expect(bestWay(probed)).toBe(1);
    expect(bestWay(nextLadder(probed, pictured(0, 6_500)))).toBe(0);
  });

  it('have one that was asked and shows nothing rest again, for longer', () => {
    const probed = after([failed(0, 0), time(5_000), asked(0, 5_000)]);
    expect(nextLadder(probed, time(5_000 + probeLimitMs - 1))).toBe(probed);
    expect(nextLadder(probed, time(5_000 + probeLimitMs))[0]).toEqual({
      state: 'resting',
      why: null,
      sinceMs: 0,
      untilMs: 5_000 + probeLimitMs + 10_000,
      failures: 2,
    });
  });

  it('do not flap: one that comes and goes rests twice as long each time, up to a minute', () => {
    let ladder = after([]);
    let atMs = 0;
    const rests: number[] = [];
    for (let turn = 0; turn < 7; turn += 1) {
      ladder = nextLadder(ladder, failed(0, atMs));
      const way = ladder[0];
      const untilMs = way?.state === 'resting' ? way.untilMs : 0;
      rests.push(untilMs - atMs);
      for (const input of [time(untilMs), asked(0, untilMs), pictured(0, untilMs)]) ladder = nextLadder(ladder, input);
      atMs = untilMs + steadyMs - 1;
    }
    expect(rests).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000, 60_000]);
    const forgiven = nextLadder(ladder, failed(0, atMs + 1));
    expect(forgiven[0]?.failures).toBe(1);
  });

  it('have no rest that grows because many windows tell of the same fault', () => {
    const once = after([failed(0, 0)]);
    expect(nextLadder(once, failed(0, 10))).toBe(once);
  });

  it('keep away for as long as a server asks for, and for five minutes from one that refused us', () => {
    expect(after([failed(0, 0, 'gateway-busy', 90_000)])[0]).toMatchObject({ untilMs: 90_000 });
    expect(after([failed(0, 0, 'gateway-busy', 1_000)])[0]).toMatchObject({ untilMs: 5_000 });
    expect(after([failed(0, 0, 'gateway-refused')])[0]).toMatchObject({ untilMs: 300_000 });
  });

  it('take no picture of an older connection for a proof that a resting way is well', () => {
    const left = after([failed(0, 0)]);
    expect(nextLadder(left, pictured(0, 100))).toBe(left);
  });

  it('tell why the one that is used is not the first', () => {
    const ladder = after([failed(0, 0, 'stream-missing'), failed(1, 0)]);
    expect([0, 1, 2].map((way) => whyNotEarlier(ladder, way))).toEqual([null, 'stream-missing', 'stream-missing']);
  });

  it(
    'are each asked again in a bounded time, whatever happened, and every one is in the order once',
    () => {
      const input = fc.record({
        what: fc.constantFrom('failed', 'asked', 'pictured', 'time'),
        way: fc.nat(3),
        afterMs: fc.nat(90_000),
        random: fc.double({ min: 0, max: 0.999, noNaN: true }),
        why: fc.constantFrom<ProblemCode>('gateway-unreachable', 'stream-missing', 'gateway-refused', 'camera-silent'),
      });
      fc.assert(
        fc.property(fc.array(input, { maxLength: 40 }), (steps) => {
          let ladder = newLadder(4, 0);
          let atMs = 0;
          for (const { what, way, afterMs, random, why } of steps) {
            atMs += afterMs;
            const told: WayInput =
              what === 'failed'
                ? { what, way, why, retryAfterMs: null, atMs, random }
                : what === 'time'
                  ? { what, atMs, random }
                  : what === 'asked'
                    ? { what, way, atMs }
                    : { what: 'pictured', way, atMs };
            ladder = nextLadder(ladder, told);
            expect([...wayOrder(ladder)].sort()).toEqual([0, 1, 2, 3]);
          }
          // A probe that was asked may end first, and its rest after it.
          for (const untilMs of [atMs + probeLimitMs, atMs + probeLimitMs + 300_000]) ladder = nextLadder(ladder, time(untilMs));
          expect(bestWay(ladder)).toBe(0);
          expect(wayOrder(ladder)).toEqual([0, 1, 2, 3]);
        }),
        sampled(300, 30_000),
      );
    },
    sampledLimitMs,
  );
});
