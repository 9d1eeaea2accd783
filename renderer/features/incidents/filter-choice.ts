import { everyIncident, type IncidentFilter } from '../../../core/incidents/incident-filter.ts';
import { incidentStates } from '../../../core/incidents/incident-life.ts';

/** What the fields above the list say. Empty and 0: it does not matter. */
export interface FilterChoice {
  readonly text: string;
  readonly state: string;
  readonly category: string;
  readonly severity: number;
  /** The seat that answers for it, and one that did anything with it. */
  readonly owner: number;
  readonly acted: number;
}
export const anyIncident: FilterChoice = { text: '', state: '', category: '', severity: 0, owner: 0, acted: 0 };

export const stateChoices = ['', 'unfinished', ...incidentStates] as const;
const unfinished = ['open', 'acknowledged', 'in-progress', 'resolved'] as const;

export function filterOf({ text, state, category, severity, owner, acted }: FilterChoice): IncidentFilter {
  const known = incidentStates.find((each) => each === state);
  return {
    ...everyIncident,
    states: state === 'unfinished' ? [...unfinished] : known ? [known] : null,
    category: category === '' ? null : category,
    leastSeverity: severity === 0 ? null : severity,
    ownerSeat: owner === 0 ? null : owner,
    actedSeat: acted === 0 ? null : acted,
    text: text.trim() === '' ? null : text,
  };
}
