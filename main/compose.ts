import { randomUUID } from 'node:crypto';
import { contract, contractVersion, type DeedbanContract } from '../core/contract.ts';
import { demoCity } from '../core/cameras/demo-city.ts';
import { createCell, type Watchable } from '../core/rpc/cell.ts';
import type { Contract } from '../core/rpc/define.ts';
import type { Feature, Handlers } from '../core/rpc/handlers.ts';
import { serveSession } from '../core/rpc/server.ts';
import type { DisplayTiles } from '../core/streams/streams.contract.ts';
import { aboutWith } from './about-with.ts';
import { composeIncidents } from './compose-incidents.ts';
import { composeWall } from './compose-wall.ts';
import { createByAddress } from './by-address.ts';
import { createAccessFeature } from './features/access/access-feature.ts';
import { createAuditFeature } from './features/audit/audit-feature.ts';
import { createCallRecorder } from './features/audit/recorded-calls.ts';
import { createCamerasFeature } from './features/cameras/directory.ts';
import { readGivenCameras } from './features/cameras/given-cameras.ts';
import { demoProvince } from './features/cameras/province/demo-province.ts';
import { createHealthFeature } from './features/health/health-feature.ts';
import { createHostFeature } from './features/host/host-feature.ts';
import { createPreferencesFeature } from './features/preferences/preferences-feature.ts';
import { createPtzFeature } from './features/ptz/ptz-feature.ts';
import { createRewindFeature, keptAt } from './features/rewind/rewind-feature.ts';
import { createStillsDoor } from './features/stills/stills-door.ts';
import { createStreamsFeature } from './features/streams/streams-feature.ts';
import { tilesOfCamera } from './features/wall/tiles-of-camera.ts';
import type { WindowWish } from './ports/displays.ts';
import type { Door } from './ports/door.ts';
import type { MetricsText } from './ports/metrics-text.ts';
import type { Program } from './program.ts';
import { createOnvifControls } from './onvif-controls.ts';
import type { ProgramPorts } from './program-ports.ts';
import { createGatewayTap } from './supervision/gateway-tap.ts';
import { tellGatewayCameras } from './tell-gateway-cameras.ts';

/** The program, and what its host may look at. */
export interface ComposedProgram extends Program {
  /** The last report of every window. */
  readonly tiles: Watchable<readonly DisplayTiles[]>;
  /** The windows there should be now; a host opens, moves and closes its own to that. */
  readonly windows: Watchable<readonly WindowWish[]>;
  /** What the tiles of one display (`wall`: a browser on no known display) should show, in their order. */
  shown(displayId: string): readonly { readonly tile: number; readonly camera: string | null }[];
  /** How everything is, for a monitoring program. */
  metrics(): Promise<MetricsText>;
  /** Lines of camera files and commands that were not taken. */
  readonly refused: Watchable<readonly { readonly where: string; readonly reason: string }[]>;
}

