import { z } from 'zod';
import type { Seat } from '../../../core/access/seat.ts';
import { includesRole } from '../../../core/access/role.ts';
import type { CameraId } from '../../../core/cameras/camera.ts';
import { type Clip, clipBytes, clipGaps } from '../../../core/evidence/clip.ts';
import { custodyMost, type CustodyRecord } from '../../../core/evidence/custody.ts';
import { custodyLines } from '../../../core/evidence/custody-lines.ts';
import type { ClipSummary, evidenceContract } from '../../../core/evidence/evidence.contract.ts';
import type { EvidenceLimits } from '../../../core/evidence/evidence-room.ts';
import type { IncidentDeed } from '../../../core/incidents/incident-deed.ts';
import type { Incident } from '../../../core/incidents/incident.ts';
import type { Watchable } from '../../../core/rpc/cell.ts';
import type { Feature } from '../../../core/rpc/handlers.ts';
import type { SourceFact } from '../../../core/streams/source-state.ts';
import type { DisplayTiles } from '../../../core/streams/streams.contract.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DiskRoom } from '../../ports/disk-room.ts';
import { type Door, refusedByDoor } from '../../ports/door.ts';
import type { Journal } from '../../ports/journal.ts';
import type { Log } from '../../ports/log.ts';
import type { PieceNote } from '../../ports/piece-note.ts';
import type { PictureTap } from '../../ports/picture-tap.ts';
import type { Registry } from '../../ports/registry.ts';
import type { Signer } from '../../ports/signer.ts';
import { createAgeing } from './ageing.ts';
import { bundleCalls } from './bundle-calls.ts';
import { type BundlePorts, createBundleDesk } from './bundle-desk.ts';
import { clipContent } from './clip-content.ts';
import { createClipShelf } from './clip-shelf.ts';
import { createCustodyBook } from './custody-book.ts';
import { createEvidenceDoor } from './evidence-door.ts';
import { forgetWithdrawn } from './forget-withdrawn.ts';
import { createSecuringDesk } from './securing-desk.ts';
import { secureFromGateway } from './gateway-securing.ts';
import { noteOrigins } from './origin-notes.ts';
import { noteVerdicts } from './verdict-notes.ts';

const ageOutEveryMs = 3_600_000;
/** A disk that others fill is noticed so soon. */
const roomEveryMs = 5_000;

export interface EvidencePorts
  extends Pick<
    BundlePorts,
    'vault' | 'version' | 'font' | 'copier' | 'newBundle' | 'openBundle' | 'removeBundle' | 'camera' | 'authority'
  > {
  readonly journal: Pick<Journal, 'append' | 'readTopic'>;
  readonly registry: Pick<Registry, 'table'>;
  readonly clock: Clock;
  readonly disk: DiskRoom;
  readonly note: PieceNote;
  readonly limits: () => EvidenceLimits;
  readonly log: Log;
  /** Null: nothing can be sealed. */
  readonly signer: Signer | null;
  /** The key of a seat, for second signatures; made when it is first asked for. Rejects with `StoreProblem`. */
  signerOf(seat: number): Promise<Signer | null>;
  /** The last report of every window. */
  readonly tiles: Watchable<readonly DisplayTiles[]>;
  /** What the embedded gateway has open, and its pictures of what no window secures. */
  readonly sources: Watchable<readonly SourceFact[]>;
  readonly tap: PictureTap;
  /** Where a camera's main stream comes from that has another stream, too; null where it has not both. */
  mainFrom(camera: CameraId): 'gateway' | 'elsewhere' | null;
  /** Resolves when `incident` answers rightly. */
  readonly incidentsReady: Promise<void>;
  incident(number: number): Incident | undefined;
  /** False where the incident does not take it. */
  attach(seat: Seat, incident: number, deed: Extract<IncidentDeed, { do: 'attach' }>): Promise<boolean>;
  /** Those that are neither closed nor withdrawn. */
  unfinished(): readonly Incident[];
  withdrawn(): readonly Incident[];
  /** Whether an incident that was not withdrawn, or a still of the wall, has the same content. */
  isHeld(digest: string): Promise<boolean>;
}

export interface EvidenceFeature extends Feature<typeof evidenceContract> {
  readonly ready: Promise<void>;
  readonly door: Door;
  /** An incident is another now: what was withdrawn loses its pictures. */
  incidentChanged(incident: Incident): void;
  /** A line of the custody log; resolves when it is on the disk. Rejects with `StoreProblem`. */
  note(line: CustodyRecord): Promise<void>;
}

