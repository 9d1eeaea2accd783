import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { startFootageCameras } from '../../support/footage/footage-cameras.ts';
import { until } from '../../support/until.ts';
import { serveBarePage } from '../bare-server.ts';
import type { Story } from '../bench.ts';
import { openBenchBrowser } from '../bench-browser.ts';
import { type BenchWall, openBenchWall } from '../bench-wall.ts';
import { coresUsed } from '../process-tree.ts';
import { pairedResult, soleResult } from '../result.ts';

const tiles = 16;
const settleMs = 6_000;

interface Measured {
  readonly cores: number;
  /** Pictures a second and tile. */
  readonly fps: number;
}

/** What `of` counts, tile by tile, over the same time as the processor is measured. */
async function measured(pid: number, of: () => Promise<number[]>, seconds: number): Promise<Measured> {
  const before = await of();
  const startMs = performance.now();
  const cores = await coresUsed(pid, seconds);
  const after = await of();
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  return { cores, fps: (sum(after) - sum(before)) / tiles / ((performance.now() - startMs) / 1_000) };
}

const countsSchema = z.array(z.number());
const ourFrames = `[...document.querySelectorAll('[data-tile] video')].map((video) => video.getVideoPlaybackQuality().totalVideoFrames)`;

async function ours(wall: BenchWall, seconds: number): Promise<Measured> {
  const { page, pid, close } = await openBenchBrowser(wall.address());
  try {
    await until(
      'every tile shows its small stream',
      () => wall.facts().length === tiles && wall.facts().every(({ state, stream }) => state === 'live' && stream === 'sub'),
      90_000,
    );
    await page.waitForTimeout(settleMs);
    return await measured(pid, async () => countsSchema.parse(await page.evaluate(ourFrames)), seconds);
  } finally {
    await close();
    await until('our wall is closed', () => wall.facts().length === 0);
  }
}

async function bare(address: string, seconds: number): Promise<Measured> {
  const { page, pid, close } = await openBenchBrowser(address);
  const frames = async () => countsSchema.parse(await page.evaluate('bareFrames()'));
  try {
    await until(
      'the bare page shows pictures',
      async () => {
        const counts = await frames().catch(() => []);
        return counts.length === tiles && counts.every((count) => count > 0);
      },
      90_000,
    );
    await page.waitForTimeout(settleMs);
    return await measured(pid, frames, seconds);
  } finally {
    await close();
  }
}

/** What it saves to show a tile the stream that it needs. */
export const ladder: Story = {
  name: 'ladder',
  about:
    '16 tiles of cameras with a 1080p main and a 360p sub stream: CPU against a bare page that plays main (which saturates two cores and leaves pictures out, so its CPU is no more than there is: the cost of a picture shown is printed beside it)',
  async run({ quick, progress }) {
    const folder = await mkdtemp(join(tmpdir(), 'deedban-bench-'));
    const cameras = await startFootageCameras(['1080p']);
    const file = join(folder, 'cameras.csv');
    const rows = Array.from({ length: tiles }, (_, at) =>
      [
        ...[`camera-${at + 1}`, at + 1, `Camera ${at + 1}`, 'Peshawar', 'Gate', '', '', 'fixed'],
        ...[cameras.url(at, '1080p'), cameras.url(at)],
      ].join(','),
    );
    await writeFile(file, `${['id,number,name,district,site,lat,lon,kind,main,sub', ...rows].join('\n')}\n`);
    const wall = await openBenchWall({ cameraFile: file, tiles });
    const page = await serveBarePage(() => wall.running.services.gateway.endpoint());
    const pairs: { ours: Measured; bare: Measured }[] = [];
    const seconds = quick ? 5 : 15;
    try {
      await until('the wall knows its cameras', () => wall.cameras().length === tiles);
      for (let pair = 0; pair < (quick ? 3 : 7); pair += 1) {
        const first = pair % 2 === 0 ? await ours(wall, seconds) : null;
        const other = await bare(page.address(wall.cameras()), seconds);
        const own = first ?? (await ours(wall, seconds));
        pairs.push({ ours: own, bare: other });
        const said = ({ cores, fps }: Measured) => `${cores.toFixed(3)} cores at ${fps.toFixed(1)} fps`;
        progress(`pair ${pair + 1}: ours ${said(own)}; bare ${said(other)}`);
      }
    } finally {
      await page.close();
      await wall.running.close();
      await cameras.close();
      await rm(folder, { recursive: true, force: true });
    }
    const paired = (name: string, unit: string, of: (one: Measured) => number, budget: number | null) =>
      pairedResult(
        name,
        unit,
        pairs.map((pair) => ({ ours: of(pair.ours), baseline: of(pair.bare) })),
        budget,
      );
    return [
      paired('browser CPU, 360p sub against 1080p main', 'cores', ({ cores }) => cores, 0.25),
      paired(
        'the same for each picture that was shown',
        'ms',
        ({ cores, fps }) => (cores * 1_000) / Math.max(1, fps * tiles),
        null,
      ),
      soleResult(
        'pictures a second of our tiles (15 are sent)',
        'fps',
        pairs.map((pair) => pair.ours.fps),
        null,
      ),
      soleResult(
        'pictures a second of the bare page (25 are sent)',
        'fps',
        pairs.map((pair) => pair.bare.fps),
        null,
      ),
    ];
  },
};
