import { request } from 'node:http';
import { mkdirSync, readFileSync, statSync, writeFileSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCell } from '../../core/rpc/cell.ts';
import type { SourceFact } from '../../core/streams/source-state.ts';
import type { DisplayTiles } from '../../core/streams/streams.contract.ts';
import { createHealthFeature } from '../../main/features/health/health-feature.ts';
import { type MetricsPage, openMetricsPage } from '../../main/hosts/metrics-page.ts';
import type { GatewayLife } from '../../main/ports/media-gateway.ts';
import { createKnownSecrets } from '../../main/stores/log/known-secrets.ts';
import { cameraOf } from '../cameras/camera-of.ts';
import { createRememberingLog } from '../host/support/remembering-log.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { knownDisplayOf } from './known-display-of.ts';
import { type Sample, parseExposition } from './parse-exposition.ts';
import { tileFactOf } from './tile-fact-of.ts';

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly type: string;
}

async function start(setting: { port: number; tokenFile: string } = { port: 0, tokenFile: 'metrics-token' }) {
  const folder = temporaryFolder();
  const clock = createFakeClock();
  const { log, lines } = createRememberingLog();
  const tiles = createCell<readonly DisplayTiles[]>([]);
  const gateway = {
    life: createCell<GatewayLife>({ state: 'running', sinceUtcMs: 5_000 }),
    sources: createCell<readonly SourceFact[]>([]),
  };
  const cameras = new Map([cameraOf(214), cameraOf(215)].map((camera) => [camera.id as string, camera]));
  const health = createHealthFeature({
    clock,
    tiles,
    gateway,
    displays: createCell([knownDisplayOf('left', 1), knownDisplayOf('right', 2)]),
    camera: (id) => cameras.get(id),
    version: '1.2.3',
  });
  const open = (): Promise<MetricsPage> =>
    openMetricsPage({ setting, dataFolder: folder, clock, log, secrets: createKnownSecrets(), metrics: health.metrics });
  const page = await open();
  onTestFinished(async () => {
    await page.close();
    health.close();
  });
  const token = readFileSync(page.tokenFile, 'utf8').trim();
  const { port } = new URL(page.address);
  /** Asks with the token; `null` leaves a header away. */
  function ask(headers: Record<string, string | null> = {}, method = 'GET', path = '/metrics'): Promise<Answer> {
    const all = { host: `127.0.0.1:${port}`, authorization: `Bearer ${token}`, ...headers };
    return new Promise((resolve, reject) => {
      const asked = request(
        {
          host: '127.0.0.1',
          port,
          method,
          path,
          headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) as Record<string, string>,
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (part: string) => (text += part));
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, text, type: response.headers['content-type'] ?? '' }),
          );
        },
      );
      asked.on('error', reject);
      asked.end();
    });
  }
  const samples = async (): Promise<readonly Sample[]> => parseExposition((await ask()).text);
  return { folder, clock, lines, tiles, gateway, page, token, ask, samples, open };
}

const valueOf = (samples: readonly Sample[], name: string, labels: Record<string, string> = {}) =>
  samples.find((each) => each.name === name && Object.entries(labels).every(([key, value]) => each.labels[key] === value))?.value;

