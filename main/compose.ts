import { randomUUID } from 'node:crypto';
import { contract, contractVersion, type DeedbanContract } from '../core/contract.ts';
import type { HostAbout } from '../core/host/host.contract.ts';
import type { CameraEntry } from '../core/cameras/camera.ts';
import { demoCity } from '../core/cameras/demo-city.ts';
import { createCell, type Watchable } from '../core/rpc/cell.ts';
import type { Handlers } from '../core/rpc/handlers.ts';
import { serveSession } from '../core/rpc/server.ts';
import { createAccessFeature } from './features/access/access-feature.ts';
import { createCamerasFeature } from './features/cameras/directory.ts';
import { readGivenCameras } from './features/cameras/given-cameras.ts';
import { createHostFeature } from './features/host/host-feature.ts';
import { createStreamsFeature, type DisplayTiles } from './features/streams/streams-feature.ts';
import { createWallFeature } from './features/wall/wall-feature.ts';
import type { Clock } from './ports/clock.ts';
import type { Displays } from './ports/displays.ts';
import type { Journal } from './ports/journal.ts';
import type { KnownSecrets } from './ports/known-secrets.ts';
import type { Log } from './ports/log.ts';
import type { MediaGateway } from './ports/media-gateway.ts';
import type { Registry } from './ports/registry.ts';
import type { Program } from './program.ts';

export interface ProgramPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly registry: Registry;
  readonly journal: Journal;
  readonly secrets: KnownSecrets;
  readonly gateway: MediaGateway;
  readonly displays: Displays;
  readonly about: Watchable<HostAbout>;
  /** Ends the program in order. */
  leave(): void;
  /** What the command line says of the cameras of this run. */
  readonly cameras: { readonly addresses: readonly string[]; readonly file: string | null };
  readonly tiles: number | null;
}

/** The program, and what its host may look at. */
export interface ComposedProgram extends Program {
  /** The last report of every window. */
  readonly tiles: Watchable<readonly DisplayTiles[]>;
  /** The cameras on the wall of one display (`wall`: all), in the order of their tiles. */
  shown(displayId: string): readonly { readonly tile: number; readonly camera: string | null }[];
  /** Lines of camera files and commands that were not taken. */
  readonly refused: Watchable<readonly { readonly where: string; readonly reason: string }[]>;
}

/** Builds every feature from its ports. Rejects with words where a camera file cannot be read at all. */
export async function compose(ports: ProgramPorts): Promise<ComposedProgram> {
  const { clock, log, gateway, journal } = ports;
  const { addresses, file } = ports.cameras;
  const given = await readGivenCameras({ camera: addresses, ...(file === null ? {} : { cameras: file }) }, ports.secrets);
  const cameras = createCamerasFeature({ given, registry: ports.registry, demonstration: demoCity(), log: log.child('cameras') });
  await cameras.ready;
  const aboutNow = () => aboutWith(ports.about.current(), cameras.entries.current());
  const about = createCell(aboutNow());
  const stops = [ports.about.subscribe(() => about.set(aboutNow())), cameras.entries.subscribe(() => about.set(aboutNow()))];

  const streams = createStreamsFeature({
    clock,
    log: log.child('streams'),
    gateway,
    entries: cameras.entries,
    record: (viewing) => {
      journal.append('stream.viewing', viewing).catch((error: unknown) => log.error('a viewing was not recorded', reason(error)));
    },
  });
  const wall = createWallFeature({ cameras: cameras.directory, displays: ports.displays, tiles: ports.tiles });
  const access = createAccessFeature();
  const host = createHostFeature({ about, leave: () => ports.leave() });
  const features = [access, cameras, host, streams, wall] as const;

  const tellGateway = () =>
    gateway.setCameras(
      cameras.entries
        .current()
        .map(({ camera, addresses }) => ({ id: camera.id, addresses }))
        .filter(({ addresses }) => Object.values(addresses).some(({ scheme }) => scheme !== 'http' && scheme !== 'https')),
    );
  tellGateway();
  stops.push(cameras.entries.subscribe(tellGateway));

  const handlers: Handlers<DeedbanContract> = {
    calls: { ...host.calls, ...streams.calls },
    states: { ...access.states, ...cameras.states, ...host.states, ...streams.states, ...wall.states },
    events: {},
  };
  return {
    tiles: streams.tiles,
    refused: cameras.refused,
    shown: (displayId) => wall.display(displayId).tiles.map(({ camera }, tile) => ({ tile, camera })),
    admit(transport, { windowId, seat, displayId }) {
      const session = serveSession(contract, handlers, transport, {
        version: contractVersion,
        session: { id: randomUUID(), seat, displayId },
        onFault: (name, error) => log.error('a call failed', { name, ...reason(error) }),
        onEnded: (ended) => {
          for (const feature of features) feature.sessionEnded?.(ended);
        },
      });
      streams.sessionBegan(session, windowId);
    },
    whep: (request, windowIds) => streams.whep(request, windowIds),
    async close() {
      for (const stop of stops) stop();
      for (const feature of features) await feature.close?.();
      await gateway.close();
    },
  };
}

function aboutWith(about: HostAbout, entries: readonly CameraEntry[]): HostAbout {
  const demonstration = entries.some(({ camera }) => camera.simulated);
  return demonstration ? { ...about, notices: [...about.notices, 'demonstration'] } : about;
}

function reason(error: unknown): { reason: string } {
  return { reason: error instanceof Error ? error.message : String(error) };
}
