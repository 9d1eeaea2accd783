import { seatForRecords, type Seat } from '../../../core/access/seat.ts';
import type { Camera } from '../../../core/cameras/camera.ts';
import type { CustodyRecord } from '../../../core/evidence/custody.ts';
import type { EvidenceLimits } from '../../../core/evidence/evidence-room.ts';
import { custodyLines } from '../../../core/evidence/custody-lines.ts';
import { missingStretches } from '../../../core/evidence/missing-stretches.ts';
import { securedStreams } from '../../../core/evidence/secured-streams.ts';
import { wantedStretch } from '../../../core/evidence/wanted-stretch.ts';
import { camerasEver, type Incident } from '../../../core/incidents/incident.ts';
import type { Session } from '../../../core/rpc/handlers.ts';
import type { BundleSink, BundleSource } from '../../ports/bundle-file.ts';
import { refusedByDoor } from '../../ports/door.ts';
import type { ClipCopier } from '../../ports/clip-copier.ts';
import type { PageFont } from '../../ports/page-font.ts';
import type { Signer } from '../../ports/signer.ts';
import type { TimeStampAuthority } from '../../ports/time-stamp-authority.ts';
import type { Vault } from '../../ports/vault.ts';
import { type BundleCopies, createBundleCopies } from './bundle-copies.ts';
import { bundleParts } from './bundle-parts.ts';
import { makeClipCopies, noCopies } from './clip-copies.ts';
import type { ClipShelf } from './clip-shelf.ts';
import { countersignBundle } from './countersign-bundle.ts';
import type { CustodyBook } from './custody-book.ts';
import { sealBundle } from './seal-bundle.ts';

export interface BundlePorts {
  readonly vault: Vault;
  readonly shelf: ClipShelf;
  readonly custody: CustodyBook;
  readonly version: string;
  utcMs(): number;
  limits(): Pick<EvidenceLimits, 'beforeSeconds'>;
  /** What the directory knows of a camera. */
  camera(id: string): Camera | undefined;
  /** Whom to ask for a time-stamp; null: nobody. */
  authority(): TimeStampAuthority | null;
  /** Makes copies that every browser plays; null: nothing here can. */
  readonly copier: ClipCopier | null;
  /** What its pages bring for Urdu; null where there is none. */
  font(): Promise<PageFont | null>;
  /** A new bundle of that name, where bundles are kept. Rejects with `StoreProblem`. */
  newBundle(name: string): Promise<{ readonly path: string; readonly sink: BundleSink }>;
  /** It need not be there. Rejects with `StoreProblem`. */
  removeBundle(name: string): Promise<void>;
  /** Whether an incident's evidence may not be deleted. */
  isLocked(incident: number): boolean;
  /** One that is kept. Rejects with `StoreProblem`. */
  openBundle(name: string): Promise<BundleSource & { close(): Promise<void> }>;
}

/** Makes bundles, and gives them away. */
export interface BundleDesk {
  /** Resolves with its file name, and whether it has a time-stamp (null: none was asked for). Rejects with `StoreProblem`. */
  seal(
    incident: Incident,
    signer: Signer,
    seat: Seat,
    how: { readonly signal: AbortSignal; readonly withCopies: boolean },
  ): Promise<{ readonly file: string; readonly timeStamped: boolean | null; readonly copiesFailed: number }>;
  /** Signs one that is kept a second time. Rejects with `StoreProblem`. */
  countersign(file: string, signer: Signer, seat: Seat, signal: AbortSignal): Promise<CountersignRefusal | null>;
  /** Deletes one that is kept, and leaves a trace. Rejects with `StoreProblem`. */
  delete(file: string, reason: string, seat: Pick<Seat, 'number'>): Promise<BundleDeleteOutcome>;
  /** The answer to who takes a copy away; the custody log says that it was asked for, and how it ended: as whoever took it says, who names it by `copy`. */
  give(file: string, copy: string | null, session: Pick<Session, 'id' | 'seat'>, signal: AbortSignal): Promise<Response>;
  /** Who took a copy says how that ended. */
  readonly copies: Pick<BundleCopies, 'told' | 'sessionEnded'>;
}

/** `in-use`: it is being signed a second time. */
export type BundleDeleteOutcome = 'deleted' | 'locked' | 'in-use' | 'no-such-bundle';
export type CountersignRefusal = 'no-such-bundle' | 'same-seat' | 'already';

const pieceBytes = 1024 * 1024;

