import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { z } from 'zod';
import { importPreviewSchema } from '../../../core/cameras/cameras.contract.ts';
import { cameraFile, makeCameras } from '../../support/make-cameras.ts';
import { until } from '../../support/until.ts';
import type { Story } from '../bench.ts';
import { openBenchBrowser } from '../bench-browser.ts';
import { openBenchSeat } from '../bench-seat.ts';
import { openBenchWall } from '../bench-wall.ts';
import { processTree } from '../process-tree.ts';
import { type BenchResult, pairedResult, quantile, soleResult } from '../result.ts';

/** Notes when the first lines are painted, and for each key when the last change of the list it caused is. */
const watchPage = `(() => {
  const bench = { linesMs: 0, keyMs: 0, paintMs: 0 };
  window.bench = bench;
  const painted = (then) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => then(performance.now());
    port2.postMessage(null);
  });
  addEventListener('keydown', ({ timeStamp }) => { bench.keyMs = timeStamp; bench.paintMs = 0; }, true);
  const isList = (node) => (node instanceof Element ? node : node.parentElement)?.closest('[data-directory], [role="status"]');
  new MutationObserver((records) => {
    if (bench.linesMs === 0 && document.querySelector('[data-directory] [role="treeitem"]')) {
      bench.linesMs = -1;
      painted((ms) => { bench.linesMs = ms; });
    }
    if (bench.keyMs > 0 && records.some(({ target }) => isList(target))) painted((ms) => { bench.paintMs = ms; });
  }).observe(document, { subtree: true, childList: true, characterData: true });
})()`;

const number = async (page: Page, question: string) => z.number().parse(await page.evaluate(question));
const words = ['chowk', 'hayat', '1204', 'bazar', 'kohat'] as const;

/** Types and deletes words as somebody would; the milliseconds from each key to the last paint it caused. */
async function typeWords(page: Page, rounds: number): Promise<number[]> {
  const times: number[] = [];
  const press = async (key: string) => {
    await page.keyboard.press(key);
    await page.waitForTimeout(250);
    const ms = await number(page, 'bench.paintMs > 0 ? bench.paintMs - bench.keyMs : -1');
    // A key that changes nothing in sight paints nothing.
    if (ms >= 0) times.push(ms);
  };
  await page.locator('input[type="search"]').first().focus();
  for (let round = 0; round < rounds; round += 1) {
    for (const word of words) {
      for (const key of word) await press(key);
      for (const _ of word) await press('Backspace');
    }
  }
  return times;
}

/** Proportional memory of the page's process, its workers included, in MiB (`proc(5)`: smaps_rollup). */
function pageMiB(pid: number): number {
  const sizes = processTree(pid).map((each) => {
    try {
      if (!readFileSync(`/proc/${each}/cmdline`, 'utf8').includes('--type=renderer')) return 0;
      return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${each}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      return 0;
    }
  });
  return sizes.reduce((sum, size) => sum + size, 0) / 1_024;
}

interface Measured {
  readonly importS: number;
  readonly linesS: number;
  readonly keysMs: readonly number[];
  readonly pageMiB: number;
}

async function measure(count: number, rounds: number): Promise<Measured> {
  const wall = await openBenchWall({ tiles: 1 });
  try {
    const seat = await openBenchSeat(wall.running.services.program);
    const body = new Uint8Array(cameraFile(makeCameras(count, 1), 'csv'));
    const startMs = performance.now();
    const answer = await seat.byAddress('/directory/import?name=cameras.csv', { method: 'PUT', body });
    const preview = importPreviewSchema.parse(await answer.json());
    const { refusal } = await seat.call('cameras.apply-import', { preview: preview.id, removeGone: true });
    const importS = (performance.now() - startMs) / 1_000;
    seat.close();
    if (refusal !== null || preview.total !== count) throw new Error(`${preview.total} of ${count} cameras: ${refusal}`);
    const browser = await openBenchBrowser('about:blank');
    try {
      const { page } = browser;
      await page.addInitScript(watchPage);
      await page.goto(wall.running.host.printedAddress('console'));
      await until('the lines are painted', async () => (await number(page, 'bench.linesMs')) > 0, 60_000);
      const linesS = (await number(page, 'bench.linesMs')) / 1_000;
      // The index of nearly right words is made after the lines are there.
      await page.waitForTimeout(8_000);
      return { importS, linesS, keysMs: await typeWords(page, rounds), pageMiB: pageMiB(browser.pid) };
    } finally {
      await browser.close();
    }
  } finally {
    await wall.running.close();
  }
}

/** What a directory of 50,000 cameras costs whoever looks for one. */
export const directory: Story = {
  name: 'directory',
  about: 'a directory of 50,000 cameras against one of 1,000: import, first lines, a key in the search, memory',
  async run({ quick, progress }): Promise<readonly BenchResult[]> {
    const pairs: { large: Measured; small: Measured }[] = [];
    for (let pair = 0; pair < (quick ? 1 : 4); pair += 1) {
      const small = await measure(1_000, 1);
      const large = await measure(50_000, quick ? 1 : 3);
      pairs.push({ large, small });
      for (const [count, { importS, linesS, keysMs, pageMiB: mib }] of [['1,000', small] as const, ['50,000', large] as const])
        progress(
          `${count}: import ${importS.toFixed(2)} s, lines ${linesS.toFixed(2)} s, key p95 ${quantile(keysMs, 0.95).toFixed(1)} ms of ${keysMs.length}, page ${mib.toFixed(0)} MiB`,
        );
    }
    const p95 = ({ keysMs }: Measured) => quantile(keysMs, 0.95);
    const against = (of: (measured: Measured) => number) =>
      pairs.map(({ large, small }) => ({ ours: of(large), baseline: of(small) }));
    const keys = pairs.flatMap(({ large }) => large.keysMs);
    const large = (of: (measured: Measured) => number) => pairs.map((pair) => of(pair.large));
    return [
      soleResult('key to paint, 50,000 cameras (95 %)', 'ms', keys, 50, 0.95),
      pairedResult('key to paint against 1,000 (95 %)', 'ms', against(p95), 1.5),
      soleResult(
        'import of 50,000',
        's',
        large(({ importS }) => importS),
        10,
      ),
      soleResult(
        'first lines of 50,000',
        's',
        large(({ linesS }) => linesS),
        3,
      ),
      soleResult(
        'page and its workers, 50,000',
        'MiB',
        large(({ pageMiB: mib }) => mib),
        400,
      ),
    ];
  },
};
