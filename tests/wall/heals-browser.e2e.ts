import { afterEach, describe, expect, it } from 'vitest';
import { prepareBrowserHost } from '../../build/start-wall.ts';
import type { TileFact } from '../../core/streams/tile-fact.ts';
import { family } from '../host/support/processes.ts';
import { startGstRtspServer } from '../support/rtsp/gst-rtsp-server.ts';
import { until } from '../support/until.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** The program with the window it opens itself, which nobody sees. */
async function start() {
  const server = await startGstRtspServer();
  ends.push(() => server.stop());
  const { startBrowserHost } = await prepareBrowserHost({ windows: true });
  const running = await startBrowserHost({
    ...{ cameras: [server.url, server.url], cameraFile: null, data: null, port: null, tiles: null, host: 'browser' },
    ...{ windows: true, sandbox: process.env['CI'] !== 'true', kiosk: false, setPin: false, temporaryData: true },
    show: 'headless',
  });
  ends.push(() => running.close());
  const { program } = running.services;
  const tiles = (): readonly TileFact[] => program.tiles.current()[0]?.tiles ?? [];
  const live = (): readonly TileFact[] => tiles().filter(({ state }) => state === 'live');
  await until('both tiles are live', () => live().length === 2, 90_000);
  const kill = (type: string): readonly number[] => {
    const pids = family(running.host.windows?.pid() ?? Number.NaN)
      .filter(({ command }) => command.includes(`--type=${type}`))
      .map(({ pid }) => pid);
    expect(pids).not.toEqual([]);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    return pids;
  };
  const others = (type: string, than: readonly number[]) =>
    until(`there is another ${type}`, () =>
      family(running.host.windows?.pid() ?? Number.NaN).some(
        ({ command, pid }) => command.includes(`--type=${type}`) && !than.includes(pid),
      ),
    );
  /** Both tiles show so many more pictures than now. */
  const moving = async (pictures: number) => {
    const before = tiles().map(({ frames }) => frames);
    await until(
      'pictures go on',
      () => live().length === 2 && live().every(({ frames, tile }) => frames >= (before[tile] ?? 0) + pictures),
      60_000,
    );
  };
  return { running, tiles, live, kill, others, moving };
}

describe('a browser that loses a part of itself', () => {
  it('shows live pictures again when its GPU process was killed, on the same page', async () => {
    const { live, kill, others, moving } = await start();
    const killed = kill('gpu-process');
    await others('gpu-process', killed);
    await moving(30);
    // Counters of a page that was loaded again would have begun anew.
    expect(live().every(({ frames }) => frames > 30)).toBe(true);
  });

  it('shows the same cameras in the same tiles again when its page was killed', async () => {
    const { running, tiles, live, kill } = await start();
    const shown = () => tiles().map(({ tile, camera, stream }) => [tile, camera, stream]);
    const before = shown();
    kill('renderer');
    await until('the wall has no window', () => running.services.program.tiles.current().length === 0);
    await until('both tiles are live again', () => live().length === 2, 60_000);
    expect(shown()).toEqual(before);
  });
});
