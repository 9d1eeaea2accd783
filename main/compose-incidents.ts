import { createEvidenceFeature, type EvidenceFeature, type EvidencePorts } from './features/evidence/evidence-feature.ts';
import { createIncidentsFeature, type IncidentsFeature } from './features/incidents/incidents-feature.ts';

/**
 * Incidents and their evidence, which are read while the wall is shown already. What was withdrawn loses its pictures, and what is locked keeps them:
 * the two meet here.
 */
export function composeIncidents(ports: Omit<EvidencePorts, 'incident' | 'incidentsReady' | 'unfinished' | 'attach'>): {
  readonly incidents: IncidentsFeature;
  readonly evidence: EvidenceFeature;
} {
  const { clock, journal, log } = ports;
  const incidents: IncidentsFeature = createIncidentsFeature({
    clock,
    journal,
    log: log.child('incidents'),
    place(id) {
      const camera = ports.camera(id);
      return camera ? [camera.site, camera.district].filter((part) => part !== '').join(', ') || camera.name : null;
    },
    changed: (incident) => evidence.incidentChanged(incident),
  });
  const evidence = createEvidenceFeature({
    ...ports,
    log: log.child('evidence'),
    incidentsReady: incidents.ready,
    incident: incidents.get,
    attach: async (seat, number, deed) => (await incidents.do(seat, number, deed)).refusal === null,
    unfinished: () => incidents.open.current().flatMap(({ number }) => incidents.get(number) ?? []),
  });
  evidence.ready.catch((error: unknown) => {
    log.error('the incidents or their evidence cannot be read', {
      reason: error instanceof Error ? error.message : String(error),
    });
  });
  return { incidents, evidence };
}