/** Builds every feature from its ports. Rejects with words where a camera file cannot be read at all. */
export async function compose(ports: ProgramPorts): Promise<ComposedProgram> {
  const { clock, log, gateway, journal, registry } = ports;
  const { addresses, file } = ports.cameras;
  const given = await readGivenCameras({ camera: addresses, ...(file === null ? {} : { cameras: file }) }, ports.secrets);
  const cameras = createCamerasFeature({
    clock,
    given,
    registry,
    secrets: ports.secrets,
    passwords: ports.passwords,
    tryLogin: ports.tryLogin,
    finder: ports.finder,
    demonstration: { city: demoCity, province: demoProvince },
    log: log.child('cameras'),
  });
  const notRecorded = (error: unknown) => log.error('a viewing was not recorded', reason(error));
  await cameras.ready;
  const about = createCell(aboutWith(ports.about.current(), cameras.head.current()));
  const aboutNow = () => about.set(aboutWith(ports.about.current(), cameras.head.current()));
  const stops = [ports.about.subscribe(aboutNow), cameras.head.subscribe(aboutNow)];

  const streams = createStreamsFeature({
    clock,
    gateway,
    log: log.child('streams'),
    settings: ports.settings,
    processor: ports.processor,
    entry: cameras.entry,
    whenKnown: cameras.whenKnown,
    tilesOf: (session, camera) => tilesOfCamera(wall.states['wall.display'](session).current(), camera),
    record: (viewing) => void journal.append('stream.viewing', viewing).catch(notRecorded),
  });
  const { displays, miniatures, wall, scenes, programmes, stills } = await composeWall({
    ...ports,
    directory: cameras,
    heldElsewhere: (digest) => incidents.holds(digest),
  });
  stops.push(wall.changes.subscribe(() => streams.wallChanged()));
  const rewind = createRewindFeature({
    clock,
    journal,
    log: log.child('rewind'),
    wall: wall.changes,
    displayOf: wall.displayOf,
    keptMs: keptAt(streams.tiles),
    settings: ports.settings.values,
  });
  const preferences = createPreferencesFeature({ registry, log: log.child('preferences') });
  const ptz = createPtzFeature({
    registry,
    vault: ports.vault,
    clock,
    journal,
    log: log.child('ptz'),
    guard: ports.guard,
    ...createOnvifControls({ ...ports, entry: cameras.entry }),
    whenKnown: cameras.whenKnown,
    random: Math.random,
  });
  await Promise.all([scenes.ready, programmes.ready, preferences.ready, stills.ready, ptz.ready]);
  await programmes.resume();
  const { incidents, evidence, attachments } = composeIncidents({
    ...{ ...ports.evidence, vault: ports.vault, journal, registry, clock, log, settings: ports.settings.values },
    ...{ snapshot: ports.incidentSnapshot, isStill: stills.has },
    tiles: streams.tiles,
    sources: gateway.sources,
    tap: createGatewayTap(gateway),
    directory: cameras,
    shownAt: rewind.shownAt,
    setProcedures: (procedures) => ports.settings.update({ procedures }),
  });
  const audit = createAuditFeature({ ...ports.audit, journal, signer: ports.evidence.signer, faults: log.child('audit') });
  const doors: readonly Door[] = [
    ...streams.doors,
    ...miniatures.doors,
    cameras.door,
    ptz.door,
    evidence.door,
    attachments,
    audit.door,
    createStillsDoor({ vault: ports.vault, shelf: stills, log: log.child('stills') }),
  ];
  const host = createHostFeature({
    about,
    kiosk: ports.kiosk,
    settings: ports.settings,
    pins: ports.pins,
    clock,
    log: log.child('host'),
    leave: () => ports.leave(),
    ...ports.saving,
    doors: () => doors,
  });
  const health = createHealthFeature({
    clock,
    tiles: streams.tiles,
    gateway,
    displays: displays.known,
    camera: (id) => cameras.entry(id)?.camera,
    version: ports.about.current().version,
  });
  const features: readonly Pick<Feature<Contract>, 'sessionEnded' | 'close'>[] = [
    audit,
    cameras,
    displays,
    evidence,
    health,
    host,
    incidents,
    miniatures,
    preferences,
    programmes,
    ptz,
    rewind,
    scenes,
    stills,
    streams,
    wall,
  ];

  stops.push(
    tellGatewayCameras(gateway, cameras.entries),
    cameras.entries.subscribe(() => streams.camerasChanged()),
    cameras.entries.subscribe(() => ptz.camerasChanged()),
    gateway.onDevices(() => ptz.camerasChanged()),
  );

  const handlers: Handlers<DeedbanContract> = {
    calls: {
      ...audit.calls,
      ...cameras.calls,
      ...displays.calls,
      ...evidence.calls,
      ...host.calls,
      ...incidents.calls,
      ...preferences.calls,
      ...programmes.calls,
      ...ptz.calls,
      ...rewind.calls,
      ...scenes.calls,
      ...streams.calls,
      ...wall.calls,
    },
    states: {
      ...createAccessFeature().states,
      ...audit.states,
      ...cameras.states,
      ...displays.states,
      ...evidence.states,
      ...host.states,
      ...incidents.states,
      ...preferences.states,
      ...programmes.states,
      ...ptz.states,
      ...rewind.states,
      ...scenes.states,
      ...streams.states,
      ...wall.states,
    },
    events: { ...cameras.events, ...ptz.events, ...streams.events, ...wall.events },
  };
  return {
    tiles: streams.tiles,
    refused: cameras.refused,
    windows: displays.windows,
    shown: wall.shown,
    metrics: health.metrics,
    admit(transport, { windowId, seat, displayId, windowKind }) {
      const session = serveSession(contract, handlers, transport, {
        version: contractVersion,
        session: { id: randomUUID(), seat, displayId, windowKind },
        onAnswered: createCallRecorder(journal, log),
        onFault: (name, error) => log.error('a call failed', { name, ...reason(error) }),
        onEnded: (ended) => {
          for (const feature of features) feature.sessionEnded?.(ended);
        },
      });
      streams.sessionBegan(session, windowId);
      displays.sessionBegan(session);
    },
    byAddress: createByAddress({
      doors,
      sessionOf: streams.sessionOf,
      log,
    }),
    async close() {
      for (const stop of stops) stop();
      for (const feature of features) await feature.close?.();
      ports.guard.close();
      await gateway.close();
    },
  };
}

function reason(error: unknown): { reason: string } {
  return { reason: error instanceof Error ? error.message : String(error) };
}
