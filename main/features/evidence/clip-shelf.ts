import { createHash } from 'node:crypto';
import { type Clip, type ClipRecord, clipBytes, clipRecordSchema, nextClip } from '../../../core/evidence/clip.ts';
import { type EvidenceLimits, type EvidenceRoom, evidenceRoom } from '../../../core/evidence/evidence-room.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DiskRoom } from '../../ports/disk-room.ts';
import { type Journal, journalReadMax } from '../../ports/journal.ts';
import type { Log } from '../../ports/log.ts';
import type { PieceNote } from '../../ports/piece-note.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import type { Vault } from '../../ports/vault.ts';
import { adoptPiece, type ComingPiece } from './adopt-piece.ts';

export interface ClipShelfPorts {
  readonly vault: Vault;
  readonly note: PieceNote;
  readonly journal: Pick<Journal, 'append' | 'readTopic'>;
  readonly clock: Pick<Clock, 'utcMs'>;
  readonly disk: DiskRoom;
  readonly limits: () => EvidenceLimits;
  readonly log: Log;
  /** Whether an incident's evidence may neither be deleted nor age out. */
  isLocked(incident: number): boolean;
  /** When an incident was closed; null while it is not. */
  closedUtcMs(incident: number): number | null;
}

export interface FragmentOrder {
  readonly clip: Pick<Clip, 'id' | 'incident' | 'camera' | 'stream' | 'bySeat' | 'firstPictureUtcMs'>;
  readonly index: number;
  readonly pictures: number;
  readonly endMs: number;
  readonly bytes: Uint8Array;
}

/** `there`: it was secured before, with the same content. `other`: with another content, or the clip is another or has ended. */
export type FragmentOutcome = 'secured' | 'there' | 'other' | 'full';
export type DeleteOutcome = 'deleted' | 'locked' | 'no-such-clip';

/** The clips that are kept: their pieces in the Vault, what is known of them in the Journal. */
export interface ClipShelf {
  /** Resolves when all clips are known; those that an earlier main left growing are cut off then, and say so. Rejects with `StoreProblem`. */
  readonly ready: Promise<void>;
  readonly room: Watchable<EvidenceRoom>;
  /** Looks how much room there is: a disk fills up without us, too. Rejects with `StoreProblem`. */
  lookAtRoom(): Promise<EvidenceRoom>;
  get(id: string): Clip | undefined;
  ofIncident(incident: number): readonly Clip[];
  /** Resolves when the piece and its record are on the disk. Rejects with `StoreProblem`. */
  secure(order: FragmentOrder): Promise<FragmentOutcome>;
  end(id: string, how: 'ended' | 'window-gone' | 'gateway-gone'): Promise<void>;
  /** Removes the pieces and keeps the record of it. `bySeat` null: by a rule. */
  delete(id: string, reason: string, bySeat: number | null): Promise<DeleteOutcome>;
  /** When something happened last to a clip that does not grow any more (UTC, ms); null where there is none. */
  newestUtcMs(): number | null;
  /** How many clips are older than their retention, by the clock as it is. */
  due(): number;
  /** Deletes those; how many. */
  ageOut(): Promise<number>;
}

const dayMs = 86_400_000;
const clipKinds = new Set(['began', 'fragment', 'ended', 'deleted'].map((what) => `evidence.${what}`));

