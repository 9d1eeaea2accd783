import { fork } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../main/ports/clock.ts';
import type { Log } from '../../main/ports/log.ts';
import type { MediaGateway, ViewerNotice } from '../../main/ports/media-gateway.ts';
import { createEmbeddedGateway } from '../../main/supervision/embedded-gateway.ts';
import { type GatewayCard, gatewayCardSchema } from '../../main/supervision/gateway-card.ts';
import { createNodeGatewaySpawner } from '../../main/supervision/node-gateway-process.ts';
import { createFeed, type Feed } from './support/feed.ts';
import { plainOffer } from './support/offer.ts';
import { record } from './support/recording.ts';
import { gatewayEntry } from './support/running-gateway.ts';
import { until } from '../support/until.ts';

const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };
let camera: Feed;
let runDir: string;
const pids = new Set<number>();
const closers: (() => void | Promise<void>)[] = [];

beforeAll(async () => {
  camera = await createFeed(await record({ seconds: 1, keyEverySeconds: 1 }));
});
afterAll(() => camera.close());
beforeEach(async () => {
  runDir = await mkdtemp(join(tmpdir(), 'deedban-run-'));
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  await until('no gateway process is left', () => [...pids].every((pid) => !isAlive(pid)));
  pids.clear();
  await rm(runDir, { recursive: true, force: true });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function supervise(): MediaGateway {
  const spawn = createNodeGatewaySpawner(gatewayEntry);
  const gateway = createEmbeddedGateway({ clock: systemClock, log: silent, spawn, runDir, ffmpegPath: null });
  closers.push(() => gateway.close());
  gateway.setCameras([{ id: 'cam', addresses: { main: camera.address } }]);
  return gateway;
}

async function card(): Promise<GatewayCard> {
  const read = gatewayCardSchema.parse(JSON.parse(await readFile(join(runDir, 'gateway.json'), 'utf8')));
  pids.add(read.pid);
  return read;
}

async function runs(gateway: MediaGateway): Promise<GatewayCard> {
  await until('the gateway runs', () => gateway.life.current().state === 'running');
  return card();
}

async function open(gateway: MediaGateway): Promise<number> {
  const endpoint = gateway.endpoint();
  if (endpoint === null) return 0;
  const headers = { Authorization: `Bearer ${endpoint.token}`, 'Content-Type': 'application/sdp' };
  return (await fetch(`${endpoint.url}/cam/main`, { method: 'POST', headers, body: plainOffer })).status;
}

describe('the supervisor of the embedded gateway', () => {
  it('runs a gateway that serves, and leaves nothing behind when closed', async () => {
    const gateway = supervise();
    const notices: ViewerNotice[] = [];
    gateway.onViewer((notice) => notices.push(notice));
    const { pid } = await runs(gateway);
    expect(await open(gateway)).toBe(201);
    await until(
      'source and viewer are told',
      () => notices.length === 1 && gateway.sources.current()[0]?.source.state === 'live',
    );
    expect(gateway.sources.current()).toMatchObject([{ camera: 'cam', stream: 'main' }]);
    await gateway.dropViewer(notices[0]?.viewerId ?? '');
    expect(notices.map(({ what }) => what)).toEqual(['opened', 'closed']);
    await expect(gateway.dropViewer('nobody')).rejects.toMatchObject({ code: 'not-found' });
    await gateway.close();
    expect(isAlive(pid)).toBe(false);
    expect(await readdir(runDir)).toEqual([]);
    await expect(gateway.dropViewer('nobody')).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('puts no secret where another user could read it', async () => {
    const { pid, token, controlKey } = await runs(supervise());
    const [words, environment] = await Promise.all([
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
      readFile(`/proc/${pid}/environ`, 'utf8'),
    ]);
    expect(words).toContain('gateway-entry.ts');
    for (const secret of [token, controlKey]) expect(words + environment).not.toContain(secret);
    expect((await stat(join(runDir, 'gateway.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(runDir)).mode & 0o777).toBe(0o700);
  });

  it('starts another gateway when it is killed, and tells it the cameras', async () => {
    const gateway = supervise();
    const first = await runs(gateway);
    expect(await open(gateway)).toBe(201);
    const notices: ViewerNotice[] = [];
    gateway.onViewer((notice) => notices.push(notice));
    process.kill(first.pid, 'SIGKILL');
    await until('it is down', () => gateway.life.current().state === 'down');
    expect(gateway.endpoint()).toBeNull();
    expect([gateway.sources.current(), notices.map(({ what }) => what)]).toEqual([[], ['closed']]);
    const second = await runs(gateway);
    expect(second.pid).not.toBe(first.pid);
    expect(await open(gateway)).toBe(201);
  });

  it('replaces a gateway that hangs', async () => {
    const gateway = supervise();
    const first = await runs(gateway);
    process.kill(first.pid, 'SIGSTOP');
    await until('the hanging one is gone', () => !isAlive(first.pid));
    // It may be gone before its supervisor was told.
    await until('another one runs', async () => gateway.life.current().state === 'running' && (await card()).pid !== first.pid);
    expect(await open(gateway)).toBe(201);
  });

  it('takes over the gateway of a main that was killed, with its sessions and sources', async () => {
    const entry = fileURLToPath(new URL('./support/main-entry.ts', import.meta.url));
    const main = fork(entry, [runDir, gatewayEntry], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
    const said: string[] = [];
    main.stdout?.on('data', (data: Buffer) => said.push(data.toString()));
    const ended = new Promise((resolve) => main.once('exit', resolve));
    main.send([{ id: 'cam', addresses: { main: camera.address } }]);
    await until('the first main has a gateway', () => said.join('').includes('running'));
    const first = await card();
    const headers = { Authorization: `Bearer ${first.token}`, 'Content-Type': 'application/sdp' };
    let status = 0;
    await until('it has the camera', async () => {
      status = (await fetch(`${first.whepUrl}/cam/main`, { method: 'POST', headers, body: plainOffer })).status;
      return status === 201;
    });
    const connections = camera.opened();
    main.kill('SIGKILL');
    await ended;
    expect(isAlive(first.pid)).toBe(true);
    const notices: ViewerNotice[] = [];
    const gateway = supervise();
    gateway.onViewer((notice) => notices.push(notice));
    expect((await runs(gateway)).pid).toBe(first.pid);
    expect(notices).toMatchObject([{ shows: { camera: 'cam', stream: 'main' }, what: 'opened' }]);
    await until('the source is told', () => gateway.sources.current()[0]?.source.state === 'live');
    expect(camera.opened()).toBe(connections);
    await gateway.close();
    expect(isAlive(first.pid)).toBe(false);
  });

  it('is not misled by what a dead gateway left behind', async () => {
    const first = supervise();
    const dead = await runs(first);
    await first.close();
    const { writeGatewayCard } = await import('../../main/supervision/gateway-card.ts');
    // The number now belongs to this very process: killing it would end the test.
    await writeGatewayCard(runDir, { ...dead, pid: process.pid });
    const gateway = supervise();
    await until('another one runs', () => gateway.life.current().state === 'running');
    expect((await card()).pid).not.toBe(process.pid);
  });
});
