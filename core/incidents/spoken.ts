import { z } from 'zod';

const wordsSchema = z.string().trim().min(1).max(500);
/** Words that somebody wrote once, or in each of the three languages. */
export const spokenSchema = z.union([wordsSchema, z.strictObject({ en: wordsSchema, ur: wordsSchema, ps: wordsSchema })]);
export type Spoken = z.infer<typeof spokenSchema>;

/** In the language that is spoken (`en`, `ur`, `ps`; any other gets English). */
export function spokenIn(language: string, spoken: Spoken): string {
  if (typeof spoken === 'string') return spoken;
  return language === 'ur' ? spoken.ur : language === 'ps' ? spoken.ps : spoken.en;
}