export function createClipShelf(ports: ClipShelfPorts): ClipShelf {
  const { vault, journal, clock, log } = ports;
  const clips = new Map<string, Clip>();
  /** Asked for several times a second while one is secured. */
  const idsOf = new Map<number, Set<string>>();
  /** How many clips keep a piece: two may be equal. */
  const kept = new Map<string, number>();
  const isKept = (digest: string) => (kept.get(digest) ?? 0) > 0;
  let usedBytes = 0;
  const room = createCell<EvidenceRoom>({ usedBytes: 0, leftBytes: 0, level: 'enough' });

  function take(record: ClipRecord): Clip | null {
    const id = record.what === 'began' ? record.clip.id : record.id;
    const before = clips.get(id) ?? null;
    const after = nextClip(before, record);
    if (after === null) return null;
    clips.set(id, after);
    if (before === null) idsOf.set(after.incident, (idsOf.get(after.incident) ?? new Set()).add(id));
    if (record.what === 'fragment') {
      usedBytes += record.fragment.sizeBytes;
      kept.set(record.fragment.digest, (kept.get(record.fragment.digest) ?? 0) + 1);
    }
    if (record.what === 'deleted' && before) {
      usedBytes -= clipBytes(before);
      for (const { digest } of before.fragments) kept.set(digest, (kept.get(digest) ?? 1) - 1);
    }
    return after;
  }
  async function write(record: ClipRecord): Promise<void> {
    await journal.append(`evidence.${record.what}`, record);
    take(record);
  }
  async function look(): Promise<EvidenceRoom> {
    room.set(evidenceRoom(usedBytes, await ports.disk.freeBytes(), ports.limits()));
    return room.current();
  }

  async function read(): Promise<void> {
    for (let from = 1; ; ) {
      const records = await journal.readTopic('evidence', from, journalReadMax);
      for (const { sequence, kind, data } of records) {
        // What happened to evidence as a whole has its own reader.
        if (!clipKinds.has(kind)) continue;
        const record = clipRecordSchema.safeParse(data);
        if (!record.success || take(record.data) === null) log.error('A record of evidence cannot be read', { sequence });
      }
      const last = records.at(-1);
      if (!last || records.length < journalReadMax) break;
      from = last.sequence + 1;
    }
    const utcMs = () => clock.utcMs();
    await adoptPiece(await ports.note.read(), { vault, log, get: (id) => clips.get(id), isKept, write, utcMs });
    for (const { id, incident, camera, life } of [...clips.values()])
      if (life.state === 'growing') await write({ what: 'ended', id, incident, camera, how: 'main-ended', utcMs: utcMs() });
    // A death between record and deletion leaves pieces that nobody keeps.
    for (const { life, fragments } of clips.values()) if (life.state === 'deleted') await remove(fragments);
    await look();
  }
  async function remove(fragments: Clip['fragments']): Promise<void> {
    for (const { digest } of fragments) if (!isKept(digest)) await vault.delete(digest);
  }
  const ready = read();

  let turn: Promise<unknown> = ready.catch(() => {});
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => {});
    return mine;
  }

  async function secureNow({ clip, index, pictures, endMs, bytes }: FragmentOrder): Promise<FragmentOutcome> {
    const present = clips.get(clip.id);
    if (present && (present.incident !== clip.incident || present.camera !== clip.camera)) return 'other';
    const { level, leftBytes } = await look();
    if (level === 'full' || leftBytes < bytes.length) {
      // Until somebody looks again: what is left is none where a piece has no room in it.
      room.set({ ...room.current(), level: 'full' });
      if (present?.life.state === 'growing')
        await write({
          what: 'ended',
          id: clip.id,
          incident: clip.incident,
          camera: clip.camera,
          how: 'full',
          utcMs: clock.utcMs(),
        });
      return 'full';
    }
    const digest = createHash('sha256').update(bytes).digest('hex');
    const same = present?.fragments.find((fragment) => fragment.index === index);
    if (same) return same.digest === digest ? 'there' : 'other';
    if (present && (present.life.state !== 'growing' || index <= (present.fragments.at(-1)?.index ?? -1))) return 'other';
    const recordsOf = (utcMs: number): ComingPiece => ({
      clip: { ...clip, beganUtcMs: utcMs },
      fragment: { index, digest, sizeBytes: bytes.length, pictures, endMs, securedUtcMs: utcMs },
    });
    const noted = await ports.note.write(recordsOf(clock.utcMs()));
    await vault.put(bytes);
    await noted.kept;
    const records = recordsOf(clock.utcMs());
    try {
      if (!present) await write({ what: 'began', clip: records.clip });
      await write({ what: 'fragment', id: clip.id, fragment: records.fragment });
    } catch (error) {
      // A full disk is known to have no record of it, and the room it takes is missing; of any other failure nobody knows, so the next start looks.
      if (error instanceof StoreProblem && error.code === 'full') await remove([records.fragment]);
      throw error;
    }
    return 'secured';
  }
  async function deleteNow(id: string, reason: string, bySeat: number | null): Promise<DeleteOutcome> {
    const clip = clips.get(id);
    if (!clip || clip.life.state === 'deleted') return 'no-such-clip';
    if (ports.isLocked(clip.incident)) return 'locked';
    // The trace first: pieces without a record would be there and nobody's, a record without pieces is finished at the next start.
    const { incident, camera } = clip;
    await write({ what: 'deleted', id, incident, camera, reason, utcMs: clock.utcMs(), bySeat });
    await remove(clip.fragments);
    await look();
    return 'deleted';
  }

  function overdue(): readonly Clip[] {
    const beforeMs = clock.utcMs() - ports.limits().retentionDays * dayMs;
    return [...clips.values()].filter(({ incident, life }) => {
      const closedMs = life.state === 'whole' && !ports.isLocked(incident) ? ports.closedUtcMs(incident) : null;
      return closedMs !== null && closedMs < beforeMs;
    });
  }

  return {
    ready,
    room,
    lookAtRoom: () => inTurn(look),
    get: (id) => clips.get(id),
    ofIncident: (incident) => [...(idsOf.get(incident) ?? [])].flatMap((id) => clips.get(id) ?? []),
    secure: (order) => inTurn(() => secureNow(order)),
    end: (id, how) =>
      inTurn(async () => {
        const clip = clips.get(id);
        if (clip?.life.state !== 'growing') return;
        const { incident, camera } = clip;
        await write({ what: 'ended', id, incident, camera, how, utcMs: clock.utcMs() });
      }),
    delete: (id, reason, bySeat) => inTurn(() => deleteNow(id, reason, bySeat)),
    newestUtcMs() {
      let newest: number | null = null;
      for (const { life } of clips.values()) if (life.state !== 'growing') newest = Math.max(newest ?? life.utcMs, life.utcMs);
      return newest;
    },
    due: () => overdue().length,
    ageOut: () =>
      inTurn(async () => {
        let count = 0;
        for (const { id } of overdue()) if ((await deleteNow(id, 'retention', null)) === 'deleted') count += 1;
        return count;
      }),
  };
}
