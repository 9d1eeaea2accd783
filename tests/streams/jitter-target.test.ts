import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  creptByMs,
  firstJitterTarget,
  type JitterReading,
  type JitterTarget,
  mostTargetMs,
  nextJitterTarget,
  renewedJitterTarget,
} from '../../core/streams/jitter-target.ts';

/** What came in the three seconds before a reading. */
interface Round {
  readonly waitMs?: number;
  readonly reckonedMs?: number;
  readonly freezes?: number;
  readonly nacks?: number;
  readonly pictures?: number;
}

const roundMs = 3_000;
const well: Round = {};
const times = (count: number, round: Round): Round[] => Array.from({ length: count }, () => round);
const middle = () => 0.5;

/** Reads one connection round by round; the targets after each. */
function follow(rounds: readonly Round[], from: JitterTarget = firstJitterTarget, random = middle): JitterTarget[] {
  let target = from;
  let last: JitterReading = { atMs: 1_000_000, emitted: 0, waitedMs: 0, reckonedMs: 0, freezes: 0, nacks: 0 };
  return [well, well, well, ...rounds].map(({ waitMs = 5, reckonedMs = 12, freezes = 0, nacks = 0, pictures = 45 }) => {
    last = {
      atMs: last.atMs + roundMs,
      emitted: last.emitted + pictures,
      waitedMs: last.waitedMs + pictures * waitMs,
      reckonedMs: last.reckonedMs + pictures * reckonedMs,
      freezes: last.freezes + freezes,
      nacks: last.nacks + nacks,
    };
    target = nextJitterTarget(target, last, random);
    return target;
  });
}

const lastOf = (targets: readonly JitterTarget[]): JitterTarget => targets.at(-1) ?? firstJitterTarget;

describe('how long pictures wait', () => {
  it('is as little as possible where nothing is wrong', () => {
    expect(lastOf(follow(times(100, well)))).toMatchObject({ targetMs: 0, why: 'room', rejoin: false });
  });

  it('is raised by a freeze to what the browser reckons, at once', () => {
    expect(lastOf(follow([{ freezes: 1, reckonedMs: 90 }]))).toMatchObject({ targetMs: 90, why: 'froze' });
    expect(lastOf(follow([{ freezes: 1, reckonedMs: 5 }])).targetMs).toBe(40);
  });

  it('is raised by packets that are asked for again, before it freezes, and not over and over', () => {
    expect(lastOf(follow([{ nacks: 4, reckonedMs: 70 }]))).toMatchObject({ targetMs: 70, why: 'losses' });
    expect(lastOf(follow(times(50, { nacks: 4, reckonedMs: 70 })))).toMatchObject({ targetMs: 70, why: 'losses' });
    expect(lastOf(follow([{ nacks: 0 }])).targetMs).toBe(0);
  });

  it('doubles with each freeze that the raise before did not prevent, up to half a second', () => {
    const targets = follow(times(12, { freezes: 1 })).map(({ targetMs }) => targetMs);
    expect([...new Set(targets)]).toEqual([0, 40, 80, 160, 320, mostTargetMs]);
  });

  it('is lowered step by step once it has been well for a while, and says why', () => {
    const targets = follow([{ freezes: 1, reckonedMs: 160 }, ...times(60, well)]);
    expect([...new Set(targets.map(({ targetMs }) => targetMs))]).toEqual([0, 160, 80, 40]);
    expect(targets.find(({ targetMs }) => targetMs === 80)).toMatchObject({ why: 'well' });
    expect(lastOf(follow([{ freezes: 1, reckonedMs: 160 }, ...times(90, well)])).targetMs).toBe(0);
  });

  it('is tried lower ever more seldom where lowering had to be taken back', () => {
    // A link that freezes each time its pictures wait less than 40 ms.
    let target = firstJitterTarget;
    let raises = 0;
    const raisedAt: number[] = [];
    for (let round = 0; round < 400; round += 1) {
      const reading: JitterReading = {
        atMs: round * roundMs,
        emitted: round * 45,
        waitedMs: round * 225,
        reckonedMs: round * 540,
        freezes: target.targetMs < 40 && round > 3 ? (raises += 1) : raises,
        nacks: 0,
      };
      const before = target.targetMs;
      target = nextJitterTarget(target, reading, middle);
      if (target.targetMs > before) raisedAt.push(round);
    }
    const gaps = raisedAt.slice(1).map((round, index) => round - (raisedAt[index] ?? 0));
    expect(gaps.length).toBeGreaterThan(2);
    expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
    expect((gaps.at(-1) ?? 0) / (gaps[0] ?? 1)).toBeGreaterThan(3);
  });

  it('is lowered at different times where many were raised together', () => {
    const lowered = [0, 0.25, 0.5, 0.75, 0.99].map((chance) =>
      follow([{ freezes: 1, reckonedMs: 160 }, ...times(30, well)], firstJitterTarget, () => chance).findIndex(
        ({ targetMs }) => targetMs === 80,
      ),
    );
    expect(new Set(lowered).size).toBe(5);
  });

  it('learns nothing from the seconds in which a connection opens, nor from rounds without pictures', () => {
    const opening: JitterReading = { atMs: 0, emitted: 10, waitedMs: 100, reckonedMs: 0, freezes: 0, nacks: 0 };
    const first = nextJitterTarget(firstJitterTarget, opening, middle);
    const second = nextJitterTarget(first, { ...opening, atMs: roundMs, emitted: 50, freezes: 3, nacks: 40 }, middle);
    expect(second.targetMs).toBe(0);
    expect(lastOf(follow(times(20, { pictures: 0, freezes: 1 }))).targetMs).toBe(0);
  });
});

