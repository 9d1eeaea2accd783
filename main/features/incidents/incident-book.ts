import type { Incident } from '../../../core/incidents/incident.ts';
import type { Flag } from '../../../core/incidents/incident-deed.ts';
import { createIncidentMatch, type IncidentFilter, searchText } from '../../../core/incidents/incident-filter.ts';
import { boardStates } from '../../../core/incidents/incident-life.ts';
import type { SkippedStep } from '../../../core/incidents/incidents.contract.ts';
import { joinsIncident } from '../../../core/incidents/next-incident.ts';
import { unseenSkips } from '../../../core/incidents/procedure.ts';

export interface FoundIncidents {
  readonly found: readonly Incident[];
  readonly total: number;
}

/** All incidents, in memory; what is in it is what the Journal says. */
export interface IncidentBook {
  get(number: number): Incident | undefined;
  /** By number, lowest first. */
  all(): readonly Incident[];
  /** The incident that a flag on this camera belongs to, if there is one. */
  joinedBy(flag: Flag, utcMs: number): Incident | undefined;
  put(incident: Incident): void;
  /** Newest first, without the first `skip`; and how many match in all. */
  find(filter: IncidentFilter, skip: number, limit: number): FoundIncidents;
  /** The newest of each state of the board, in the board's order. */
  board(filter: IncidentFilter, limit: number): readonly (FoundIncidents & { readonly state: (typeof boardStates)[number] })[];
  /** Those that are neither closed nor withdrawn, newest first. */
  unfinished(most: number): readonly Incident[];
  /** Steps that were skipped and that no supervisor has seen, newest first. */
  skips(most: number): readonly SkippedStep[];
}

export function createIncidentBook(): IncidentBook {
  const incidents: Incident[] = [];
  const places = new Map<number, number>();
  const texts: (string | null)[] = [];
  const unfinished = new Set<number>();
  const withSkips = new Set<number>();
  const get = (number: number) => incidents[places.get(number) ?? -1];

  /** Newest first. */
  function eachMatch(filter: IncidentFilter, take: (incident: Incident) => void): void {
    const matches = createIncidentMatch(filter);
    for (let place = incidents.length - 1; place >= 0; place -= 1) {
      const incident = incidents[place];
      if (incident && matches(incident, filter.text === null ? '' : (texts[place] ??= searchText(incident)))) take(incident);
    }
  }

  return {
    get,
    all: () => incidents,
    joinedBy(flag, utcMs) {
      // Flags of the last seconds are the last ones.
      const recent = incidents.slice(-100).toReversed();
      return recent.find((incident) => joinsIncident(incident, flag.camera, utcMs));
    },
    put(incident) {
      const { number, life, procedure } = incident;
      const place = places.get(number) ?? incidents.length;
      places.set(number, place);
      incidents[place] = incident;
      texts[place] = null;
      mark(unfinished, number, life.state !== 'closed' && life.state !== 'withdrawn');
      mark(withSkips, number, life.state !== 'withdrawn' && unseenSkips(procedure).length > 0);
    },
    find(filter, skip, limit) {
      const found: Incident[] = [];
      let total = 0;
      eachMatch(filter, (incident) => {
        total += 1;
        if (total > skip && found.length < limit) found.push(incident);
      });
      return { found, total };
    },
    board(filter, limit) {
      const columns = boardStates.map((state) => ({ state, found: new Array<Incident>(), total: 0 }));
      eachMatch(filter, (incident) => {
        const column = columns.find(({ state }) => state === incident.life.state);
        if (!column) return;
        column.total += 1;
        if (column.found.length < limit) column.found.push(incident);
      });
      return columns;
    },
    unfinished(most) {
      const found: Incident[] = [];
      const count = Math.min(most, unfinished.size);
      for (let place = incidents.length - 1; place >= 0 && found.length < count; place -= 1) {
        const incident = incidents[place];
        if (incident && unfinished.has(incident.number)) found.push(incident);
      }
      return found;
    },
    skips: (most) =>
      [...withSkips]
        .flatMap((number) => skipsOf(get(number)))
        .toSorted((a, b) => b.utcMs - a.utcMs)
        .slice(0, most),
  };
}

function mark(set: Set<number>, number: number, is: boolean): void {
  if (is) set.add(number);
  else set.delete(number);
}

function skipsOf(incident: Incident | undefined): readonly SkippedStep[] {
  return unseenSkips(incident?.procedure ?? null).flatMap((step) => {
    const found = incident?.procedure?.steps[step];
    if (!found?.answer || found.answer.skipped === null) return [];
    const { utcMs, bySeat, skipped } = found.answer;
    return [{ number: incident?.number ?? 0, step, text: found.text, reason: skipped, bySeat, utcMs }];
  });
}
