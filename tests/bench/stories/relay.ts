import { fileURLToPath } from 'node:url';
import { startGateway } from '../../gateway/support/running-gateway.ts';
import { type FootageCameras, startFootageCameras } from '../../support/footage/footage-cameras.ts';
import { until } from '../../support/until.ts';
import { type CountingViewer, openCountingViewer } from '../../support/whep/counting-viewer.ts';
import type { Story } from '../bench.ts';
import { coresUsed } from '../process-tree.ts';
import { type BenchResult, quantile, soleResult } from '../result.ts';

const viewers = 64;
/** So many offers at a time. */
const batch = 8;
const gatewayEntry = fileURLToPath(new URL('../../../main/gateway/entry.ts', import.meta.url));

interface Measured {
  readonly coresPer100Mbit: number;
  readonly mbitPerSecond: number;
  readonly ageMs: number;
  readonly slowAgeMs: number;
  readonly lost: number;
  /** Viewers that were not connected at the first try. */
  readonly again: number;
}

/** What the embedded gateway costs and adds, without any browser. */
export const relay: Story = {
  name: 'relay',
  about: 'the embedded gateway alone: CPU per 100 Mbit/s out, delay and loss, 1 camera to 64 viewers and 64 to 64',
  async run({ quick, progress }) {
    const cameras = await startFootageCameras();
    try {
      const results: BenchResult[] = [];
      for (const sources of [1, viewers]) {
        const runs = await measure(cameras, sources, { runs: quick ? 3 : 7, seconds: quick ? 5 : 10 });
        const name = `${sources} to ${viewers}`;
        for (const run of runs) {
          progress(
            `${name}: ${run.coresPer100Mbit.toFixed(3)} cores per 100 Mbit/s at ${run.mbitPerSecond.toFixed(1)} Mbit/s, ${run.ageMs.toFixed(1)} ms (99 %: ${run.slowAgeMs.toFixed(1)}), ${run.lost} lost`,
          );
        }
        const figures = (key: keyof Measured) => runs.map((run) => run[key]);
        results.push(
          soleResult(`${name}: gateway CPU per 100 Mbit/s`, 'cores', figures('coresPer100Mbit'), null),
          soleResult(`${name}: camera to viewer, the middle picture`, 'ms', figures('ageMs'), null),
          soleResult(`${name}: camera to viewer, 99 % of the pictures`, 'ms', figures('slowAgeMs'), null),
          soleResult(`${name}: packets lost`, 'packets', figures('lost'), 0, 1),
          soleResult(`${name}: viewers connected only at a second try`, 'viewers', figures('again'), null, 1),
        );
      }
      return results;
    } finally {
      await cameras.close();
    }
  },
};

async function measure(cameras: FootageCameras, sources: number, how: { runs: number; seconds: number }): Promise<Measured[]> {
  const gateway = await startGateway({ entry: gatewayEntry });
  const open: CountingViewer[] = [];
  try {
    const control = await gateway.connect();
    control.send({
      type: 'cameras',
      cameras: Array.from({ length: sources }, (_, camera) => ({
        id: `camera-${camera}`,
        addresses: { main: { scheme: 'rtsp', url: cameras.url(camera), credentials: null } },
      })),
      last: true,
    });
    for (let first = 0; first < viewers; first += batch) {
      const opened = Array.from({ length: batch }, (_, index) =>
        openCountingViewer(`${gateway.whepUrl}/camera-${(first + index) % sources}/main`, gateway.token),
      );
      open.push(...(await Promise.all(opened)));
    }
    // The first pictures come from the cache and are old.
    await until('every viewer has seen two groups of pictures', () => open.every(({ counts }) => counts.agesMs.length > 60));
    const again = open.filter(({ tries }) => tries > 1).length;
    const measured: Measured[] = [];
    for (let run = 0; run < how.runs; run += 1) {
      for (const viewer of open) viewer.reset();
      const startMs = performance.now();
      const cores = await coresUsed(gateway.pid, how.seconds);
      const seconds = (performance.now() - startMs) / 1_000;
      const sum = (of: (viewer: CountingViewer) => number) => open.reduce((total, viewer) => total + of(viewer), 0);
      const mbitPerSecond = (sum(({ counts }) => counts.bytes) * 8) / 1_000_000 / seconds;
      const ages = open.flatMap(({ counts }) => counts.agesMs);
      measured.push({
        coresPer100Mbit: (cores / mbitPerSecond) * 100,
        mbitPerSecond,
        ageMs: quantile(ages, 0.5),
        slowAgeMs: quantile(ages, 0.99),
        lost: sum(({ counts }) => counts.lost),
        again,
      });
    }
    control.close();
    return measured;
  } finally {
    for (const viewer of open) viewer.close();
    await gateway.close();
  }
}
