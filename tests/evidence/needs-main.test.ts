import { expect, it } from 'vitest';
import type { Clip } from '../../core/evidence/clip.ts';
import { needsMain } from '../../main/features/evidence/needs-main.ts';
import { clipId, pieceOf } from './clip-set-up.ts';

const nowUtcMs = 1_700_000_100_000;
/** A window's clip whose last picture came so long ago (ms). */
const clip = (stream: 'main' | 'sub', agoMs: number, bySeat: number | null = 1): Clip => ({
  ...pieceOf(1, 0).clip,
  ...{ id: clipId(1), stream, bySeat, beganUtcMs: 0, firstPictureUtcMs: nowUtcMs - agoMs - 60_000, life: { state: 'growing' } },
  fragments: [{ index: 0, digest: 'ab'.repeat(32), sizeBytes: 1, pictures: 1, endMs: 60_000, securedUtcMs: nowUtcMs }],
});

it.each([
  ['nobody has it open', [], { takenMs: 0, isOpen: false }, true],
  ['somebody may be about to put it', [], { takenMs: 1_000, isOpen: true }, false],
  ['nobody has put it for long', [], { takenMs: 5_000, isOpen: true }, true],
  ['a window secures the sub stream', [clip('sub', 500)], { takenMs: 500, isOpen: true }, true],
  ['a window puts what it had of the sub stream before', [clip('sub', 20_000)], { takenMs: 500, isOpen: true }, false],
  ['a window secures it', [clip('main', 500), clip('sub', 20_000)], { takenMs: 9_000, isOpen: true }, false],
  [
    'a window had it and has the sub stream now',
    [clip('main', 20_000), clip('sub', 500)],
    { takenMs: 9_000, isOpen: true },
    true,
  ],
  ['its camera was lost while a window secured it', [clip('main', 20_000)], { takenMs: 30_000, isOpen: true }, false],
  ['only the gateway has put it', [clip('main', 500, null)], { takenMs: 9_000, isOpen: true }, true],
] as const)('whether the main stream is to be secured beside, where %s', (_, clips, state, needs) => {
  expect(needsMain(clips, { nowUtcMs, ...state })).toBe(needs);
});