describe('the page of figures', () => {
  it('is told to who has the token, and to nobody else', async () => {
    const { ask, token } = await start();
    expect((await ask()).status).toBe(200);
    expect((await ask()).type).toMatch(/^text\/plain; version=0\.0\.4/);
    for (const authorization of [null, 'Bearer', 'Bearer wrong', `Basic ${token}`, `Bearer ${token}x`, token]) {
      const { status, text } = await ask({ authorization });
      expect({ authorization, status }).toEqual({ authorization, status: 401 });
      expect(text).not.toContain('deedban_');
    }
    expect((await ask({ authorization: null }, 'GET', `/metrics?token=${token}`)).status).toBe(401);
  });

  it('does not answer to a foreign name, to a web page, or to anything but GET of it', async () => {
    const { ask } = await start();
    expect((await ask({ host: 'wall.example:9477' })).status).toBe(421);
    expect((await ask({ origin: 'http://127.0.0.1' })).status).toBe(403);
    expect((await ask({}, 'POST')).status).toBe(405);
    expect((await ask({}, 'HEAD')).status).toBe(405);
    expect((await ask({}, 'GET', '/')).status).toBe(404);
  });

  it('is slow for who guesses, and goes on for who knows', async () => {
    const { ask, clock } = await start();
    for (let n = 0; n < 10; n++) expect((await ask({ authorization: 'Bearer guess' })).status).toBe(401);
    expect((await ask({ authorization: 'Bearer guess' })).status).toBe(429);
    expect((await ask()).status).toBe(200);
    clock.pass(60_001);
    expect((await ask({ authorization: 'Bearer guess' })).status).toBe(401);
  });

  it('is not read more often than once a second over a minute', async () => {
    const { ask } = await start();
    for (let n = 0; n < 60; n++) await ask();
    expect((await ask()).status).toBe(429);
  });

  it('keeps its token in a file for this user alone, over restarts, and out of the log', async () => {
    const { page, token, lines, open } = await start();
    expect(token).toMatch(/^[\w-]{43}$/);
    if (process.platform !== 'win32') expect(statSync(page.tokenFile).mode & 0o777).toBe(0o600);
    chmodSync(page.tokenFile, 0o644);
    const again = await open();
    await again.close();
    expect(readFileSync(page.tokenFile, 'utf8').trim()).toBe(token);
    if (process.platform !== 'win32') expect(statSync(page.tokenFile).mode & 0o777).toBe(0o600);
    expect(lines.join('\n')).not.toContain(token);
    expect(page.address).not.toContain(token);
  });

  it('says in words why it cannot be: a damaged token file, a port that is taken', async () => {
    const { page, open } = await start();
    const taken = Number(new URL(page.address).port);
    await expect(start({ port: taken, tokenFile: 'metrics-token' })).rejects.toThrow(/^Port \d+ cannot be used for the metrics/);
    writeFileSync(page.tokenFile, 'short\n');
    await expect(open()).rejects.toThrow(/holds no token of 32 to 512 characters\. Remove it/);
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'a-folder'));
    await expect(start({ port: 0, tokenFile: join(folder, 'a-folder') })).rejects.toThrow(/cannot be used/);
  });
});

