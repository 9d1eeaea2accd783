import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../ports/clock.ts';
import type { Journal } from '../../ports/journal.ts';
import type { Log } from '../../ports/log.ts';
import { createMirroredTable } from '../../ports/mirrored-table.ts';
import type { Registry, RegistryEntry } from '../../ports/registry.ts';
import type { Digest, Vault } from '../../ports/vault.ts';

/** What all stills together may be: some weeks of a busy room's, and no more of a small disk than it can spare. */
export interface StillsBounds {
  readonly count: number;
  readonly bytes: number;
}
export const stillsBounds: StillsBounds = { count: 1_000, bytes: 2 * 1024 ** 3 };

/** From its keeping to the moment a tile shows it. Until then nothing names it, and it must not be the first to go. */
const onItsWayMs = 60_000;

const recordSchema = z.strictObject({ sizeBytes: z.int().min(1), keptUtcMs: z.number() });
type Still = RegistryEntry<z.infer<typeof recordSchema>>;

/** The stills that are kept, and which of them go when there is no room for another one. */
export interface StillsShelf {
  /** Resolves when it is known which there are. Rejects with `StoreProblem`. */
  readonly ready: Promise<void>;
  /** Keeps a picture; null where every still that is kept is still in reach and there is no room. Rejects with `StoreProblem`. */
  keep(picture: Uint8Array): Promise<Digest | null>;
  /** Whether this picture is one of them. */
  has(digest: Digest): boolean;
  close(): void;
}

export interface StillsShelfPorts {
  readonly vault: Vault;
  readonly registry: Registry;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly log: Log;
  /** The stills somebody can still bring onto the glass: on a wall, remembered by a tile, in a scene, or by undoing. */
  inReach(): ReadonlySet<Digest>;
  /** Whether somebody else keeps the same picture in the Vault, as an incident does: then it is not listed any more, and stays. */
  heldElsewhere(digest: Digest): Promise<boolean>;
}

/**
 * A list of the stills in the Vault, in the Registry: the Vault keeps other things too, and none of those may go. A still is listed before it is
 * kept, so that none is kept that nobody counts.
 */
export function createStillsShelf(ports: StillsShelfPorts, bounds: StillsBounds = stillsBounds): StillsShelf {
  const { vault, clock, journal, log } = ports;
  const table = createMirroredTable(
    ports.registry.table('stills', recordSchema, (digest) => log.warn('What is known of a still cannot be read', { digest })),
  );

  /** Those in reach that nobody listed (kept before there was a list) are listed as the oldest, so that they count like any other. */
  async function listUnlisted(): Promise<void> {
    for (const digest of ports.inReach()) {
      if (table.get(digest) !== undefined) continue;
      const sizeBytes = await sizeOf(digest);
      if (sizeBytes > 0) await table.put(digest, { sizeBytes, keptUtcMs: 0 });
    }
  }
  /** In bytes; 0 where the Vault has none of that name. */
  async function sizeOf(digest: Digest): Promise<number> {
    let sizeBytes = 0;
    for await (const piece of (await vault.get(digest)) ?? []) sizeBytes += piece.byteLength;
    return sizeBytes;
  }

  async function forget(still: Still): Promise<void> {
    if (!(await ports.heldElsewhere(still.key))) await vault.delete(still.key);
    await table.delete(still.key);
    const what = { digest: still.key, sizeBytes: still.value.sizeBytes, keptUtcMs: still.value.keptUtcMs };
    await journal.append('still.forgotten', what).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      log.error('That a still was forgotten was not recorded', { reason });
    });
  }

  /** The stills that have to go, the oldest first; null where not enough of them may. */
  function goingFor(sizeBytes: number): readonly Still[] | null {
    const all = [...table.entries.current().values()];
    let count = all.length + 1;
    let bytes = all.reduce((sum, { value }) => sum + value.sizeBytes, sizeBytes);
    const fits = () => count <= bounds.count && bytes <= bounds.bytes;
    if (fits()) return [];
    const kept = ports.inReach();
    const now = clock.utcMs();
    const free = all
      .filter(({ key, value }) => !kept.has(key) && now - value.keptUtcMs >= onItsWayMs)
      .sort((a, b) => a.value.keptUtcMs - b.value.keptUtcMs);
    const going: Still[] = [];
    for (const still of free) {
      if (fits()) break;
      going.push(still);
      count -= 1;
      bytes -= still.value.sizeBytes;
    }
    return fits() ? going : null;
  }

  // What is kept from now on is listed; once is enough.
  let listed = false;
  return {
    ready: table.ready,
    close: () => table.close(),
    has: (digest) => table.get(digest) !== undefined || ports.inReach().has(digest),
    keep: (picture) =>
      table.inTurn(async () => {
        if (!listed) await listUnlisted();
        listed = true;
        const digest = createHash('sha256').update(picture).digest('hex');
        const isNew = table.get(digest) === undefined;
        const going = isNew ? goingFor(picture.byteLength) : [];
        if (going === null) return null;
        for (const still of going) await forget(still);
        await table.put(digest, { sizeBytes: picture.byteLength, keptUtcMs: clock.utcMs() });
        try {
          await vault.put(picture);
        } catch (error) {
          // Counted but not there does no harm; it goes as the oldest one day.
          if (isNew) await table.delete(digest).catch(() => false);
          throw error;
        }
        return digest;
      }),
  };
}
