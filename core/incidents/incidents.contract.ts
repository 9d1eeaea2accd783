import { z } from 'zod';
import { call, state } from '../rpc/define.ts';
import { incidentNumberSchema, incidentSchema, incidentSummarySchema } from './incident.ts';
import { flagSchema, incidentDeedSchema } from './incident-deed.ts';
import { incidentFilterSchema } from './incident-filter.ts';
import { shiftTimesSchema } from './incident-times.ts';
import { incidentRefusals } from './next-incident.ts';

/** So many of a list are told at once. */
export const incidentPageMost = 200;

const outcomeSchema = z.strictObject({ refusal: z.enum(incidentRefusals).nullable(), incident: incidentSchema.nullable() });
export type IncidentOutcome = z.infer<typeof outcomeSchema>;

export const incidentsContract = {
  /** Those that are neither closed nor withdrawn, newest first, at most 500 of them. */
  'incidents.open': state(z.array(incidentSummarySchema).max(500)),
  /** Answered when the Journal has it on the disk. `joined`: this camera was flagged a moment ago, and it is the same incident. */
  'incidents.flag': call({
    input: flagSchema,
    output: outcomeSchema.extend({ joined: z.boolean() }),
    who: 'operator',
  }),
  /** The same. */
  'incidents.do': call({
    input: z.strictObject({ number: incidentNumberSchema, deed: incidentDeedSchema }),
    output: outcomeSchema,
    who: 'operator',
  }),
  'incidents.read': call({
    input: z.strictObject({ number: incidentNumberSchema }),
    output: z.strictObject({ incident: incidentSchema.nullable() }),
  }),
  /** Newest first. `below`: only those of lower numbers, for the next page. `total` counts all that match. */
  'incidents.list': call({
    input: z.strictObject({
      filter: incidentFilterSchema,
      below: incidentNumberSchema.nullable(),
      limit: z.int().min(1).max(incidentPageMost),
    }),
    output: z.strictObject({ incidents: z.array(incidentSummarySchema).max(incidentPageMost), total: z.int() }),
  }),
  'incidents.times': call({
    input: z.strictObject({ fromUtcMs: z.number(), toUtcMs: z.number() }),
    output: shiftTimesSchema,
    who: 'supervisor',
  }),
};
