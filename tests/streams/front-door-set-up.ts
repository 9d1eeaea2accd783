import { type CameraEntry, cameraSchema, type StreamAddress } from '../../core/cameras/camera.ts';
import { createCell } from '../../core/rpc/cell.ts';
import { createFrontDoor } from '../../main/features/streams/front-door.ts';
import { createMediaSessions, type MediaSession } from '../../main/features/streams/media-sessions.ts';
import { createRefusals } from '../../main/features/streams/refusals.ts';
import { createWays } from '../../main/features/streams/ways.ts';
import type { MediaGateway } from '../../main/ports/media-gateway.ts';
import { createFakeClock } from '../support/fake-clock.ts';

export const cameraOne = cameraSchema.parse({
  id: 'cam-1',
  number: 1,
  name: 'Gate',
  district: '',
  site: '',
  position: null,
  kind: 'fixed',
  streams: ['main'],
  simulated: false,
});

/** A front door with one camera behind it, and what it told. */
export function setUp(address: StreamAddress, gatewayUrl: string | null = null) {
  const clock = createFakeClock();
  const camera = cameraOne;
  const entry: CameraEntry = { camera, addresses: { main: address } };
  const gateway = gatewayAt(gatewayUrl);
  const ended: MediaSession[] = [];
  const sessions = createMediaSessions(clock, (session) => ended.push(session));
  const seen: string[] = [];
  const refusals = createRefusals(clock);
  const entryOf = (id: string) => (id === camera.id ? entry : undefined);
  const door = createFrontDoor({
    clock,
    ways: createWays({ clock, random: () => 0, entry: entryOf, tell() {} }),
    refusals,
    gateway,
    sessions,
    entry: entryOf,
    opened: (session, { camera: id }) => seen.push(`opened ${id} by ${session.windowId}`),
    closed: (session, { camera: id }) => seen.push(`closed ${id} by ${session.windowId}`),
  });
  interface Asked {
    readonly method?: string;
    readonly type?: string;
    readonly body?: string;
    readonly signal?: AbortSignal;
  }
  const ask = (path: string, asked: Asked = {}, windowId = 'w1') => {
    const { method = 'POST', type = 'application/sdp', body = 'v=0', signal = null } = asked;
    const request = new Request(`http://127.0.0.1:1${path}`, {
      method,
      headers: { 'content-type': type },
      signal,
      ...(method === 'DELETE' ? {} : { body }),
    });
    return door.handle(request, windowId);
  };
  return { clock, sessions, ended, seen, ask, refusals };
}

/** A gateway at an address; null: it is not there yet. */
export function gatewayAt(url: string | null): MediaGateway {
  return {
    life: createCell({ state: 'running', sinceUtcMs: 0 } as const),
    sources: createCell([]),
    endpoint: () => (url === null ? null : { url, token: 'gateway-token' }),
    setCameras: () => {},
    onViewer: () => () => {},
    simulatedDevice: () => null,
    onDevices: () => () => {},
    dropViewer: async () => {},
    close: async () => {},
  };
}
