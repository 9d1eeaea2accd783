import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { Role } from '../../core/access/role.ts';
import type { Camera } from '../../core/cameras/camera.ts';
import { createCell } from '../../core/rpc/cell.ts';
import type { SourceFact } from '../../core/streams/source-state.ts';
import type { DisplayTiles } from '../../core/streams/streams.contract.ts';
import type { Session } from '../../core/rpc/handlers.ts';
import { composeIncidents } from '../../main/compose-incidents.ts';
import { evidenceLimitsSchema } from '../../core/evidence/evidence-room.ts';
import { createBundleIn, openBundleFile, removeBundleIn } from '../../main/stores/files/bundle-files.ts';
import { openFileVault } from '../../main/stores/files/file-vault.ts';
import { createPieceNote } from '../../main/stores/files/piece-note.ts';
import { createFolderDiskRoom } from '../../main/stores/files/folder-disk-room.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import type { ClipCopier } from '../../main/ports/clip-copier.ts';
import { defaultSettings } from '../../main/ports/settings.ts';
import { camera, createMemoryFile, flagOf, seatOf } from '../incidents/incident-set-up.ts';
import { collectLog, temporaryFolder } from '../stores/temporary-folder.ts';
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts';
import { newSigner } from './memory-bundle.ts';

export const sessionOf = (role: Role = 'operator', id = 's'): Session => ({
  id,
  seat: seatOf(1, role),
  displayId: 'left',
  windowKind: 'wall',
  ended: new AbortController().signal,
});

export const onePixel = new Uint8Array(
  Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
);

/** Incidents and their evidence as main composes them, on real stores, with the first incident flagged. */
export async function setUp({
  folder = temporaryFolder(),
  clock = createFakeClock(),
  copier = null,
  beforeOpening = async () => {},
}: {
  readonly folder?: string;
  readonly clock?: FakeClock;
  readonly copier?: ClipCopier | null;
  /** A bundle is opened behind it. */
  readonly beforeOpening?: () => Promise<void>;
} = {}) {
  const stores = openSqliteStores(folder, clock);
  let open = true;
  const close = () => {
    if (open) stores.close();
    open = false;
  };
  onTestFinished(close);
  const vault = await openFileVault(folder);
  /** Stills that the wall keeps. */
  const walled = new Set<string>();
  let dying = false;
  const log = collectLog();
  const signer = await newSigner();
  const second = await newSigner();
  const { incidents, evidence } = composeIncidents({
    shownAt: () => null,
    setProcedures: async () => {},
    vault,
    journal: {
      ...stores.journal,
      append: (kind, data) =>
        dying && kind.endsWith('deleted') ? Promise.reject(new Error('main is dying')) : stores.journal.append(kind, data),
    },
    registry: stores.registry,
    clock,
    log,
    disk: createFolderDiskRoom(folder),
    note: createPieceNote(join(folder, 'note')),
    limits: () => evidenceLimitsSchema.parse({ leaveFreeBytes: 0 }),
    signer,
    signerOf: async () => second,
    authority: () => null,
    font: async () => null,
    copier,
    version: '1.2.3',
    newBundle: (name) => createBundleIn(join(folder, 'bundles'), name),
    removeBundle: (name) => removeBundleIn(join(folder, 'bundles'), name),
    async openBundle(name) {
      await beforeOpening();
      return openBundleFile(join(folder, 'bundles', name));
    },
    tiles: createCell<readonly DisplayTiles[]>([]),
    sources: createCell<readonly SourceFact[]>([]),
    tap: { open: () => ({ finish() {}, done: Promise.resolve() }) },
    snapshot: createMemoryFile(),
    isStill: (digest) => walled.has(digest),
    settings: createCell(defaultSettings),
    directory: { entry: () => undefined, cameras: createCell<readonly Camera[]>([]), whenLoaded: async () => {} },
  });
  await evidence.ready;
  const isNew = incidents.get(1) === undefined;
  if (isNew) await incidents.flag(seatOf(1), flagOf('pes-1'));
  if (isNew) await expect.poll(() => evidence.states['evidence.securing'](sessionOf()).current()).toHaveLength(1);
  const take = (session = sessionOf(), incident = 1, of = 'pes-1') =>
    evidence.calls['evidence.take']({ incident, camera: camera(of) }, { session, signal: new AbortController().signal });
  const put = async (
    path: string,
    body: string | Uint8Array<ArrayBuffer> = 'x',
    session = sessionOf(),
    facts = '?pictures=1&end-ms=40&stream=sub&first-utc-ms=1700000000000.5',
  ) => {
    const request = new Request(`http://127.0.0.1:1/evidence/${path}${facts}`, { method: 'PUT', body });
    return (await evidence.door.handle(request, session)).status;
  };
  const context = { session: sessionOf('supervisor'), signal: new AbortController().signal };
  return {
    ...{ folder, incidents, evidence, put, take, context, log, signer, second, clock, vault, walled, close },
    /** From now on nothing is deleted any more. */
    die: () => {
      dying = true;
    },
    again() {
      close();
      return setUp({ folder, clock });
    },
  };
}
