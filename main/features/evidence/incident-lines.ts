import type { Incident } from '../../../core/incidents/incident.ts';
import type { IncidentChange } from '../../../core/incidents/incident-change.ts';
import { spokenIn } from '../../../core/incidents/spoken.ts';

/** What was changed of an incident, in English: a bundle is read elsewhere. */
export function changeWords(change: IncidentChange): string {
  switch (change.what) {
    case 'owner':
      return change.seat === null ? 'nobody answers for it' : `seat ${change.seat} answers for it`;
    case 'assigned':
      return change.to === null ? 'nobody is sent' : `sent: ${change.to}`;
    case 'classified':
      return `category ${change.category}, severity ${change.severity}`;
    case 'linked':
      return `linked with INC-${change.to}`;
    case 'unlinked':
      return `not linked with INC-${change.to} any more`;
    case 'followed':
      return `procedure: ${spokenIn('en', change.name)}`;
    case 'flagged-again':
      return 'flagged it, too';
    case 'camera-off':
      return `camera ${change.camera} was taken back, which had joined at ${new Date(change.came.utcMs).toISOString()}: ${change.reason}`;
    case 'file-off':
      return `${change.name} was taken back, which was attached at ${new Date(change.came.utcMs).toISOString()}: ${change.reason}`;
    case 'locked':
      return change.locked ? 'its evidence is locked' : 'its evidence is not locked any more';
  }
}

/** The steps that were answered. */
export function stepLines({
  procedure,
}: Incident): readonly { readonly utcMs: number; readonly bySeat: number; readonly words: string }[] {
  return (procedure?.steps ?? []).flatMap(({ text, answer }) => {
    if (answer === null) return [];
    const { utcMs, bySeat, skipped, seen } = answer;
    const step = spokenIn('en', text);
    const line = { utcMs, bySeat, words: skipped === null ? `step done: ${step}` : `step skipped: ${step}. Why: ${skipped}` };
    return seen === null ? [line] : [line, { ...seen, words: `seen that it was skipped: ${step}` }];
  });
}
