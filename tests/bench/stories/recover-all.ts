import { readGatewayCard } from '../../../main/supervision/gateway-card.ts';
import { until } from '../../support/until.ts';
import { footagesOf, openFootageWalls, untilShown, type FootageWalls } from '../footage-walls.ts';
import { type BenchResult, quantile, soleResult } from '../result.ts';

const tiles = 36;

/** The gateway is killed and kept dead for a while; all tiles have to move soon after it answers again. */
export async function recoverAll({ quick, progress }: { quick: boolean; progress(words: string): void }): Promise<BenchResult[]> {
  const walls = await openFootageWalls(tiles);
  const moving: number[] = [];
  try {
    const ours = await walls.openOurs();
    try {
      const cameras = Array.from({ length: tiles }, (_, index) => index);
      const expected = `footage.expect(${JSON.stringify(footagesOf(cameras))})`;
      await ours.page.evaluate(expected);
      await ours.show(cameras);
      await untilShown(ours.page);
      for (const awaySeconds of quick ? [1, 6] : [1, 2, 4, 8, 12, 20, 30]) {
        await ours.page.waitForTimeout(3_000);
        await keepDead(walls, awaySeconds);
        // From here on a picture is a new one: nothing was sent for a while.
        await ours.page.evaluate(expected);
        const answersMs = await untilAnswering(walls);
        const times = (await untilShown(ours.page)).map(({ shownUtcMs }) => (shownUtcMs - answersMs) / 1_000);
        moving.push(...times);
        progress(
          `gateway away for ${awaySeconds} s: 36 tiles moving ${quantile(times, 0.5).toFixed(2)} s after it answers (95 %: ${quantile(times, 0.95).toFixed(2)}, last ${Math.max(...times).toFixed(2)})`,
        );
      }
    } finally {
      await ours.close();
    }
  } finally {
    await walls.close();
  }
  return [soleResult('gateway back: 36 tiles moving, 95 %', 's', moving, 2, 0.95)];
}

/** Kills each gateway as soon as there is one, until the time is over. */
async function keepDead({ wall }: FootageWalls, seconds: number): Promise<void> {
  const runDir = wall.runDir;
  const killed = new Set<number>();
  const endMs = performance.now() + seconds * 1_000;
  while (performance.now() < endMs) {
    const pid = (await readGatewayCard(runDir))?.pid;
    if (pid !== undefined && !killed.has(pid)) {
      killed.add(pid);
      process.kill(pid, 'SIGKILL');
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  if (killed.size === 0) throw new Error('there was no gateway to kill');
}

/** When the new gateway first answers, UTC in milliseconds. */
async function untilAnswering({ wall }: FootageWalls): Promise<number> {
  return until('the gateway answers', async () => {
    const endpoint = wall.running.services.gateway.endpoint();
    if (endpoint === null) return null;
    const headers = { authorization: `Bearer ${endpoint.token}` };
    const answer = await fetch(`${endpoint.url}/camera-1/main`, { method: 'OPTIONS', headers }).catch(() => null);
    return answer?.ok === true ? performance.timeOrigin + performance.now() : null;
  });
}
