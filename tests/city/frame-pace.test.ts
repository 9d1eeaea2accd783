import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { framePeriodMs, nextFrame } from '../../main/gateway/city/frame-pace.ts';
import { type Lane, moversAt, signalAt } from '../../main/gateway/city/traffic.ts';

const moment = fc.double({ min: 0, max: 3e8, noNaN: true });

describe('the pace of the demonstration cameras', () => {
  it('has the next frame due within one period, and never the same frame twice', () => {
    fc.assert(
      fc.property(fc.nat(200), moment, (slot, nowMs) => {
        const next = nextFrame(slot, nowMs);
        expect(next.dueMs - nowMs).toBeGreaterThan(-0.001);
        expect(next.dueMs - nowMs).toBeLessThan(framePeriodMs + 0.001);
        const early = nextFrame(slot, next.dueMs - 0.6, next.index);
        expect(early.index).toBe(next.index + 1);
        expect((early.rtpTimestamp - next.rtpTimestamp) >>> 0).toBe(7_200);
      }),
    );
  });

  it('leaves frames out after a pause instead of hurrying after them', () => {
    const before = nextFrame(3, 1_000);
    const after = nextFrame(3, 1_000 + 10 * framePeriodMs, before.index);
    expect(after.index).toBe(before.index + 10);
  });

  it('spreads 16 cameras evenly over one period', () => {
    const due = Array.from({ length: 16 }, (_, slot) => nextFrame(slot, 5_000).dueMs).sort((a, b) => a - b);
    for (const [i, at] of due.slice(1).entries()) expect(at - (due[i] ?? 0)).toBeCloseTo(framePeriodMs / 16, 3);
  });
});

const stop = { atM: 60, everyS: 40, greenS: [20, 36] } as const;
const lane: Lane = {
  points: [
    [0, 0],
    [0, 150],
  ],
  speed: 10,
  every: 6,
  who: ['sedan'],
  seed: 5,
  stop,
};

describe('the traffic of the demonstration city', () => {
  it('is the same whenever a moment is asked for, and nobody runs backwards or leaps', () => {
    fc.assert(
      fc.property(fc.double({ min: 100, max: 80_000, noNaN: true }), (timeS) => {
        const [now, soon] = [moversAt(lane, 150, timeS), moversAt(lane, 150, timeS + 0.1)];
        expect(moversAt(lane, 150, timeS)).toEqual(now);
        for (const mover of now) {
          const later = soon.find((one) => one.identity === mover.identity);
          if (later === undefined) continue;
          expect(later.at - mover.at).toBeGreaterThan(-0.001);
          expect(later.at - mover.at).toBeLessThan(1.01);
        }
      }),
    );
  });

  it('nobody crosses the line while the signal is red', () => {
    fc.assert(
      fc.property(fc.double({ min: 100, max: 80_000, noNaN: true }), (timeS) => {
        if (signalAt(stop, timeS) !== 'red' || signalAt(stop, timeS + 0.1) !== 'red') return;
        const soon = moversAt(lane, 150, timeS + 0.1);
        for (const mover of moversAt(lane, 150, timeS)) {
          const later = soon.find((one) => one.identity === mover.identity);
          if (mover.at < stop.atM && later !== undefined) expect(later.at).toBeLessThanOrEqual(stop.atM + 0.001);
        }
      }),
    );
  });
});
