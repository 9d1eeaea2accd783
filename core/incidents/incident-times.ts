import { z } from 'zod';
import { type Shift, shiftAt } from '../shifts/shift-times.ts';
import type { Incident } from './incident.ts';
import type { IncidentLife } from './incident-life.ts';

const timesSchema = z.strictObject({
  count: z.int(),
  /** Null where there are none. */
  medianMs: z.number().nullable(),
  /** Nine in ten were not later. */
  p90Ms: z.number().nullable(),
});
export const shiftTimesSchema = z.strictObject({
  fromUtcMs: z.number(),
  toUtcMs: z.number(),
  /** Without those that were withdrawn. */
  flagged: z.int(),
  withdrawn: z.int(),
  /** From the flag to the first time that somebody acknowledged it, and to the first time that it was resolved. */
  acknowledged: timesSchema,
  resolved: timesSchema,
});
export type ShiftTimes = z.infer<typeof shiftTimesSchema>;

/** The shift of a moment and those before it, newest first, `count` of them. */
export function shiftsUpTo(utcMs: number, starts: readonly string[], count: number): readonly Shift[] {
  const shifts: Shift[] = [];
  for (let at = utcMs; shifts.length < count; at = (shifts.at(-1)?.fromUtcMs ?? at) - 1) shifts.push(shiftAt(at, starts));
  return shifts;
}

/** How long incidents waited that were flagged in each of some shifts, which do not overlap. */
export function shiftTimes(incidents: Iterable<Incident>, shifts: readonly Shift[]): ShiftTimes[] {
  const tallies = shifts.map((shift) => ({ shift, flagged: 0, withdrawn: 0, acknowledged: times(), resolved: times() }));
  const first = Math.min(...shifts.map(({ fromUtcMs }) => fromUtcMs));
  for (const incident of incidents) {
    const { utcMs } = incident.flagged;
    if (utcMs < first) continue;
    const tally = tallies.find(({ shift }) => utcMs >= shift.fromUtcMs && utcMs < shift.toUtcMs);
    if (!tally) continue;
    if (incident.life.state === 'withdrawn') {
      tally.withdrawn += 1;
      continue;
    }
    tally.flagged += 1;
    for (const state of ['acknowledged', 'resolved'] as const) {
      const waitedMs = firstTime(incident, state);
      if (waitedMs !== null) tally[state].push(waitedMs);
    }
  }
  return tallies.map(({ shift, flagged, withdrawn, acknowledged, resolved }) => ({
    ...shift,
    flagged,
    withdrawn,
    acknowledged: spread(acknowledged),
    resolved: spread(resolved),
  }));
}

const times = (): number[] => [];

function firstTime({ moves, flagged }: Incident, state: IncidentLife['state']): number | null {
  const move = moves.find(({ to }) => to === state);
  return move ? Math.max(0, move.utcMs - flagged.utcMs) : null;
}

/** The nearest rank: the smallest value that so great a share of all do not exceed. */
function spread(waited: readonly number[]): z.infer<typeof timesSchema> {
  const inOrder = waited.toSorted((a, b) => a - b);
  const at = (share: number) => inOrder[Math.max(0, Math.ceil(inOrder.length * share) - 1)] ?? null;
  return { count: waited.length, medianMs: at(0.5), p90Ms: at(0.9) };
}
