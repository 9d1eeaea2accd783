import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { demoCity } from '../../core/cameras/demo-city.ts';
import { createPtzFeature } from '../../main/features/ptz/ptz-feature.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { openFileVault } from '../../main/stores/files/file-vault.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { createOnvifControls } from '../../main/onvif-controls.ts';
import { createEmbeddedGateway } from '../../main/supervision/embedded-gateway.ts';
import { gatewayCardSchema } from '../../main/supervision/gateway-card.ts';
import { createNodeGatewaySpawner } from '../../main/supervision/node-gateway-process.ts';
import { createNodeGuardSpawner } from '../../main/supervision/guard-child.ts';
import { createPtzGuardClient } from '../../main/supervision/ptz-guard-client.ts';
import { collectLog } from '../stores/temporary-folder.ts';
import { until } from '../support/until.ts';
import { cameraId, window } from './ptz-set-up.ts';

const clock = systemClock;
const fromSources = (path: string) => fileURLToPath(new URL(`../../main/${path}`, import.meta.url));
const camera = cameraId('demo-103');

/** Gateway, guard and feature as the program joins them, each a process of its own where it is one. */
async function start() {
  const folder = await mkdtemp(join(tmpdir(), 'deedban-ptz-'));
  const runDir = join(folder, 'run');
  const log = collectLog();
  const gateway = createEmbeddedGateway({
    clock,
    log,
    spawn: createNodeGatewaySpawner(fromSources('gateway/entry.ts')),
    runDir,
    ffmpegPath: null,
  });
  const stores = openSqliteStores(folder, clock);
  const guard = createPtzGuardClient({ clock, log, spawn: createNodeGuardSpawner(fromSources('ptz-guard/entry.ts')) });
  const ptz = createPtzFeature({
    clock,
    log,
    guard,
    journal: stores.journal,
    registry: stores.registry,
    vault: await openFileVault(folder),
    random: Math.random,
    whenKnown: () => Promise.resolve(),
    ...createOnvifControls({
      clock,
      gateway,
      guard,
      secrets: { add: () => {}, addCredentials: () => {} },
      entry: () => undefined,
    }),
  });
  const stopDevices = gateway.onDevices(() => ptz.camerasChanged());
  onTestFinished(async () => {
    stopDevices();
    await ptz.close?.();
    guard.close();
    await gateway.close();
    stores.close();
    await rm(folder, { recursive: true, force: true });
  });
  await ptz.ready;
  gateway.setCameras(demoCity().map(({ camera: { id }, addresses }) => ({ id, addresses })));
  await until('the city can be steered', () => gateway.simulatedDevice(camera));
  const me = window(1);
  const look = async () => (await ptz.calls['ptz.position']({ camera }, me)).position;
  return { ptz, gateway, me, look, runDir };
}

it('a camera of the demonstration city is steered through the whole way, and stands when its window is gone', async () => {
  const { ptz, me, look } = await start();
  expect(await ptz.calls['ptz.read']({ camera }, me)).toEqual({ refusal: null, heldBy: null });
  expect(ptz.states['ptz.abilities'](me.session).current()).toMatchObject([{ camera, state: 'known' }]);
  expect((await ptz.calls['ptz.presets']({ camera }, me)).presets.map(({ name }) => name)).toEqual(['middle', 'left', 'right']);
  await ptz.calls['ptz.move']({ camera, velocity: { pan: 0.5, tilt: 0, zoom: 0 } }, me);
  await until('it has turned', async () => ((await look())?.pan ?? 0) > 0.01);
  me.end.abort();
  ptz.sessionEnded?.(me.session);
  await until('it is at rest', () => ptz.states['ptz.leases'](me.session).current().length === 0);
  await until('it stands', async () => {
    const before = await look();
    return before !== null && (await look())?.pan === before.pan;
  });
});

type City = Awaited<ReturnType<typeof start>>;

/** Kills the gateway; resolves when it is gone, with what waits until another one has the camera at another address. */
async function killGateway({ gateway, runDir }: City): Promise<() => Promise<unknown>> {
  const before = gateway.simulatedDevice(camera)?.url;
  const { pid } = gatewayCardSchema.parse(JSON.parse(await readFile(join(runDir, 'gateway.json'), 'utf8')));
  process.kill(pid, 'SIGKILL');
  await until('it is gone', () => gateway.simulatedDevice(camera)?.url !== before);
  return () =>
    until('another gateway has other devices', () => {
      const { url } = gateway.simulatedDevice(camera) ?? {};
      return url !== undefined && url !== before;
    });
}

it('cameras of the city are steered again when the gateway was killed', async () => {
  const city = await start();
  await city.ptz.calls['ptz.read']({ camera }, city.me);
  const another = await killGateway(city);
  await another();
  await until('it answers', city.look);
});

it('a Stop that a camera owed when the gateway was killed is sent to its new address, and what was said of it goes', async () => {
  const city = await start();
  const { ptz, me } = city;
  await ptz.calls['ptz.read']({ camera }, me);
  await ptz.calls['ptz.move']({ camera, velocity: { pan: 0.2, tilt: 0, zoom: 0 } }, me);
  const said: string[] = [];
  const troubles = ptz.states['ptz.troubles'](me.session);
  troubles.subscribe((all) => said.push(...all.map(({ problem }) => problem)));
  const another = await killGateway(city);
  await ptz.calls['ptz.stop']({ camera }, me);
  await another();
  await until('its Stop was acknowledged', () => ptz.states['ptz.leases'](me.session).current()[0]?.moving !== true);
  await until('nothing is wrong with it', () => troubles.current().length === 0);
  expect(said).toContain('may-be-moving');
}, 60_000);