describe('the figures', () => {
  it('say what was stepped down, and why', async () => {
    const { samples, tiles } = await start();
    const quality = { gait: 'keys', reason: 'decode' } as const;
    const small = { gait: 'full', reason: 'small' } as const;
    tiles.set([{ displayId: 'left', tiles: [tileFactOf(1_000, { quality }), tileFactOf(1_000, { tile: 1, quality: small })] }]);
    expect((await samples()).filter(({ name }) => name === 'deedban_tile_stepped_down')).toMatchObject([
      { labels: { tile: '1', gait: 'keys', reason: 'decode' }, value: 1 },
    ]);
  });

  it('say how large a picture is, and what decodes it only where that is known, and from where', async () => {
    const { samples, tiles } = await start();
    const known = tileFactOf(1_000, { width: 960, height: 540 });
    const unknown = tileFactOf(1_000, { tile: 1, width: 0, decoder: 'unknown', decoderSource: 'none' });
    tiles.set([{ displayId: 'left', tiles: [known, unknown] }]);
    const told = await samples();
    const labels = { display: '1', tile: '1', camera: 'unknown' };
    expect(told.filter(({ name }) => name === 'deedban_tile_decoder')).toEqual([
      { name: 'deedban_tile_decoder', labels: { ...labels, decoder: 'software', source: 'media-capabilities' }, value: 1 },
    ]);
    expect(told.filter(({ name }) => name === 'deedban_tile_width_pixels')).toEqual([
      { name: 'deedban_tile_width_pixels', labels, value: 960 },
    ]);
  });

  it('name cameras, displays and tiles by the numbers people say, and no place or person', async () => {
    const { samples, tiles } = await start();
    const measures = { packets: 900, dropped: 2, decodeMs: 1_500, jitterMs: 4, travelMs: 80 };
    tiles.set([
      {
        displayId: 'left',
        tiles: [tileFactOf(1_000, { camera: 'c-214', tile: 4, frames: 300, bytes: 50_000, packetsLost: 3, measures })],
      },
      { displayId: 'right', tiles: [tileFactOf(1_000, { camera: 'c-215' })] },
    ]);
    const told = await samples();
    const labels = { display: '1', tile: '5', camera: '214' };
    expect(valueOf(told, 'deedban_tile_frames_total', labels)).toBe(300);
    expect(valueOf(told, 'deedban_tile_received_bytes_total', labels)).toBe(50_000);
    expect(valueOf(told, 'deedban_tile_lost_packets_total', labels)).toBe(3);
    expect(valueOf(told, 'deedban_tile_decode_seconds_total', labels)).toBe(1.5);
    expect(valueOf(told, 'deedban_tile_travel_seconds', labels)).toBe(0.08);
    expect(valueOf(told, 'deedban_tile_live', { display: '2', camera: '215' })).toBe(1);
    const names = new Set(told.flatMap((sample) => Object.keys(sample.labels)));
    expect([...names].sort()).toEqual(['camera', 'decoder', 'display', 'hop', 'source', 'state', 'tile', 'verdict', 'version']);
  });

  it('say what a dead tile says, and forget it when the tile is gone', async () => {
    const { samples, tiles } = await start();
    const dead = tileFactOf(1_000, { camera: 'c-214', state: 'retrying', verdict: { word: 'lost', hop: 'camera' } });
    tiles.set([{ displayId: 'left', tiles: [dead] }]);
    const labels = { display: '1', tile: '1', camera: '214' };
    expect(valueOf(await samples(), 'deedban_tile_verdict', { ...labels, verdict: 'lost', hop: 'camera' })).toBe(1);
    expect(valueOf(await samples(), 'deedban_tile_live', labels)).toBe(0);
    tiles.set([{ displayId: 'left', tiles: [tileFactOf(2_000, { camera: 'c-214' })] }]);
    expect((await samples()).filter(({ name }) => name === 'deedban_tile_verdict')).toEqual([
      { name: 'deedban_tile_verdict', labels: { ...labels, verdict: 'live', hop: '' }, value: 1 },
    ]);
    tiles.set([]);
    expect((await samples()).filter(({ name }) => name.startsWith('deedban_tile_'))).toEqual([]);
  });

  it('tell of the gateway, its cameras, and how old a report is', async () => {
    const { samples, tiles, gateway, clock } = await start();
    tiles.set([{ displayId: 'left', tiles: [] }]);
    clock.pass(4_000);
    gateway.life.set({ state: 'down', sinceUtcMs: 7_000, retryInMs: 100 });
    const stream = { camera: cameraOf(215).id, stream: 'sub' as const };
    gateway.sources.set([{ ...stream, source: { state: 'lost', sinceUtcMs: 0, why: 'camera-unreachable' } }]);
    const told = await samples();
    expect(valueOf(told, 'deedban_gateway_up')).toBe(0);
    expect(valueOf(told, 'deedban_sources', { state: 'lost' })).toBe(1);
    expect(valueOf(told, 'deedban_source_live', { camera: '215', stream: 'sub' })).toBe(0);
    expect(valueOf(told, 'deedban_display_report_age_seconds', { display: '1' })).toBe(4);
    expect(valueOf(told, 'process_resident_memory_bytes')).toBeGreaterThan(1e6);
    expect(valueOf(told, 'deedban_build_info', { version: '1.2.3' })).toBe(1);
  });

  it('stay few, whatever windows report', async () => {
    const { samples, tiles } = await start();
    const many = Array.from({ length: 256 }, (_, tile) => tileFactOf(1_000, { tile }));
    tiles.set(['left', 'right', 'nobody', 'knows'].map((displayId) => ({ displayId, tiles: many })));
    const told = await samples();
    // 64 tiles on each of two displays, and on what stands on none.
    expect(told.filter(({ name }) => name === 'deedban_tile_live')).toHaveLength(3 * 64);
  });
});