/** What windows secure of incidents, how long it is kept, and the bundles that are sealed of it. */
export function createEvidenceFeature(ports: EvidencePorts): EvidenceFeature {
  const { vault, journal, clock, log } = ports;
  const utcMs = () => clock.utcMs();
  const tellFault = (what: string) => (error: unknown) =>
    log.error(what, { reason: error instanceof Error ? error.message : String(error) });
  const notWritten = tellFault('A line of the custody log was not written');
  const isLocked = (number: number) => ports.incident(number)?.locked === true;
  const shelf = createClipShelf({
    ...ports,
    isLocked,
    closedUtcMs(number) {
      const life = ports.incident(number)?.life;
      return life?.state === 'closed' ? life.sinceUtcMs : null;
    },
  });
  const custody = createCustodyBook(journal, log);
  const note = (record: CustodyRecord) => void custody.write(record).catch(notWritten);
  const hasRoom = () => shelf.room.current().level !== 'full';
  const desk = createSecuringDesk({ ...ports, isOver: custody.isOver, hasRoom, write: custody.write, onFault: notWritten });
  const bundles = createBundleDesk({ ...ports, shelf, custody, isLocked, utcMs });
  const stopNoting = noteVerdicts({ tiles: ports.tiles, tasks: desk.tasks, utcMs, write: note });
  const stopOrigins = noteOrigins({ sources: ports.sources, tasks: desk.tasks, utcMs, write: note });
  const stopGateway = secureFromGateway({ ...ports, desk, shelf, note });
  const ready = Promise.all([shelf.ready, custody.ready, ports.incidentsReady]).then(() => {
    // What was being secured when an earlier main ended goes on, and what it had yet to delete is deleted.
    for (const incident of ports.unfinished()) desk.look(incident);
    for (const incident of ports.withdrawn()) forget(incident);
    for (const file of custody.deletedBundles())
      ports.removeBundle(file).catch(tellFault('A bundle that was deleted is still there'));
  });
  const forget = (incident: Incident) =>
    void forgetWithdrawn(incident, { ...ports, shelf, custody, utcMs }).catch(
      tellFault('The pictures of a withdrawn incident could not be deleted'),
    );
  const growing = new Map<string, Set<string>>();

  const ageing = createAgeing({ ...ports, shelf });
  const ageOut = () => void ready.then(ageing.look).catch(tellFault('Old evidence could not be deleted'));
  // At once, too: a program that is restarted more often would keep everything for ever.
  ageOut();
  const stopAgeing = every(clock, ageOutEveryMs, ageOut);
  const stopLooking = every(clock, roomEveryMs, () => {
    void ready.then(() => shelf.lookAtRoom()).catch(tellFault('It is not known how much room there is for evidence'));
  });

  return {
    ready,
    door: createEvidenceDoor({
      shelf,
      log,
      mayGrow: desk.mayGrow,
      secured(number, camera) {
        desk.secured(number, camera);
        // The first piece of a clip may be on its way while its incident is taken back.
        const incident = ports.incident(number);
        if (incident?.life.state === 'withdrawn') forget(incident);
      },
      isGrownBy: (session, clip) => growing.get(session)?.has(clip) === true,
      grows(session, clip) {
        const own = growing.get(session) ?? new Set();
        growing.set(session, own.add(clip));
      },
      saved: (url, session, whole) => {
        const copy = copyOf(url);
        return copy === null ? Promise.resolve() : bundles.copies.told(copy, session.id, whole).catch(notWritten);
      },
      async attach({ seat }, number, camera, picture, type) {
        const { digest, sizeBytes } = await vault.put(picture);
        const name = `${camera} ${new Date(utcMs()).toISOString()}.${type}`;
        const attached = await ports.attach(seat, number, { do: 'attach', name, digest, sizeBytes, secured: true });
        if (!attached && !(await ports.isHeld(digest))) await vault.delete(digest);
        return attached;
      },
      async give(kind, name, request, session) {
        const { seat } = session;
        await ready;
        if (kind === 'bundles') {
          if (!includesRole(seat.role, 'supervisor'))
            return refusedByDoor(403, 'Only a supervisor’s seat takes evidence out of the room.');
          return bundles.give(name, copyOf(request.url), session, request.signal);
        }
        if (!includesRole(seat.role, 'operator')) return refusedByDoor(403, 'This seat may look at the wall, not at evidence.');
        const clip = shelf.get(name);
        if (!clip || clip.life.state === 'deleted') return refusedByDoor(404, 'There is no such clip.');
        await custody.write({ what: 'viewed', incident: clip.incident, utcMs: utcMs(), bySeat: seat.number, clip: clip.id });
        return new Response(ReadableStream.from(clipContent(clip, vault)), {
          headers: { 'content-type': 'video/mp4', 'content-length': String(clipBytes(clip)) },
        });
      },
    }),
    async note(line) {
      await ready;
      await custody.write(line);
    },
    incidentChanged(incident) {
      const { life } = incident;
      void ready.then(() => desk.look(incident)).catch(notWritten);
      if (life.state === 'withdrawn') forget(incident);
    },
    sessionEnded({ id }) {
      desk.sessionEnded(id);
      void bundles.copies.sessionEnded(id);
      const own = growing.get(id) ?? [];
      growing.delete(id);
      for (const clip of own) shelf.end(clip, 'window-gone').catch(tellFault('The end of a clip was not recorded'));
    },
    async close() {
      await stopGateway();
      stopAgeing();
      stopLooking();
      stopNoting();
      stopOrigins();
      desk.close();
    },
    calls: {
      'evidence.take': async ({ incident, camera }, { session }) => {
        await ready;
        return { outcome: await desk.take(session, incident, camera) };
      },
      'evidence.leave': ({ incident, camera }, { session }) => {
        desk.leave(session, incident, camera);
        return {};
      },
      'evidence.end': async ({ incident }, { session }) => ({ outcome: await desk.end(incident, session.seat.number) }),
      'evidence.go-on': ({ incident }) => {
        desk.goOn(incident);
        return {};
      },
      'evidence.trust-clock': async () => {
        await ready;
        try {
          await ageing.trust();
          return { outcome: 'done' as const };
        } catch (error) {
          tellFault('Old evidence could not be deleted')(error);
          return { outcome: 'not-saved' as const };
        }
      },
      'evidence.clips': async ({ incident }) => {
        await ready;
        return { clips: shelf.ofIncident(incident).slice(0, 10_000).map(clipSummary) };
      },
      'evidence.custody': async ({ incident }) => {
        await ready;
        const log = custodyLines(custody.of(incident), shelf.ofIncident(incident)).slice(-custodyMost);
        return { log, bundles: custody.bundles(incident).slice(0, 1_000) };
      },
      'evidence.state': async ({ incident, text }, { session }) => {
        await ready;
        if (!ports.incident(incident)) return { outcome: 'no-such-incident' as const };
        try {
          await custody.write({ what: 'stated', incident, utcMs: utcMs(), bySeat: session.seat.number, text });
          return { outcome: 'stated' as const };
        } catch (error) {
          notWritten(error);
          return { outcome: 'not-saved' as const };
        }
      },
      'evidence.delete': async ({ clip, reason }, { session }) => {
        await ready;
        try {
          return { outcome: await shelf.delete(clip, reason, session.seat.number) };
        } catch (error) {
          tellFault('Evidence could not be deleted')(error);
          return { outcome: 'not-saved' as const };
        }
      },
      ...bundleCalls({ ...ports, desk, bundles, ready, tellFault }),
    },
    states: {
      'evidence.room': () => shelf.room,
      'evidence.clock-doubt': () => ageing.doubt,
      'evidence.securing': (session) => desk.toldTo(session),
    },
    events: {},
  };
}

/** What who asks calls the copy that it takes; null where it has no name. */
function copyOf(url: string | URL): string | null {
  const copy = z.uuid().safeParse(new URL(url).searchParams.get('copy'));
  return copy.success ? copy.data : null;
}

/** Returns the way to stop. */
function every(clock: Pick<Clock, 'after'>, ms: number, work: () => void): () => void {
  let stop = (): void => {};
  const later = (): void => {
    stop = clock.after(ms, () => {
      work();
      later();
    });
  };
  later();
  return () => stop();
}

function clipSummary(clip: Clip): ClipSummary {
  const { fragments, ...rest } = clip;
  const last = fragments.at(-1);
  const gaps = clipGaps(clip)
    .slice(0, 1_000)
    .map(({ fromMs, toMs }) => ({ fromMs, toMs }));
  return { ...rest, sizeBytes: clipBytes(clip), pictures: last?.pictures ?? 0, lengthMs: last?.endMs ?? 0, gaps };
}
