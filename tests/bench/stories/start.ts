import { rm, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseStreamAddress } from '../../../core/cameras/address.ts';
import type { CameraEntry } from '../../../core/cameras/camera.ts';
import { createDirectoryStore } from '../../../main/features/cameras/stored-directory.ts';
import { systemClock } from '../../../main/ports/clock.ts';
import type { Log } from '../../../main/ports/log.ts';
import { openDataDir } from '../../../main/stores/files/data-dir.ts';
import { openSqliteStores } from '../../../main/stores/sqlite/open-sqlite-stores.ts';
import { makeCameras } from '../../support/make-cameras.ts';
import { startGstRtspServer } from '../../support/rtsp/gst-rtsp-server.ts';
import { startProgram } from '../../support/wall-driver.ts';
import type { Story } from '../bench.ts';
import { openBenchBrowser } from '../bench-browser.ts';
import { pairedResult } from '../result.ts';

const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };

/** As many cameras, of which the first are at these addresses, where something streams. */
function camerasAt(count: number, urls: readonly string[]): CameraEntry[] {
  return makeCameras(count, 1).map((entry, index) => {
    const url = urls[index];
    const address = url === undefined ? null : parseStreamAddress(url);
    return address?.ok ? { camera: { ...entry.camera, streams: ['main'] }, addresses: { main: address.value } } : entry;
  });
}

/** A data folder with a stored directory, as an import leaves it. */
async function seedFolder(entries: readonly CameraEntry[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'deedban-bench-'));
  const dataDir = openDataDir(folder);
  const stores = openSqliteStores(dataDir.path, systemClock);
  try {
    await createDirectoryStore(stores.registry, silent).save(entries, null, () => {});
  } finally {
    stores.close();
    dataDir.close();
  }
  return folder;
}

interface Started {
  readonly addressS: number;
  readonly firstS: number;
  readonly allS: number;
}

/** The browser is there already: what it takes to start is not ours. */
async function startOnce(folder: string, tiles: number): Promise<Started> {
  const browser = await openBenchBrowser('about:blank');
  try {
    const startMs = performance.now();
    const passedS = () => (performance.now() - startMs) / 1_000;
    const program = await startProgram(folder, ['--tiles', String(tiles)]);
    try {
      const addressS = passedS();
      const live = (least: number) =>
        browser.page
          .locator('[data-tile][data-state="live"]')
          .nth(least - 1)
          .waitFor({ state: 'attached', timeout: 60_000 });
      await browser.page.goto(program.address());
      await live(1);
      const firstS = passedS();
      await live(tiles);
      return { addressS, firstS, allS: passedS() };
    } finally {
      await program.stop();
    }
  } finally {
    await browser.close();
  }
}

/** A cold start to a picture, and what a large directory adds to it. */
export const start: Story = {
  name: 'start',
  about: 'cold start to the first live tile and to all 16: 50,000 stored cameras against 16, the same 16 streams',
  async run({ quick, progress }) {
    const tiles = 16;
    const paths = Array.from({ length: tiles }, (_, index) => `/camera-${index + 1}`);
    const server = await startGstRtspServer({ paths });
    const folders: string[] = [];
    const pairs: { large: Started; small: Started }[] = [];
    try {
      const small = await seedFolder(camerasAt(tiles, server.urls));
      folders.push(small);
      const large = await seedFolder(camerasAt(50_000, server.urls));
      folders.push(large);
      // The first start of all builds what is stale and fills the system's cache of files.
      await startOnce(small, tiles);
      for (let pair = 0; pair < (quick ? 4 : 9); pair += 1) {
        // The order changes, so that a machine that drifts does not favour one side.
        const first = pair % 2 === 0 ? await startOnce(large, tiles) : null;
        const few = await startOnce(small, tiles);
        const many = first ?? (await startOnce(large, tiles));
        pairs.push({ large: many, small: few });
        const told = ({ addressS, firstS, allS }: Started) =>
          `address ${addressS.toFixed(2)}, first ${firstS.toFixed(2)}, all ${allS.toFixed(2)} s`;
        progress(`pair ${pair + 1}: 50,000: ${told(many)}; 16: ${told(few)}`);
      }
    } finally {
      await server.stop();
      for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
    const against = (name: keyof Started) => pairs.map((pair) => ({ ours: pair.large[name], baseline: pair.small[name] }));
    return [
      pairedResult('start to first live tile', 's', against('firstS'), 1.1),
      pairedResult('start to 16 live tiles', 's', against('allS'), 1.1),
    ];
  },
};
