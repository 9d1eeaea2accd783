import { everyIncident, type IncidentFilter } from '../../../core/incidents/incident-filter.ts';
import { incidentStates } from '../../../core/incidents/incident-life.ts';

/** What the fields above the list say. Empty and 0: it does not matter. */
export interface FilterChoice {
  readonly text: string;
  readonly state: string;
  readonly category: string;
  readonly severity: number;
  /** Only those that this seat answers for. */
  readonly mine: boolean;
}
export const anyIncident: FilterChoice = { text: '', state: '', category: '', severity: 0, mine: false };

export const stateChoices = ['', 'unfinished', ...incidentStates] as const;
const unfinished = ['open', 'acknowledged', 'in-progress', 'resolved'] as const;

/** `seat`: this window's; null while main has not said. */
export function filterOf({ text, state, category, severity, mine }: FilterChoice, seat: number | null): IncidentFilter {
  const known = incidentStates.find((each) => each === state);
  return {
    ...everyIncident,
    states: state === 'unfinished' ? [...unfinished] : known ? [known] : null,
    category: category === '' ? null : category,
    leastSeverity: severity === 0 ? null : severity,
    ownerSeat: mine ? seat : null,
    text: text.trim() === '' ? null : text,
  };
}
