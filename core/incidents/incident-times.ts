import { z } from 'zod';
import type { Incident } from './incident.ts';
import type { IncidentLife } from './incident-life.ts';

const timesSchema = z.strictObject({
  count: z.int(),
  /** Null where there are none. */
  medianMs: z.number().nullable(),
  p95Ms: z.number().nullable(),
});
export const shiftTimesSchema = z.strictObject({
  /** Without those that were withdrawn. */
  flagged: z.int(),
  withdrawn: z.int(),
  /** From the flag to the first time that somebody acknowledged it, and to the first time that it was resolved. */
  acknowledged: timesSchema,
  resolved: timesSchema,
});
export type ShiftTimes = z.infer<typeof shiftTimesSchema>;

/** How long incidents waited that were flagged from `fromUtcMs` up to but not `toUtcMs`. */
export function shiftTimes(incidents: Iterable<Incident>, fromUtcMs: number, toUtcMs: number): ShiftTimes {
  const acknowledged: number[] = [];
  const resolved: number[] = [];
  let flagged = 0;
  let withdrawn = 0;
  for (const incident of incidents) {
    if (incident.flagged.utcMs < fromUtcMs || incident.flagged.utcMs >= toUtcMs) continue;
    if (incident.life.state === 'withdrawn') {
      withdrawn += 1;
      continue;
    }
    flagged += 1;
    for (const [state, times] of [
      ['acknowledged', acknowledged],
      ['resolved', resolved],
    ] as const) {
      const waitedMs = firstTime(incident, state);
      if (waitedMs !== null) times.push(waitedMs);
    }
  }
  return { flagged, withdrawn, acknowledged: spread(acknowledged), resolved: spread(resolved) };
}

function firstTime({ moves, flagged }: Incident, state: IncidentLife['state']): number | null {
  const move = moves.find(({ to }) => to === state);
  return move ? Math.max(0, move.utcMs - flagged.utcMs) : null;
}

function spread(times: number[]): z.infer<typeof timesSchema> {
  const inOrder = times.toSorted((a, b) => a - b);
  const at = (share: number) => inOrder[Math.min(inOrder.length - 1, Math.floor(inOrder.length * share))] ?? null;
  return { count: times.length, medianMs: at(0.5), p95Ms: at(0.95) };
}