describe('a wait that has crept up', () => {
  it('is cured by lowering what is asked, where something is', () => {
    const raised = lastOf(follow([{ freezes: 1 }]));
    const [, , , ...targets] = follow(times(8, { waitMs: 5 + 40 + creptByMs + 20 }), {
      ...raised,
      lowerAfterMs: 600_000,
      leastMs: 5,
    });
    expect(targets.find(({ why }) => why === 'crept')).toMatchObject({ targetMs: 0, rejoin: false });
  });

  it('is cured by a new connection where it stays, once, and stands for itself until then', () => {
    const targets = follow([...times(3, well), ...times(12, { waitMs: 400 })]);
    expect(targets.findIndex(({ rejoin }) => rejoin)).toBeGreaterThan(6 + 5);
    expect(lastOf(targets)).toMatchObject({ rejoin: true, why: 'rejoined' });
    expect(renewedJitterTarget(lastOf(targets)).rejoin).toBe(false);
    expect(lastOf(follow(times(60, { waitMs: 400 }), renewedJitterTarget(lastOf(targets)))).rejoin).toBe(false);
  });

  it('is not called so while it freezes or loses, nor for a moment', () => {
    expect(follow([well, ...times(15, { waitMs: 400, freezes: 1 })]).some(({ rejoin }) => rejoin)).toBe(false);
    expect(follow([well, ...times(15, { waitMs: 400, nacks: 9 })]).some(({ rejoin }) => rejoin)).toBe(false);
    const breaths = Array.from({ length: 60 }, (_, round) => (round % 4 === 3 ? well : { waitMs: 400 }));
    expect(follow(breaths).some(({ rejoin }) => rejoin)).toBe(false);
  });
});

it('whatever comes, the target is within its bounds and a change has a reason', () => {
  const round = fc.record({
    waitMs: fc.integer({ min: 0, max: 3_000 }),
    reckonedMs: fc.integer({ min: 0, max: 3_000 }),
    freezes: fc.integer({ min: 0, max: 2 }),
    nacks: fc.integer({ min: 0, max: 20 }),
    pictures: fc.integer({ min: 0, max: 90 }),
  });
  fc.assert(
    fc.property(fc.array(round, { maxLength: 80 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (rounds, chance) => {
      let before = 0;
      for (const { targetMs, why } of follow(rounds, firstJitterTarget, () => chance)) {
        expect(targetMs).toBeGreaterThanOrEqual(0);
        expect(targetMs).toBeLessThanOrEqual(mostTargetMs);
        if (targetMs > before) expect(['froze', 'losses']).toContain(why);
        if (targetMs < before) expect(['well', 'crept']).toContain(why);
        before = targetMs;
      }
    }),
  );
});
