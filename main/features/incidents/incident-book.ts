import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { Incident } from '../../../core/incidents/incident.ts';
import { type Flag, flagSchema, incidentDeedSchema } from '../../../core/incidents/incident-deed.ts';
import { createIncidentMatch, type IncidentFilter, searchText } from '../../../core/incidents/incident-filter.ts';
import { firstIncident, joinsIncident, nextIncident } from '../../../core/incidents/next-incident.ts';
import { type Journal, journalReadMax } from '../../ports/journal.ts';

const bySchema = { number: z.int(), seat: z.int(), seatName: z.string(), utcMs: z.number() };
const flaggedSchema = z.object({ ...bySchema, flag: flagSchema });
const deedSchema = z.object({ ...bySchema, deed: incidentDeedSchema });

/** What is recorded of a flag or a deed. */
export type FlaggedRecord = z.infer<typeof flaggedSchema>;
export type DeedRecord = z.infer<typeof deedSchema>;

/** All incidents, in memory; what is in it is what the Journal says. */
export interface IncidentBook {
  get(number: number): Incident | undefined;
  /** By number, lowest first. */
  all(): Iterable<Incident>;
  highest(): number;
  /** The incident that a flag on this camera belongs to, if there is one. */
  joinedBy(flag: Flag, utcMs: number): Incident | undefined;
  put(incident: Incident): void;
  /** Newest first, those below a number; and how many match in all. */
  find(
    filter: IncidentFilter,
    below: number | null,
    limit: number,
  ): { readonly found: readonly Incident[]; readonly total: number };
  /** Those that are neither closed nor withdrawn, newest first. */
  unfinished(most: number): readonly Incident[];
}

export function createIncidentBook(): IncidentBook {
  const incidents: Incident[] = [];
  const places = new Map<number, number>();
  const texts: (string | null)[] = [];
  const unfinished = new Set<number>();

  return {
    get: (number) => incidents[places.get(number) ?? -1],
    all: () => incidents,
    highest: () => incidents.at(-1)?.number ?? 0,
    joinedBy(flag, utcMs) {
      // Flags of the last seconds are the last ones.
      const recent = incidents.slice(-100).toReversed();
      return recent.find((incident) => joinsIncident(incident, flag.camera, utcMs));
    },
    put(incident) {
      const place = places.get(incident.number) ?? incidents.length;
      places.set(incident.number, place);
      incidents[place] = incident;
      texts[place] = null;
      const { state } = incident.life;
      if (state === 'closed' || state === 'withdrawn') unfinished.delete(incident.number);
      else unfinished.add(incident.number);
    },
    find(filter, below, limit) {
      const matches = createIncidentMatch(filter);
      const found: Incident[] = [];
      let total = 0;
      for (let place = incidents.length - 1; place >= 0; place -= 1) {
        const incident = incidents[place];
        if (!incident || !matches(incident, filter.text === null ? '' : (texts[place] ??= searchText(incident)))) continue;
        total += 1;
        if (found.length < limit && (below === null || incident.number < below)) found.push(incident);
      }
      return { found, total };
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
  };
}

/** Reads all incidents from the Journal. What cannot be read is told and left out; its number is not given again. Rejects with `StoreProblem`. */
export async function readIncidents(
  journal: Pick<Journal, 'readTopic'>,
  book: IncidentBook,
  onUnreadable: (sequence: number) => void,
): Promise<{ readonly highest: number }> {
  let highest = 0;
  for (let from = 1; ; ) {
    const records = await journal.readTopic('incident', from, journalReadMax);
    for (const { sequence, kind, data } of records) {
      const flagged = kind === 'incident.flagged' ? flaggedSchema.safeParse(data) : null;
      const done = kind === 'incident.done' ? deedSchema.safeParse(data) : null;
      if (flagged?.success) {
        highest = Math.max(highest, flagged.data.number);
        book.put(firstIncident(flagged.data.number, flagged.data.flag, flagged.data));
      } else if (done?.success) {
        const before = book.get(done.data.number);
        const after = before && nextIncident(before, done.data.deed, done.data);
        if (after === undefined || typeof after === 'string') onUnreadable(sequence);
        else book.put(after);
      } else {
        onUnreadable(sequence);
        const numbered = z.object({ number: z.int() }).safeParse(data);
        if (numbered.success) highest = Math.max(highest, numbered.data.number);
      }
    }
    const last = records.at(-1);
    if (!last || records.length < journalReadMax) return { highest };
    from = last.sequence + 1;
    await setImmediate();
  }
}
