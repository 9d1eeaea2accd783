import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everyIncident, type IncidentFilter } from '../../../core/incidents/incident-filter.ts';
import { createIncidentsFeature, type IncidentsFeature } from '../../../main/features/incidents/incidents-feature.ts';
import { systemClock } from '../../../main/ports/clock.ts';
import type { Log } from '../../../main/ports/log.ts';
import { createDerivedFile } from '../../../main/stores/files/derived-file.ts';
import { openSqliteStores } from '../../../main/stores/sqlite/open-sqlite-stores.ts';
import type { Story } from '../bench.ts';
import { incidentPorts } from '../../incidents/incident-set-up.ts';
import { fillWithIncidents, flagOf } from '../../incidents/many-incidents.ts';
import { quantile, soleResult } from '../result.ts';

const log: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };
const seat = { number: 1, role: 'operator', priority: 50, signedIn: false } as const;
const searches = ['khyber', '99999', 'gate 77', 'pes-1234', 'fire'] as const;

interface Opened {
  readonly incidents: IncidentsFeature;
  close(): Promise<void>;
}

/** `kept`: with what an earlier start read. */
function open(folder: string, kept: boolean): Opened {
  const stores = openSqliteStores(folder, systemClock);
  const { journal } = stores;
  const file = createDerivedFile(join(folder, 'derived', 'incidents'));
  const incidents = createIncidentsFeature({
    ...incidentPorts(journal, systemClock, log),
    ...(kept ? { snapshot: { file, journal, version: 'bench' } } : {}),
  });
  return {
    incidents,
    async close() {
      await incidents.close?.();
      stores.close();
    },
  };
}

/** One after the other, as one operator would; and so many at once, as on the worst day. */
async function flagsPerSecond({ incidents }: Opened, count: number, atOnce: number): Promise<number> {
  const startMs = performance.now();
  for (let done = 0; done < count; done += atOnce) {
    const all = Array.from({ length: atOnce }, (_, each) => incidents.flag(seat, flagOf(1_000_000 + done + each)));
    for (const { refusal } of await Promise.all(all)) if (refusal !== null) throw new Error(`a flag was refused: ${refusal}`);
  }
  return (count * 1_000) / (performance.now() - startMs);
}

/** How fast flags are acknowledged, and what 100,000 incidents cost. */
export const journal: Story = {
  name: 'journal',
  about: 'acknowledged flags a second, each on the disk; 100,000 incidents: read at the start, listed, searched',
  async run({ quick, progress }) {
    const folder = await mkdtemp(join(tmpdir(), 'deedban-bench-journal-'));
    const rounds = quick ? 3 : 10;
    try {
      const alone: number[] = [];
      const together: number[] = [];
      const few = open(folder, false);
      await few.incidents.ready;
      for (let round = 0; round < rounds; round += 1) {
        alone.push(await flagsPerSecond(few, 300, 1));
        together.push(await flagsPerSecond(few, 320, 16));
      }
      await few.close();
      progress(`flags a second: ${alone.map(Math.round).join(' ')}; 16 at once ${together.map(Math.round).join(' ')}`);
      const large = await mkdtemp(join(folder, 'large-'));
      await fillWithIncidents(large, 100_000);
      const opened: number[] = [];
      const found: number[] = [];
      const fromJournal = await secondsToOpen(large);
      for (let round = 0; round < rounds; round += 1) opened.push(await secondsToOpen(large, found));
      progress(`100,000: open ${opened.map((s) => s.toFixed(2)).join(' ')} s, search p95 ${quantile(found, 0.95).toFixed(0)} ms`);
      return [
        soleResult('acknowledged flags a second, one after the other', '1/s', alone, null),
        soleResult('acknowledged flags a second, 16 at once', '1/s', together, null),
        soleResult('100,000 incidents: open', 's', opened, null),
        soleResult('100,000 incidents: open, all of the journal read', 's', [fromJournal], null),
        soleResult('100,000 incidents: search (95 %, the first one of all included)', 'ms', found, null, 0.95),
      ];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** From nothing to all incidents in memory; then each search once. */
async function secondsToOpen(folder: string, found: number[] = []): Promise<number> {
  const startMs = performance.now();
  const { incidents, close } = open(folder, true);
  await incidents.ready;
  const seconds = (performance.now() - startMs) / 1_000;
  for (const text of searches) found.push(await search(incidents, text));
  await close();
  return seconds;
}

async function search({ calls }: IncidentsFeature, text: string): Promise<number> {
  const filter: IncidentFilter = { ...everyIncident, text };
  const startMs = performance.now();
  const session = { id: 'bench', seat, displayId: 'wall', windowKind: 'shared', ended: new AbortController().signal } as const;
  const { total } = await calls['incidents.list']({ filter, skip: 0, limit: 50 }, { session, signal: session.ended });
  if (total === 0) throw new Error(`nothing was found by ${text}`);
  return performance.now() - startMs;
}
