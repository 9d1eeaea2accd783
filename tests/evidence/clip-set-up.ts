import { join } from 'node:path';
import { firstIncident } from '../../core/incidents/next-incident.ts';
import type { Clip } from '../../core/evidence/clip.ts';
import type { BundleFacts } from '../../main/features/evidence/bundle-parts.ts';
import type { Incident } from '../../core/incidents/incident.ts';
import type { EvidenceLimits } from '../../core/evidence/evidence-room.ts';
import { evidenceLimitsSchema } from '../../core/evidence/evidence-room.ts';
import { createClipShelf, type FragmentOrder } from '../../main/features/evidence/clip-shelf.ts';
import { createPieceNote } from '../../main/stores/files/piece-note.ts';
import { openFileVault } from '../../main/stores/files/file-vault.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { camera, flagOf } from '../incidents/incident-set-up.ts';
import { collectLog } from '../stores/temporary-folder.ts';
import type { FakeClock } from '../support/fake-clock.ts';

export const clipId = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const pieceOf = (clip: number, index: number, content = `piece ${clip} ${index}`): FragmentOrder => ({
  clip: {
    id: clipId(clip),
    incident: 1,
    camera: camera('pes-1'),
    stream: 'sub',
    bySeat: 1,
    firstPictureUtcMs: 1_700_000_000_000,
  },
  index,
  pictures: (index + 1) * 15,
  endMs: (index + 1) * 1_000,
  bytes: Buffer.from(content),
});

export const anIncident = (number = 1): Incident => firstIncident(number, flagOf(), { seat: 1, utcMs: 1_700_000_000_000 });

/** What a bundle of incident 1 tells beside its clips. */
export const factsOf = (clips: readonly Clip[]): BundleFacts => ({
  bag: 'incident-1',
  sealedUtcMs: 1_700_000_060_000,
  sealedBy: 'seat 1',
  version: '1.2.3',
  fingerprint: 'ab'.repeat(32),
  incident: anIncident(),
  cameras: [],
  clips,
  secured: [],
  custody: [],
  font: null,
});

/** A shelf in a folder, with a disk that says what the test says. */
export async function openShelf(folder: string, clock: FakeClock, limits: Partial<EvidenceLimits> = {}) {
  const stores = openSqliteStores(folder, clock);
  const vault = await openFileVault(folder);
  const log = collectLog();
  const state: {
    freeBytes: number | null;
    locked: Set<number>;
    closed: Map<number, number>;
    /** What becomes of records of a kind that the Journal does not get. */
    records: (kind: string) => Promise<never> | null;
  } = {
    freeBytes: null,
    records: () => null,
    locked: new Set(),
    closed: new Map(),
  };
  const shelf = createClipShelf({
    vault,
    note: createPieceNote(join(folder, 'note')),
    journal: {
      ...stores.journal,
      append: (kind, data) => state.records(kind) ?? stores.journal.append(kind, data),
    },
    clock,
    log,
    disk: { freeBytes: async () => state.freeBytes },
    limits: () => evidenceLimitsSchema.parse({ leaveFreeBytes: 100, ...limits }),
    isLocked: (incident) => state.locked.has(incident),
    closedUtcMs: (incident) => state.closed.get(incident) ?? null,
  });
  await shelf.ready;
  return { ...shelf, vault, log, state, journal: stores.journal, close: () => stores.close() };
}
