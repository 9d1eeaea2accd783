import { z } from 'zod';
import { cameraIdSchema } from '../cameras/camera.ts';
import type { Incident } from './incident.ts';
import { incidentStates } from './incident-life.ts';
import { categorySchema, severitySchema } from './incident-number.ts';

/** What is looked for; what is null does not matter. */
export const incidentFilterSchema = z.strictObject({
  states: z.array(z.enum(incidentStates)).max(6).nullable(),
  category: categorySchema.nullable(),
  leastSeverity: severitySchema.nullable(),
  camera: cameraIdSchema.nullable(),
  ownerSeat: z.int().nullable(),
  /** A seat that did anything with it: flagged, moved, changed or noted something, or did a step. */
  actedSeat: z.int().nullable(),
  fromUtcMs: z.number().nullable(),
  toUtcMs: z.number().nullable(),
  /** Words that all occur somewhere in it; a number is an incident's. */
  text: z.string().max(200).nullable(),
});
export type IncidentFilter = z.infer<typeof incidentFilterSchema>;
export const everyIncident: IncidentFilter = {
  states: null,
  category: null,
  leastSeverity: null,
  camera: null,
  ownerSeat: null,
  actedSeat: null,
  fromUtcMs: null,
  toUtcMs: null,
  text: null,
};

/** Everything of an incident that can be found by words, in lower case. */
export function searchText({ number, category, place, assigned, notes, cameras, attachments }: Incident): string {
  const words = [String(number), category, place ?? '', assigned ?? '', ...cameras.map(({ camera }) => camera)];
  return [...words, ...notes.map(({ text }) => text), ...attachments.map(({ name }) => name)].join('\n').toLowerCase();
}

/** Whether an incident is among what is looked for. `text` is its `searchText`. */
export function createIncidentMatch(filter: IncidentFilter): (incident: Incident, text: string) => boolean {
  const words = (filter.text ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const states = filter.states === null ? null : new Set<string>(filter.states);
  return (incident, text) =>
    (states === null || states.has(incident.life.state)) &&
    (filter.category === null || incident.category === filter.category) &&
    (filter.leastSeverity === null || incident.severity >= filter.leastSeverity) &&
    (filter.ownerSeat === null || incident.ownerSeat === filter.ownerSeat) &&
    (filter.actedSeat === null || hasActed(incident, filter.actedSeat)) &&
    (filter.fromUtcMs === null || incident.flagged.utcMs >= filter.fromUtcMs) &&
    (filter.toUtcMs === null || incident.flagged.utcMs < filter.toUtcMs) &&
    (filter.camera === null || incident.cameras.some(({ camera }) => camera === filter.camera)) &&
    words.every((word) => text.includes(word));
}

function hasActed({ flagged, cameras, moves, changes, notes, attachments, procedure }: Incident, seat: number): boolean {
  const by = ({ bySeat }: { readonly bySeat: number }) => bySeat === seat;
  if (by(flagged) || moves.some(by) || changes.some(by) || notes.some(by) || cameras.some(by) || attachments.some(by))
    return true;
  return (procedure?.steps ?? []).some(
    ({ answer }) => answer !== null && (by(answer) || (answer.seen !== null && by(answer.seen))),
  );
}
