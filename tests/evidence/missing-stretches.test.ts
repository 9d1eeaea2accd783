import { describe, expect, it } from 'vitest';
import type { Clip, ClipFragmentFact } from '../../core/evidence/clip.ts';
import { missingStretches } from '../../core/evidence/missing-stretches.ts';
import { wantedStretch } from '../../core/evidence/wanted-stretch.ts';
import { camera } from '../incidents/incident-set-up.ts';
import { anIncident, clipId } from './clip-set-up.ts';

const piece = (index: number, endMs: number): ClipFragmentFact => ({
  ...{ index, endMs, digest: 'a'.repeat(64), sizeBytes: 1, pictures: index, securedUtcMs: 1 },
});
const clip = (
  firstPictureUtcMs: number,
  ends: readonly (readonly [index: number, endMs: number])[],
  life?: Clip['life'],
): Clip => ({
  ...{ id: clipId(1), incident: 1, camera: camera('pes-1'), stream: 'sub', bySeat: 1, beganUtcMs: 1, firstPictureUtcMs },
  life: life ?? { state: 'whole', how: 'ended', utcMs: 1 },
  fragments: ends.map(([index, endMs]) => piece(index, endMs)),
});
const wanted = { fromUtcMs: 10_000, toUtcMs: 60_000 };

describe('what is missing of what was wanted', () => {
  it('is nothing where clips cover it, one after the other or over each other', () => {
    const early = clip(9_000, [
      [0, 0],
      [1, 30_000],
    ]);
    const late = clip(39_500, [
      [0, 0],
      [1, 20_000],
    ]);
    expect(missingStretches([late, early], wanted)).toEqual([]);
    expect(missingStretches([clip(9_000, [[0, 51_000]]), late], wanted)).toEqual([]);
  });

  it('is all of it where there is none, or where its pictures were deleted', () => {
    expect(missingStretches([], wanted)).toEqual([wanted]);
    const deleted = clip(9_000, [[0, 60_000]], { state: 'deleted', reason: 'x', utcMs: 1, bySeat: 1 });
    expect(missingStretches([deleted], wanted)).toEqual([wanted]);
  });

  it('is what lies before the first, between two, within one and behind the last, to the second', () => {
    const cut = clip(
      15_000,
      [
        [0, 0],
        [1, 5_000],
        [4, 9_000],
      ],
      { state: 'whole', how: 'window-gone', utcMs: 1 },
    );
    expect(missingStretches([cut, clip(30_000, [[0, 29_100]])], wanted)).toEqual([
      { fromUtcMs: 10_000, toUtcMs: 15_000 },
      { fromUtcMs: 20_000, toUtcMs: 30_000 },
    ]);
    expect(missingStretches([clip(10_999, [[0, 40_000]])], wanted)).toEqual([{ fromUtcMs: 50_999, toUtcMs: 60_000 }]);
  });
});

it('what is wanted begins before the flag, or before what the tile showed, and ends with the securing', () => {
  const incident = anIncident();
  const { utcMs } = incident.flagged;
  const by = { beforeSeconds: 60, nowUtcMs: utcMs + 9_000 };
  const a = camera('pes-1');
  expect(wantedStretch(incident, a, [], by)).toEqual({ fromUtcMs: utcMs - 60_000, toUtcMs: utcMs + 9_000 });
  const past = { ...incident, flagged: { ...incident.flagged, shownUtcMs: utcMs - 30_000 } };
  expect(wantedStretch(past, a, [], by).fromUtcMs).toBe(utcMs - 90_000);
  const of = { incident: 1, utcMs: utcMs + 5_000 };
  const took = { ...of, what: 'secured-by', camera: a, bySeat: 1, displayId: 'left', fromUtcMs: utcMs - 20_000 } as const;
  const over = { ...of, what: 'over', why: 'ended', bySeat: 1 } as const;
  expect(wantedStretch(past, a, [took, over], by)).toEqual({ fromUtcMs: utcMs - 20_000, toUtcMs: utcMs + 5_000 });
});