export function createBundleDesk(ports: BundlePorts): BundleDesk {
  const { vault, shelf, custody, utcMs } = ports;
  const signing = new Set<string>();
  const deleting = new Set<string>();
  const copies = createBundleCopies();
  return {
    copies,
    async seal(incident, signer, seat, { signal, withCopies }) {
      const { number } = incident;
      const sealedUtcMs = utcMs();
      const at = new Date(sealedUtcMs).toISOString();
      const bag = `incident-${number}-${at.toLowerCase().replaceAll(/[^0-9a-z]/g, '')}`;
      const file = `${bag}.zip`;
      const sealedBy = seatForRecords(seat);
      const cameras = camerasEver(incident).flatMap(({ camera }) => ports.camera(camera) ?? []);
      const clips = shelf.ofIncident(number);
      const log = custody.of(number);
      const by = { beforeSeconds: ports.limits().beforeSeconds, nowUtcMs: sealedUtcMs };
      const secured = camerasEver(incident).map(({ camera }) => {
        const wanted = wantedStretch(incident, camera, log, by);
        const own = clips.filter((clip) => clip.camera === camera);
        const streams = securedStreams(camera, ports.camera(camera)?.streams ?? [], own, log, wanted);
        return { camera, ...wanted, missing: missingStretches(own, wanted), streams };
      });
      const facts = {
        ...{ bag, sealedUtcMs, sealedBy, version: ports.version, fingerprint: signer.fingerprint },
        ...{ incident, cameras, clips, secured, custody: custodyLines(log, clips), font: await ports.font() },
      };
      const copies = withCopies ? await makeClipCopies(clips, vault, ports.copier, signal) : noCopies;
      try {
        const parts = await bundleParts(facts, vault, copies.of);
        const { sink } = await ports.newBundle(file);
        const info = [
          ['Bagging-Date', at.slice(0, 10)],
          ['External-Identifier', `incident ${number}`],
          ['Sealed-At', at],
          ['Sealed-By', sealedBy],
          ['Sealed-With', `Deedban ${ports.version}`],
        ] as const;
        const authority = ports.authority();
        const sealed = await sealBundle({ sink, bag, info, parts, signer, signal, ...(authority && { authority }) });
        const { sizeBytes } = sealed;
        const timeStamped = authority && sealed.timeStamped;
        const { fingerprint } = signer;
        await custody.write({
          what: 'sealed',
          incident: number,
          utcMs: utcMs(),
          bySeat: seat.number,
          file,
          sizeBytes,
          fingerprint,
          ...(withCopies ? { copies: copies.of.size, copiesFailed: copies.failed } : {}),
          ...(timeStamped === null ? {} : { timeStamp: timeStamped ? ('stamped' as const) : ('none' as const) }),
        });
        return { file, timeStamped, copiesFailed: copies.failed };
      } finally {
        await copies.discard();
      }
    },
    async countersign(file, signer, seat, signal) {
      const known = custody.bundle(file);
      if (!known || deleting.has(file)) return 'no-such-bundle';
      if (known.second !== null || signing.has(file)) return 'already';
      if (known.bySeat === seat.number) return 'same-seat';
      signing.add(file);
      try {
        const source = await ports.openBundle(file);
        try {
          const { sink } = await ports.newBundle(file);
          const done = await countersignBundle(source, sink, signer, signal);
          // Also where an earlier main died between the file and its line.
          if (done === 'already') return done;
          const { sizeBytes } = done;
          const { fingerprint } = signer;
          const by = { incident: known.incident, utcMs: utcMs(), bySeat: seat.number };
          await custody.write({ what: 'countersigned', ...by, file, sizeBytes, fingerprint });
          return null;
        } finally {
          await source.close();
        }
      } finally {
        signing.delete(file);
      }
    },
    async delete(file, reason, seat) {
      const known = custody.bundle(file);
      if (!known || deleting.has(file)) return 'no-such-bundle';
      if (ports.isLocked(known.incident)) return 'locked';
      if (signing.has(file)) return 'in-use';
      deleting.add(file);
      try {
        // The trace first: where main dies in between the file goes at the next start.
        const by = { incident: known.incident, utcMs: utcMs(), bySeat: seat.number };
        await custody.write({ what: 'bundle-deleted', ...by, file, reason });
        await ports.removeBundle(file);
        return 'deleted';
      } finally {
        deleting.delete(file);
      }
    },
    async give(file, copyId, session, signal) {
      const known = custody.bundle(file);
      if (!known) return refusedByDoor(404, 'There is no such bundle.');
      const bySeat = session.seat.number;
      const note = (outcome: Extract<CustodyRecord, { what: 'exported' }>['outcome']) =>
        custody.write({ what: 'exported', incident: known.incident, utcMs: utcMs(), bySeat, file, outcome });
      const source = await ports.openBundle(file);
      try {
        // Before the first byte leaves: a copy without a trace is what this is there against.
        await note('begun');
      } catch (error) {
        await source.close();
        throw error;
      }
      const copy = copies.begin(copyId, session.id, note);
      let at = 0;
      const end = async (how: 'sent' | 'brokenOff') => {
        await source.close();
        await copy[how]().catch(() => {});
      };
      // No generator: of one that nobody ever asked the end would not be told.
      const body = new ReadableStream<Uint8Array>(
        {
          async pull(to) {
            const piece = signal.aborted ? null : await source.read(at, Math.min(pieceBytes, source.sizeBytes - at));
            // Also where it became shorter since it was opened.
            if (piece === null || piece.length === 0) {
              await end('brokenOff');
              return to.error(new Error('broken off'));
            }
            at += piece.length;
            // Before who takes it can have all of it, and say so.
            if (at >= source.sizeBytes) await end('sent');
            to.enqueue(piece);
            if (at >= source.sizeBytes) to.close();
          },
          cancel: () => end('brokenOff'),
        },
        // Nothing leaves before it is asked for.
        { highWaterMark: 0 },
      );
      return new Response(body, {
        headers: { 'content-type': 'application/zip', 'content-length': String(source.sizeBytes) },
      });
    },
  };
}
