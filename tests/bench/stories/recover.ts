import { startGstRtspServer } from '../../support/rtsp/gst-rtsp-server.ts';
import type { Story } from '../bench.ts';
import { openBenchBrowser } from '../bench-browser.ts';
import { openBenchWall } from '../bench-wall.ts';
import { soleResult } from '../result.ts';
import { recoverAll } from './recover-all.ts';

/** How long a death goes unsaid, and how long a return takes to be seen. */
export const recover: Story = {
  name: 'recover',
  about: 'camera server and gateway killed and back: until the tile says so, until it is live again; 36 tiles after the gateway',
  async run({ quick, progress }) {
    let server = await startGstRtspServer();
    const wall = await openBenchWall({ cameras: [server.url] });
    const browser = await openBenchBrowser(wall.address());
    const tile = browser.page.locator('[data-tile="0"]');
    const live = () => browser.page.locator('[data-tile="0"][data-state="live"]').waitFor({ timeout: 60_000 });
    const timed = async (death: () => unknown, wait: () => Promise<unknown>) => {
      // Listened for before: what is not live for a tenth of a second would be missed by who looks now and then.
      const waited = wait();
      await death();
      const startMs = performance.now();
      await waited;
      return (performance.now() - startMs) / 1_000;
    };
    const notLive = () => browser.page.evaluate(leavesLive);
    const said: Record<'camera' | 'gateway', number[]> = { camera: [], gateway: [] };
    const back: Record<'camera' | 'gateway', number[]> = { camera: [], gateway: [] };
    try {
      await tile.waitFor({ timeout: 60_000 });
      await live();
      for (let run = 0; run < (quick ? 3 : 7); run += 1) {
        said.camera.push(await timed(() => server.kill(), notLive));
        // Away for a while, so that the tries are as far apart as they get.
        await browser.page.waitForTimeout(4_000 + 250 * run);
        server = await startGstRtspServer({ port: server.port });
        back.camera.push(await timed(() => {}, live));
        progress(
          `camera: said after ${said.camera.at(-1)?.toFixed(2)} s, live ${back.camera.at(-1)?.toFixed(2)} s after its return`,
        );
        await browser.page.waitForTimeout(2_000);

        const gatewayPid = await wall.gatewayPid();
        const killedMs = performance.now();
        said.gateway.push(await timed(() => process.kill(gatewayPid, 'SIGKILL'), notLive));
        await live();
        // The gateway's return is part of the time: it is ours to bring back.
        back.gateway.push((performance.now() - killedMs) / 1_000);
        progress(
          `gateway: said after ${said.gateway.at(-1)?.toFixed(2)} s, live again ${back.gateway.at(-1)?.toFixed(2)} s after the kill`,
        );
        await browser.page.waitForTimeout(2_000);
      }
    } finally {
      await browser.close();
      await wall.running.close();
      await server.stop();
    }
    return [
      soleResult('camera killed: said', 's', said.camera, 3, 0.95),
      soleResult('camera back: live', 's', back.camera, 5, 0.95),
      soleResult('gateway killed: said', 's', said.gateway, 3, 0.95),
      soleResult('gateway killed: live again', 's', back.gateway, 5, 0.95),
      ...(await recoverAll({ quick, progress })),
    ];
  },
};

/** In the page: resolves when the first tile is not live any more. */
const leavesLive = `new Promise((resolve, reject) => {
  const tile = document.querySelector('[data-tile="0"]');
  const timer = setTimeout(() => reject(new Error('it stayed live for a minute')), 60_000);
  const observer = new MutationObserver(() => {
    if (tile.dataset.state === 'live') return;
    clearTimeout(timer);
    observer.disconnect();
    resolve();
  });
  observer.observe(tile, { attributes: true, attributeFilter: ['data-state'] });
})`;
