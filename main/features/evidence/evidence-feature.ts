import { type Clip, clipBytes, clipGaps } from '../../../core/evidence/clip.ts';
import type { evidenceContract } from '../../../core/evidence/evidence.contract.ts';
import type { EvidenceLimits } from '../../../core/evidence/evidence-room.ts';
import { fingerprintWords } from '../../../core/evidence/fingerprint.ts';
import { seatForRecords } from '../../../core/access/seat.ts';
import type { Incident } from '../../../core/incidents/incident.ts';
import type { Feature } from '../../../core/rpc/handlers.ts';
import type { BundleSink } from '../../ports/bundle-file.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DiskRoom } from '../../ports/disk-room.ts';
import type { Door } from '../../ports/door.ts';
import type { Journal } from '../../ports/journal.ts';
import type { Log } from '../../ports/log.ts';
import type { Signer } from '../../ports/signer.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import type { Vault } from '../../ports/vault.ts';
import { bundleParts } from './bundle-parts.ts';
import { createClipShelf } from './clip-shelf.ts';
import { createEvidenceDoor } from './evidence-door.ts';
import { sealBundle } from './seal-bundle.ts';

const ageOutEveryMs = 3_600_000;

export interface EvidencePorts {
  readonly vault: Vault;
  readonly journal: Pick<Journal, 'append' | 'readTopic'>;
  readonly clock: Clock;
  readonly disk: DiskRoom;
  readonly limits: () => EvidenceLimits;
  readonly log: Log;
  /** Null: nothing can be sealed. */
  readonly signer: Signer | null;
  readonly version: string;
  /** Resolves when `incident` answers rightly. */
  readonly incidentsReady: Promise<void>;
  incident(number: number): Incident | undefined;
  /** A new bundle of that name, where bundles are kept. Rejects with `StoreProblem`. */
  newBundle(name: string): Promise<{ readonly path: string; readonly sink: BundleSink }>;
}

export interface EvidenceFeature extends Feature<typeof evidenceContract> {
  readonly ready: Promise<void>;
  readonly door: Door;
  /** An incident is another now: what was withdrawn loses its pictures. */
  incidentChanged(incident: Incident): void;
}

/** What windows secure of incidents, how long it is kept, and the bundles that are sealed of it. */
export function createEvidenceFeature(ports: EvidencePorts): EvidenceFeature {
  const { vault, journal, clock, log, signer } = ports;
  const shelf = createClipShelf({
    ...ports,
    isLocked: (number) => ports.incident(number)?.locked === true,
    closedUtcMs(number) {
      const life = ports.incident(number)?.life;
      return life?.state === 'closed' ? life.sinceUtcMs : null;
    },
  });
  const ready = Promise.all([shelf.ready, ports.incidentsReady]).then(() => {});
  const growing = new Map<string, Set<string>>();
  const tellFault = (what: string) => (error: unknown) =>
    log.error(what, { reason: error instanceof Error ? error.message : String(error) });

  let callOff = (): void => {};
  function ageOutLater(): void {
    callOff = clock.after(ageOutEveryMs, () => {
      void ready.then(() => shelf.ageOut()).catch(tellFault('Old evidence could not be deleted'));
      ageOutLater();
    });
  }
  ageOutLater();

  async function seal(number: number, seat: string): Promise<string> {
    const incident = ports.incident(number);
    if (!incident || !signer) throw new Error('asked before');
    const clips = shelf.ofIncident(number);
    const sealedUtcMs = clock.utcMs();
    const at = new Date(sealedUtcMs).toISOString();
    const bag = `incident-${number}-${at.toLowerCase().replaceAll(/[^0-9a-z]/g, '')}`;
    const { path, sink } = await ports.newBundle(`${bag}.zip`);
    const parts = bundleParts(incident, clips, vault);
    const info = [
      ['Bagging-Date', at.slice(0, 10)],
      ['External-Identifier', `incident ${number}`],
      ['Sealed-At', at],
      ['Sealed-By', seat],
      ['Sealed-With', `Deedban ${ports.version}`],
    ] as const;
    const sealed = await sealBundle({ sink, bag, info, parts, signer });
    await journal.append('bundle.sealed', {
      incident: number,
      bag,
      sizeBytes: sealed.sizeBytes,
      seat,
      fingerprint: signer.fingerprint,
    });
    return path;
  }

  return {
    ready,
    door: createEvidenceDoor({
      shelf,
      log,
      mayGrow(number, camera) {
        const incident = ports.incident(number);
        return (
          incident !== undefined && incident.life.state !== 'withdrawn' && incident.cameras.some((each) => each.camera === camera)
        );
      },
      grows(session, clip) {
        const own = growing.get(session) ?? new Set();
        growing.set(session, own.add(clip));
      },
    }),
    incidentChanged({ number, life }) {
      if (life.state !== 'withdrawn') return;
      for (const { id } of shelf.ofIncident(number))
        shelf.delete(id, 'withdrawn', life.bySeat).catch(tellFault('The pictures of a withdrawn incident could not be deleted'));
    },
    sessionEnded({ id }) {
      const own = growing.get(id) ?? [];
      growing.delete(id);
      for (const clip of own) shelf.end(clip, 'window-gone').catch(tellFault('The end of a clip was not recorded'));
    },
    close: () => callOff(),
    calls: {
      'evidence.clips': async ({ incident }) => {
        await ready;
        return { clips: shelf.ofIncident(incident).slice(0, 10_000).map(clipSummary) };
      },
      'evidence.key': () => ({
        key: signer && { pem: signer.publicPem, fingerprint: signer.fingerprint, words: fingerprintWords(signer.fingerprint) },
      }),
      'evidence.delete': async ({ clip, reason }, { session }) => {
        await ready;
        try {
          return { outcome: await shelf.delete(clip, reason, session.seat.number) };
        } catch (error) {
          tellFault('Evidence could not be deleted')(error);
          return { outcome: 'not-saved' as const };
        }
      },
      'evidence.seal': async ({ incident }, { session }) => {
        await ready;
        if (!ports.incident(incident)) return { refusal: 'no-such-incident' as const, file: null };
        if (!signer) return { refusal: 'no-key' as const, file: null };
        try {
          return { refusal: null, file: await seal(incident, seatForRecords(session.seat)) };
        } catch (error) {
          tellFault('A bundle could not be sealed')(error);
          const code = error instanceof StoreProblem ? error.code : null;
          return { refusal: code === 'full' || code === 'damaged' ? code : ('not-saved' as const), file: null };
        }
      },
    },
    states: { 'evidence.room': () => shelf.room },
    events: {},
  };
}

function clipSummary(clip: Clip) {
  const { fragments, ...rest } = clip;
  const last = fragments.at(-1);
  const gaps = clipGaps(clip).length;
  return { ...rest, sizeBytes: clipBytes(clip), pictures: last?.pictures ?? 0, lengthMs: last?.endMs ?? 0, gaps };
}
