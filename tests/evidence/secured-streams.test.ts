import { expect, it } from 'vitest';
import { camera } from '../incidents/incident-set-up.ts';
import type { Clip } from '../../core/evidence/clip.ts';
import { securedStreams } from '../../core/evidence/secured-streams.ts';
import { securedPart } from '../../main/features/evidence/secured-part.ts';
import { clipId, factsOf, pieceOf } from './clip-set-up.ts';

const id = camera('pes-1');
const wanted = { fromUtcMs: 1_000_000, toUtcMs: 1_070_000 };
const clip = (stream: 'main' | 'sub', fromUtcMs: number): Clip => ({
  ...pieceOf(1, 0).clip,
  ...{ id: clipId(1), stream, beganUtcMs: fromUtcMs, firstPictureUtcMs: fromUtcMs },
  life: { state: 'whole', how: 'ended', utcMs: wanted.toUtcMs },
  fragments: [
    { ...{ index: 0, digest: 'ab'.repeat(32), sizeBytes: 1, pictures: 1, securedUtcMs: 1 }, endMs: wanted.toUtcMs - fromUtcMs },
  ],
});
const of = { incident: 1, utcMs: 1_060_500, camera: id };

it('of each stream it is told when its first picture came, what is missing, and who was told to secure it', () => {
  const log = [
    { ...of, what: 'secured-by', bySeat: 1, displayId: 'left' },
    { ...of, what: 'secured-by', bySeat: null, displayId: 'gateway', stream: 'main' },
  ] as const;
  const streams = securedStreams(id, ['sub', 'main'], [clip('sub', 1_000_000), clip('main', 1_061_000)], log, wanted);
  expect(streams).toEqual([
    {
      ...{ stream: 'main', firstUtcMs: 1_061_000, missing: [{ fromUtcMs: 1_000_000, toUtcMs: 1_061_000 }] },
      ...{ besideFromUtcMs: 1_060_500, notSecured: null },
    },
    { stream: 'sub', firstUtcMs: 1_000_000, missing: [], besideFromUtcMs: null, notSecured: null },
  ]);
  const page = securedPart({
    ...factsOf([]),
    masters: [],
    stills: [],
    papers: [],
    goneFiles: [],
    secured: [{ camera: id, ...wanted, missing: [], streams }],
  });
  expect(page).toContain('pes-1, main stream');
  expect(page).toContain('No window secured it at 1970-01-01 00:17:40.500 UTC, and the gateway was told to from then on.');
});

it('a main stream that does not come by the gateway is named with the reason, though there is nothing of it', () => {
  const log = [{ ...of, what: 'not-secured', stream: 'main', why: 'elsewhere' }] as const;
  const streams = securedStreams(id, ['main', 'sub'], [clip('sub', 1_000_000)], log, wanted);
  expect(streams[0]).toEqual({
    stream: 'main',
    firstUtcMs: null,
    missing: [wanted],
    besideFromUtcMs: null,
    notSecured: 'elsewhere',
  });
  const page = securedPart({
    ...factsOf([]),
    masters: [],
    stills: [],
    papers: [],
    goneFiles: [],
    secured: [{ camera: id, ...wanted, missing: [], streams }],
  });
  expect(page).toContain('It does not come by this program’s gateway');
});
