import { createCell } from '../../core/rpc/cell.ts';
import { RpcError } from '../../core/rpc/error.ts';
import { nextDelayMs, retryPolicies } from '../../core/streams/retry-policy.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { GatewayCamera, GatewayLife, MediaGateway } from '../ports/media-gateway.ts';
import type { SpawnGateway } from '../ports/spawn-gateway.ts';
import type { ControlClient } from './control-client.ts';
import { removeControlPath, removeGatewayCard } from './gateway-card.ts';
import { createGatewayNews } from './gateway-news.ts';
import { type RunningGateway, type RunningPorts, startGateway, takeOverGateway } from './running-gateway.ts';

/** A gateway that lived this long died of something new: the delay before the next one is short again. */
const steadyMs = 30_000;
/** How long an orderly end may take. */
const stopMs = 3_000;

/**
 * Keeps one embedded gateway running: takes over the one a dead main left behind, else starts one; starts it again
 * when it dies or hangs, and tells it the cameras each time. `endpoint().url` ends with `/whep`; a stream is at
 * `<url>/<camera>/<stream>`.
 *
 * @param ports.runDir a directory of this user alone; made (0700) where it does not exist
 */
export function createEmbeddedGateway(ports: {
  clock: Clock;
  log: Log;
  spawn: SpawnGateway;
  runDir: string;
  ffmpegPath: string | null;
}): MediaGateway {
  const { clock, log } = ports;
  const news = createGatewayNews();
  const life = createCell<GatewayLife>({ state: 'starting', sinceUtcMs: clock.utcMs() });
  let cameras: readonly GatewayCamera[] | null = null;
  let running: RunningGateway | null = null;
  let closing = false;
  const closed = Promise.withResolvers<void>();

  const runningPorts: RunningPorts = {
    clock,
    spawn: ports.spawn,
    runDir: ports.runDir,
    ffmpegPath: ports.ffmpegPath,
    onNews(message) {
      if (message.type === 'log') log[message.level](message.message);
      else news.hear(message);
    },
  };

  /** One life of one process, from its start to its end. */
  const liveOnce = async (mayTakeOver: boolean): Promise<void> => {
    const gateway = (mayTakeOver ? await takeOverGateway(runningPorts) : null) ?? (await startGateway(runningPorts));
    running = gateway;
    if (cameras !== null) gateway.control.setCameras(cameras);
    log.info(gateway.takenOver ? 'took over the running media gateway' : 'the media gateway runs', { pid: gateway.card.pid });
    if (!closing) life.set({ state: 'running', sinceUtcMs: clock.utcMs() });
    else gateway.control.stop();
    const why = await gateway.ended;
    running = null;
    // The channel ends before the process does, and it may hang: nothing may be left of it.
    if (!closing) gateway.kill();
    else running = gateway;
    gateway.control.close();
    await gateway.exited();
    running = null;
    await removeControlPath(ports.runDir, gateway.card.controlPath);
    if (!closing) log.warn('the media gateway ended', { why });
  };

  const pause = (delayMs: number): Promise<void> =>
    new Promise((resolve) => {
      const stop = clock.after(delayMs, resolve);
      void closed.promise.then(() => {
        stop();
        resolve();
      });
    });

  const supervise = async (): Promise<void> => {
    let failures = 0;
    for (let first = true; !closing; first = false) {
      const startedMs = clock.monotonicMs();
      life.set({ state: 'starting', sinceUtcMs: clock.utcMs() });
      await liveOnce(first).catch((error: unknown) => {
        if (!closing) log.error('the media gateway did not start', { why: error instanceof Error ? error.message : 'unknown' });
      });
      news.forget();
      if (closing) break;
      if (clock.monotonicMs() - startedMs >= steadyMs) failures = 0;
      const retryInMs = nextDelayMs(retryPolicies.restart, failures, Math.random);
      failures += 1;
      life.set({ state: 'down', sinceUtcMs: clock.utcMs(), retryInMs });
      await pause(retryInMs);
    }
  };
  const supervised = supervise();

  const control = (): ControlClient => {
    if (running === null) throw new RpcError('unavailable', 'the media gateway is not running');
    return running.control;
  };

  return {
    life,
    sources: news.sources,
    endpoint: () => (running === null ? null : { url: running.card.whepUrl, token: running.card.token }),
    setCameras(next) {
      cameras = next;
      running?.control.setCameras(next);
    },
    onViewer: news.onViewer,
    simulatedDevice: news.device,
    onDevices: news.onDevices,
    dropViewer: async (viewerId) => control().drop(viewerId),
    async close() {
      if (!closing) {
        closing = true;
        closed.resolve();
        running?.control.stop();
        const stopKill = clock.after(stopMs, () => running?.kill());
        await supervised;
        stopKill();
        await removeGatewayCard(ports.runDir);
        life.set({ state: 'down', sinceUtcMs: clock.utcMs(), retryInMs: 0 });
      }
      await supervised;
    },
  };
}
