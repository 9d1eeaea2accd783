import { type Clip, clipGaps } from './clip.ts';

/** A stretch of time (UTC, ms). */
export interface Stretch {
  readonly fromUtcMs: number;
  readonly toUtcMs: number;
}

/** When pictures arrived is not known better than this: what is shorter is no stretch that is missing (ms). */
export const stretchLeastMs = 1_000;

/**
 * What is missing of `wanted`: where none of these clips of one camera has a picture, oldest first. Of a piece that is missing it is not known when it began: then everything since the
 * piece before is missing. Clips whose pictures were deleted count as missing.
 */
export function missingStretches(clips: readonly Clip[], wanted: Stretch): readonly Stretch[] {
  const there = clips.flatMap(securedStretches).toSorted((a, b) => a.fromUtcMs - b.fromUtcMs);
  const missing: Stretch[] = [];
  let atUtcMs = wanted.fromUtcMs;
  for (const { fromUtcMs, toUtcMs } of [...there, { fromUtcMs: wanted.toUtcMs, toUtcMs: wanted.toUtcMs }]) {
    const untilUtcMs = Math.min(fromUtcMs, wanted.toUtcMs);
    if (untilUtcMs - atUtcMs >= stretchLeastMs) missing.push({ fromUtcMs: atUtcMs, toUtcMs: untilUtcMs });
    atUtcMs = Math.max(atUtcMs, toUtcMs);
  }
  return missing;
}

function securedStretches(clip: Clip): readonly Stretch[] {
  const { life, fragments, firstPictureUtcMs } = clip;
  if (life.state === 'deleted') return [];
  const stretches: Stretch[] = [];
  let fromMs = 0;
  for (const gap of clipGaps(clip)) {
    if (gap.fromMs > fromMs) stretches.push({ fromUtcMs: firstPictureUtcMs + fromMs, toUtcMs: firstPictureUtcMs + gap.fromMs });
    fromMs = gap.toMs ?? Number.POSITIVE_INFINITY;
  }
  const endMs = fragments.at(-1)?.endMs ?? 0;
  if (endMs > fromMs) stretches.push({ fromUtcMs: firstPictureUtcMs + fromMs, toUtcMs: firstPictureUtcMs + endMs });
  return stretches;
}
