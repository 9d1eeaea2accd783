import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { createCell } from '../../core/rpc/cell.ts';
import type { Session } from '../../core/rpc/handlers.ts';
import { createViewings } from '../../main/features/streams/viewings.ts';
import { createStreamsFeature, type ViewingRecord } from '../../main/features/streams/streams-feature.ts';
import { defaultSettings } from '../../main/ports/settings.ts';
import { tilesOfCamera } from '../../main/features/wall/tiles-of-camera.ts';
import { cameraOne, gatewayAt } from '../streams/front-door-set-up.ts';
import { closeServers, listen } from '../streams/upstream-server.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { collectLog } from '../stores/temporary-folder.ts';
import { seatOf } from '../incidents/incident-set-up.ts';
import { wall } from '../wall/sample-wall.ts';

afterEach(closeServers);

it('a viewing says which seat had which camera, on which tiles, from its opening to its end', async () => {
  const base = await listen((request, response) => {
    const head = { 'content-type': 'application/sdp', location: '/session/7' };
    response.writeHead(request.method === 'POST' ? 201 : 204, head).end('v=0 answer');
  });
  const clock = createFakeClock();
  const told: ViewingRecord[] = [];
  const session: Session = {
    id: 's',
    seat: seatOf(7),
    displayId: 'left',
    windowKind: 'wall',
    ended: new AbortController().signal,
  };
  const streams = createStreamsFeature({
    clock,
    gateway: gatewayAt(null),
    settings: { values: createCell(defaultSettings), update: async () => {} },
    log: collectLog(),
    entry: () => ({ camera: cameraOne, addresses: { main: { scheme: 'http', url: `${base}/whep`, credentials: null } } }),
    record: (viewing) => told.push(viewing),
    tilesOf: (_session, camera) => (camera === 'cam-1' && told.length === 0 ? [{ displayId: 'left', tile: 2 }] : []),
  });
  onTestFinished(() => streams.close?.());
  const openedUtcMs = clock.utcMs();
  streams.sessionBegan(session, 'w1');
  const [whep] = streams.doors;
  const headers = { 'content-type': 'application/sdp' };
  const opened = await whep?.handle(
    new Request('http://127.0.0.1:1/whep/cam-1/main', { method: 'POST', headers, body: 'v=0' }),
    session,
  );
  expect(opened?.status).toBe(201);
  // The window goes away without a word.
  streams.sessionEnded?.(session);
  clock.pass(15_000);
  const viewing = { camera: 'cam-1', stream: 'main', window: 'w1', seat: 'seat 7 (not signed in)', windowKind: 'wall' };
  expect(told).toMatchObject([
    { what: 'opened', ...viewing, tiles: [{ displayId: 'left', tile: 2 }], sinceUtcMs: null },
    { what: 'closed', ...viewing, tiles: [{ displayId: 'left', tile: 2 }], sinceUtcMs: openedUtcMs },
  ]);
});

describe('what is watched', () => {
  it('says that its camera is in another tile now, and at its end where it was last', () => {
    const viewings = createViewings();
    const at = (tile: number, utcMs: number) => ({ viewer: null, tiles: [{ displayId: 'left', tile }], utcMs });
    viewings.opened('s cam-1 main', at(2, 1_000));
    expect(viewings.look(() => [{ displayId: 'left', tile: 2 }])).toEqual([]);
    expect(viewings.look(() => [{ displayId: 'left', tile: 5 }])).toEqual(['s cam-1 main']);
    expect(viewings.look(() => [])).toEqual([]);
    expect(viewings.closed('s cam-1 main', at(9, 3_000))).toMatchObject({
      ...{ sinceUtcMs: 1_000, utcMs: 3_000, tiles: [{ displayId: 'left', tile: 5 }] },
    });
  });
});

it('the tiles of a camera are all those that show it', () => {
  const left = wall.get('left');
  if (!left) throw new Error('no display');
  expect(tilesOfCamera(left, 'c1')).toEqual([{ displayId: 'left', tile: 1 }]);
  expect(tilesOfCamera(left, 'c5')).toEqual([]);
});
