import { type CameraEntry, isEmbedded, waysOf } from '../core/cameras/camera.ts';
import { neighboursOf } from '../core/cameras/neighbours.ts';
import type { IncidentChoices } from '../core/incidents/incidents.contract.ts';
import { usualProcedures } from '../core/incidents/usual-procedures.ts';
import { createCell, type Watchable } from '../core/rpc/cell.ts';
import type { CamerasFeature } from './features/cameras/directory.ts';
import { createEvidenceFeature, type EvidenceFeature, type EvidencePorts } from './features/evidence/evidence-feature.ts';
import { createAttachmentsDoor } from './features/incidents/attachments-door.ts';
import { createIncidentsFeature, type IncidentsFeature, type IncidentsPorts } from './features/incidents/incidents-feature.ts';
import type { DerivedFile } from './ports/derived-file.ts';
import type { Door } from './ports/door.ts';
import type { Journal } from './ports/journal.ts';
import type { SettingsValues } from './ports/settings.ts';

export interface ComposedIncidents {
  readonly incidents: IncidentsFeature;
  readonly evidence: EvidenceFeature;
  readonly attachments: Door;
}

interface IncidentPorts
  extends Omit<
    EvidencePorts,
    'camera' | 'mainFrom' | 'incident' | 'incidentsReady' | 'unfinished' | 'withdrawn' | 'isHeld' | 'attach'
  > {
  readonly journal: Journal;
  readonly snapshot: DerivedFile;
  /** Whether the wall keeps that picture as a still. */
  isStill(digest: string): boolean;
  readonly settings: Watchable<Pick<SettingsValues, 'seats' | 'procedures' | 'shifts' | 'evidence'>>;
  readonly setProcedures: IncidentsPorts['setProcedures'];
  readonly shownAt: IncidentsPorts['shownAt'];
  readonly directory: Pick<CamerasFeature, 'entry' | 'cameras' | 'whenLoaded'>;
}

/**
 * Incidents and their evidence, which are read while the wall is shown already. What was withdrawn loses its pictures, and what is locked keeps them:
 * the two meet here.
 */
export function composeIncidents(ports: IncidentPorts): ComposedIncidents {
  const { clock, journal, log, settings, directory } = ports;
  const camera = (id: string) => directory.entry(id)?.camera;
  const choices = createCell(choicesOf(settings.current()));
  const stopFollowing = settings.subscribe((values) => choices.set(choicesOf(values)));
  const incidents: IncidentsFeature = createIncidentsFeature({
    clock,
    journal,
    snapshot: { file: ports.snapshot, journal, version: ports.version },
    log: log.child('incidents'),
    choices,
    shiftStarts: () => settings.current().shifts,
    place(id) {
      const known = camera(id);
      return known ? [known.site, known.district].filter((part) => part !== '').join(', ') || known.name : null;
    },
    async neighbours(ids, most) {
      await directory.whenLoaded();
      return neighboursOf(
        directory.cameras.current(),
        ids.flatMap((id) => camera(id) ?? []),
        most,
      );
    },
    shownAt: ports.shownAt,
    setProcedures: ports.setProcedures,
    changed: (incident) => evidence.incidentChanged(incident),
  });
  const evidence = createEvidenceFeature({
    ...ports,
    camera,
    mainFrom: (id) => mainFrom(directory.entry(id)),
    log: log.child('evidence'),
    incidentsReady: incidents.ready,
    incident: incidents.get,
    attach: async (seat, number, deed) => (await incidents.do(seat, number, deed)).refusal === null,
    withdrawn: incidents.withdrawn,
    isHeld: async (digest) => ports.isStill(digest) || (await incidents.holds(digest)),
    unfinished: () => incidents.open.current().flatMap(({ number }) => incidents.get(number) ?? []),
  });
  evidence.ready.catch((error: unknown) => {
    log.error('the incidents or their evidence cannot be read', {
      reason: error instanceof Error ? error.message : String(error),
    });
  });
  const attachments = createAttachmentsDoor({
    incidents,
    vault: ports.vault,
    clock,
    log: log.child('incidents'),
    isFull: (session) => evidence.states['evidence.room'](session).current().level === 'full',
    note: evidence.note,
  });
  async function close(): Promise<void> {
    stopFollowing();
    await incidents.close?.();
  }
  return { incidents: { ...incidents, close }, evidence, attachments };
}

function mainFrom(entry: CameraEntry | undefined): 'gateway' | 'elsewhere' | null {
  if (entry === undefined || entry.camera.streams.length < 2) return null;
  return waysOf(entry, 'main').some(isEmbedded) ? 'gateway' : 'elsewhere';
}

function choicesOf({ seats, procedures, evidence }: Pick<SettingsValues, 'seats' | 'procedures' | 'evidence'>): IncidentChoices {
  return {
    seats: seats.filter(({ role }) => role !== 'viewer').map(({ number, role }) => ({ number, role })),
    procedures: [...(procedures ?? usualProcedures)],
    retentionDays: evidence.retentionDays,
  };
}
