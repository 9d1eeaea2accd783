import { z } from 'zod';

/** Pakistan's time, all year: no summer time since 2009. */
const cityAheadMs = 5 * 3_600_000;
const dayMs = 86_400_000;

/** When shifts begin, by the city's clock: `06:00`. Each lasts until the next one. */
export const shiftStartsSchema = z
  .array(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/))
  .min(1)
  .max(12)
  .refine((starts) => new Set(starts).size === starts.length, 'two shifts begin at the same time');
export const usualShiftStarts: readonly string[] = ['06:00', '14:00', '22:00'];

/** A shift from its begin to its end (UTC, ms). */
export interface Shift {
  readonly fromUtcMs: number;
  readonly toUtcMs: number;
}

function startOfDayMs(start: string): number {
  const [hours = 0, minutes = 0] = start.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
}

/** The shift that a moment is in; at its very begin it is in the new one. `starts` as `shiftStartsSchema` has them, in any order. */
export function shiftAt(utcMs: number, starts: readonly string[]): Shift {
  const midnightMs = Math.floor((utcMs + cityAheadMs) / dayMs) * dayMs - cityAheadMs;
  const begins = [-dayMs, 0, dayMs]
    .flatMap((day) => starts.map((start) => midnightMs + day + startOfDayMs(start)))
    .toSorted((a, b) => a - b);
  const place = begins.findLastIndex((begin) => begin <= utcMs);
  return { fromUtcMs: begins[place] ?? midnightMs, toUtcMs: begins[place + 1] ?? midnightMs + dayMs };
}
