import { z } from 'zod';
import { tilePlaceSchema } from '../wall/wall-change.ts';
import { roleSchema } from '../access/role.ts';
import { cameraSchema } from '../cameras/camera.ts';
import { call, state } from '../rpc/define.ts';
import { incidentSchema, incidentSummarySchema } from './incident.ts';
import { askedDeedSchema, flagSchema } from './incident-deed.ts';
import { incidentFilterSchema } from './incident-filter.ts';
import { incidentNumberSchema } from './incident-number.ts';
import { shiftTimesSchema } from './incident-times.ts';
import { boardStates } from './incident-life.ts';
import { incidentRefusals } from './next-incident.ts';
import { procedureTemplateSchema } from './procedure.ts';
import { spokenSchema } from './spoken.ts';

/** So many of a list are told at once, so many of each column of the board, so many neighbours, and of so many shifts. */
export const incidentPageMost = 200;
export const boardColumnMost = 50;
export const neighboursMost = 12;
export const shiftsMost = 42;

const outcomeSchema = z.strictObject({ refusal: z.enum(incidentRefusals).nullable(), incident: incidentSchema.nullable() });
export type IncidentOutcome = z.infer<typeof outcomeSchema>;

const proceduresSchema = z.array(procedureTemplateSchema).max(100);
const choicesSchema = z.strictObject({
  /** Who can answer for an incident. */
  seats: z.array(z.strictObject({ number: z.int(), role: roleSchema })).max(64),
  procedures: proceduresSchema,
  /** Clips of incidents that were closed so many days ago are deleted, unless they are locked. */
  retentionDays: z.number(),
});
export type IncidentChoices = z.infer<typeof choicesSchema>;

/** A step that was skipped, and that no supervisor has seen yet. */
const skippedStepSchema = z.strictObject({
  number: incidentNumberSchema,
  step: z.int(),
  text: spokenSchema,
  reason: z.string(),
  bySeat: z.int(),
  utcMs: z.number(),
});
export type SkippedStep = z.infer<typeof skippedStepSchema>;

export const incidentsContract = {
  /** Those that are neither closed nor withdrawn, newest first, at most 500 of them. Told anew whenever anything of any incident changes. */
  'incidents.open': state(z.array(incidentSummarySchema).max(500)),
  /** What the settings offer. */
  'incidents.choices': state(choicesSchema),
  /** Newest first, at most 100 of them. */
  'incidents.skips': state(z.array(skippedStepSchema).max(100), 'supervisor'),
  /**
   * Answered when the Journal has it on the disk. `at`: the tile that it was seen in; of a rewound one the moment that it shows is flagged. `joined`: this camera was flagged a moment ago, and it is the
   * same incident.
   */
  'incidents.flag': call({
    input: flagSchema.omit({ shownUtcMs: true }).extend({ at: tilePlaceSchema.nullable() }),
    output: outcomeSchema.extend({ joined: z.boolean() }),
    who: 'operator',
  }),
  /** The same. Where it is refused, `incident` is how it is now. */
  'incidents.do': call({
    input: z.strictObject({ number: incidentNumberSchema, deed: askedDeedSchema }),
    output: outcomeSchema,
    who: 'operator',
  }),
  'incidents.read': call({
    input: z.strictObject({ number: incidentNumberSchema }),
    output: z.strictObject({ incident: incidentSchema.nullable() }),
  }),
  /** Newest first, without the first `skip` of them. `total` counts all that match. */
  'incidents.list': call({
    input: z.strictObject({
      filter: incidentFilterSchema,
      skip: z.int().min(0).max(100_000_000),
      limit: z.int().min(1).max(incidentPageMost),
    }),
    output: z.strictObject({ incidents: z.array(incidentSummarySchema).max(incidentPageMost), total: z.int() }),
  }),
  /** The newest of each state of the board, and how many there are. */
  'incidents.board': call({
    input: z.strictObject({ filter: incidentFilterSchema, limit: z.int().min(1).max(boardColumnMost) }),
    output: z.strictObject({
      columns: z
        .array(
          z.strictObject({
            state: z.enum(boardStates),
            incidents: z.array(incidentSummarySchema).max(boardColumnMost),
            total: z.int(),
          }),
        )
        .length(boardStates.length),
    }),
  }),
  /** The nearest cameras to those of an incident that are not among them: of their site first. `metres`: null where a position is not known. */
  'incidents.neighbours': call({
    input: z.strictObject({ number: incidentNumberSchema }),
    output: z.strictObject({
      near: z.array(z.strictObject({ camera: cameraSchema, metres: z.number().nullable() })).max(neighboursMost),
    }),
  }),
  /**
   * What is done about incidents of each category from now on; those that follow a procedure already go on with the steps they began with. `was`: what was shown before;
   * where somebody else has changed it meanwhile it is refused.
   */
  'incidents.set-procedures': call({
    input: z.strictObject({ procedures: proceduresSchema, was: proceduresSchema }),
    output: z.strictObject({ refusal: z.enum(['changed', 'not-saved']).nullable() }),
    who: 'supervisor',
  }),
  /** How long incidents waited in the present shift and those before it, newest first. */
  'incidents.times': call({
    input: z.strictObject({ shifts: z.int().min(1).max(shiftsMost) }),
    output: z.strictObject({ shifts: z.array(shiftTimesSchema).max(shiftsMost) }),
    who: 'supervisor',
  }),
};
