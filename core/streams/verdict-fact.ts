import { z } from 'zod';
import { problemCodeSchema } from './problem.ts';
import { type VerdictWord, verdictHops, verdictWords } from './verdict.ts';

/** A verdict as it is told to others. */
export const verdictFactSchema = z.strictObject({
  word: z.enum(verdictWords),
  hop: z.enum(verdictHops).nullable(),
  sinceUtcMs: z.number().nullable(),
  why: problemCodeSchema.nullable(),
  timeKnown: z.boolean(),
  unchanged: z.boolean(),
  /** How much later than the quickest picture the last one was shown (ms); null where it is not called late. */
  lateMs: z.number().min(0).nullable(),
  /** How far the camera's clock is off this PC's (ms, positive: ahead), less the way of a picture; null where it tells none. */
  clockOffsetMs: z.number().nullable(),
});
export type VerdictFact = z.infer<typeof verdictFactSchema>;

const texts: Readonly<Record<VerdictWord, string>> = {
  opening: 'OPENING',
  unseen: 'UNSEEN',
  none: 'NO PICTURE',
  still: 'STILL',
  keys: 'KEY FRAMES',
  live: 'LIVE',
  late: 'LATE',
  frozen: 'FROZEN',
  slate: 'SLATE',
  stalled: 'STALLED',
  lost: 'LOST',
  refused: 'REFUSED',
  locked: 'LOCKED',
  'no-decoder': 'NO DECODER',
};

/** A verdict for logs and scripts, the same in every language: `LIVE`, `LIVE, time unknown`, `LATE 3 s` … */
export function verdictText({ word, timeKnown, lateMs }: Pick<VerdictFact, 'word' | 'timeKnown' | 'lateMs'>): string {
  if (word === 'late') return `LATE ${Math.round((lateMs ?? 0) / 1_000)} s`;
  return word === 'live' && !timeKnown ? 'LIVE, time unknown' : texts[word];
}
