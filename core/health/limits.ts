import type { TileRates } from './tile-rates.ts';

/** What is plotted of a tile, in the order in which it is read. */
export const plottedRates = [
  'fps',
  'kbps',
  'lossPercent',
  'jitterMs',
  'bufferMs',
  'travelMs',
] as const satisfies readonly (keyof TileRates)[];
export type PlottedRate = (typeof plottedRates)[number];

/**
 * From these values on something is to be looked at. One lost packet in a hundred is a torn picture every few seconds; steering by a
 * picture that is half a second old overshoots (ITU-T G.1010 puts the limit of two-way video at 0.4 s).
 */
const mostOf: Readonly<Partial<Record<PlottedRate, number>>> = { lossPercent: 1, jitterMs: 60, bufferMs: 400, travelMs: 1_000 };
/** Of what is usual: cameras differ in their rate, and a rate that is counted once a second wavers. */
const leastShareOfUsual = 0.6;

/** The middle of the values that are known; null where none is. */
export function usualOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  return known[Math.floor(known.length / 2)] ?? null;
}

/** Whether a value is out of its limits. `usual` is what this tile does most of the time, for what has no limit of its own. */
export function isOutOfLimits(rate: PlottedRate, value: number | null, usual: number | null): boolean {
  if (value === null) return false;
  const most = mostOf[rate];
  if (most !== undefined) return value > most;
  return rate === 'fps' && usual !== null && value < usual * leastShareOfUsual;
}
