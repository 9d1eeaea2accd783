import { until } from '../../support/until.ts';
import type { Story } from '../bench.ts';
import { openBenchBrowser } from '../bench-browser.ts';
import { openBenchWall } from '../bench-wall.ts';
import { coresUsed, treeCpuSeconds } from '../process-tree.ts';
import { soleResult } from '../result.ts';

/** What the demonstration costs besides the browser that shows it. */
export const sources: Story = {
  name: 'sources',
  about: 'CPU of the gateway and all 16 demonstration cameras, all of them watched',
  async run({ quick, progress }) {
    const wall = await openBenchWall();
    try {
      const browser = await openBenchBrowser(wall.address());
      try {
        progress('waiting for 16 live tiles');
        await until(
          'all tiles are live',
          () => wall.facts().length === 16 && wall.facts().every((fact) => fact.state === 'live'),
          90_000,
        );
        const pid = await wall.gatewayPid();
        const startS = treeCpuSeconds(pid);
        progress(`gateway and cameras: ${startS.toFixed(2)} s of processor until all were live`);
        const cores: number[] = [];
        for (let run = 0; run < (quick ? 3 : 7); run += 1) {
          cores.push(await coresUsed(pid, quick ? 5 : 10));
          progress(`gateway and cameras: ${cores.at(-1)?.toFixed(3)} cores`);
        }
        return [
          soleResult('gateway and 16 cameras', 'cores', cores, 0.6),
          soleResult('processor until all 16 are live', 's', [startS], 5),
        ];
      } finally {
        await browser.close();
      }
    } finally {
      await wall.running.close();
    }
  },
};
