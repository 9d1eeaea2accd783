import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { prepareBrowserHost } from '../../build/start-wall.ts';
import type { TileFact } from '../../core/streams/tile-fact.ts';
import type { RunningBrowserHost } from '../../main/hosts/browser/entry.ts';

/** Deedban's services with a temporary data folder and no window: the bench opens the browsers. */
export interface BenchWall {
  readonly running: RunningBrowserHost;
  /** An address that lets one browser in, once. */
  address(): string;
  /** The last report of the wall's tiles; empty before there is one. */
  facts(): readonly TileFact[];
  cameras(): string[];
  gatewayPid(): Promise<number>;
  /** Where the running gateway's card is. */
  readonly runDir: string;
}

export async function openBenchWall(
  options: { cameras?: readonly string[]; cameraFile?: string; tiles?: number } = {},
): Promise<BenchWall> {
  const { startBrowserHost } = await prepareBrowserHost({ windows: true });
  const running = await startBrowserHost({
    cameras: options.cameras ?? [],
    cameraFile: options.cameraFile ?? null,
    data: null,
    port: null,
    tiles: options.tiles ?? null,
    host: 'browser',
    windows: false,
    sandbox: true,
    kiosk: false,
    setPin: false,
    temporaryData: true,
    show: 'none',
  });
  const { program, dataFolder } = running.services;
  const runDir = join(dataFolder, 'run');
  return {
    running,
    runDir,
    address: () => running.host.printedAddress('wall'),
    facts: () => program.tiles.current()[0]?.tiles ?? [],
    cameras: () =>
      program
        .shown('wall')
        .map(({ camera }) => camera)
        .filter((camera) => camera !== null),
    async gatewayPid() {
      const text = await readFile(join(runDir, 'gateway.json'), 'utf8');
      return z.object({ pid: z.int() }).parse(JSON.parse(text)).pid;
    },
  };
}
