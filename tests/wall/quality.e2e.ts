import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startFootageCameras } from '../support/footage/footage-cameras.ts';
import { until } from '../support/until.ts';
import { openWall, startProgram, temporaryFolder } from '../support/wall-driver.ts';
import { switchWatch } from './switch-watch.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Cameras with a main stream of 640×360 and a sub stream of 320×180. */
async function start(count: number, settings: object = {}, mainOf?: (at: number) => string) {
  const cameras = await startFootageCameras(['180p'], count);
  ends.push(cameras.close);
  const folder = await temporaryFolder();
  ends.push(folder.remove);
  await writeFile(join(folder.path, 'settings.json'), JSON.stringify(settings), { mode: 0o600 });
  const file = join(folder.path, 'cameras.csv');
  const lines = Array.from({ length: count }, (_, at) => [
    ...[`camera-${at + 1}`, at + 1, `Camera ${at + 1}`, 'Peshawar', 'Gate', '', '', 'fixed'],
    ...[mainOf?.(at) ?? cameras.url(at), cameras.url(at, '180p')],
  ]);
  const rows = ['id,number,name,district,site,lat,lon,kind,main,sub', ...lines.map((line) => line.join(','))];
  await writeFile(file, `${rows.join('\n')}\n`);
  const program = await startProgram(folder.path, ['--cameras', file]);
  ends.push(() => program.stop());
  const wall = await openWall(program.address());
  ends.push(wall.close);
  const width = async (tile: number) =>
    Number(await wall.page.evaluate(`document.querySelector('[data-tile="${tile}"] video').videoWidth`));
  const tile = (at: number) => wall.page.locator(`[data-tile="${at}"]`);
  return { wall, width, tile };
}

describe('the demonstration', () => {
  it('shows sub streams in sixteen tiles and the main stream of the one that is enlarged, and goes back', async () => {
    const folder = await temporaryFolder();
    ends.push(folder.remove);
    const program = await startProgram(folder.path);
    ends.push(() => program.stop());
    const wall = await openWall(program.address());
    ends.push(wall.close);
    const tile = wall.page.locator('[data-tile="5"]');
    const width = async () => Number(await wall.page.evaluate(`document.querySelector('[data-tile="5"] video').videoWidth`));
    await wall.waitForTiles(16, 'live');
    await until('the sub stream is shown', async () => (await width()) === 640);
    await tile.dblclick({ position: { x: 60, y: 60 } });
    await until('the main stream is shown', async () => (await width()) === 960, 60_000);
    await expect.poll(() => tile.getAttribute('data-stream')).toBe('main');
    await tile.dblclick({ position: { x: 60, y: 60 } });
    await until('the sub stream is shown again', async () => (await width()) === 640, 60_000);
    await wall.waitForTiles(16, 'live');
  });
});

describe('the quality of a tile', () => {
  it('is the small stream in a small tile after a while, and the large one at once in full screen, without a black moment', async () => {
    const { wall, width, tile } = await start(4);
    await wall.waitForTiles(4, 'live');
    // Before a stream was seen it is taken for one of the usual size.
    await until('the tile shows the large stream', async () => (await width(0)) === 640);
    await wall.page.evaluate('window.asked = []');
    await switchWatch.watch(wall.page);
    // Without the desk's panels, which leave no wall beside them in so small a window.
    await wall.page.keyboard.press('F10');
    await wall.page.setViewportSize({ width: 440, height: 330 });
    await until(
      'the small tiles show the small stream',
      async () => (await width(0)) === 320 && (await width(3)) === 320,
      60_000,
    );
    // The small stream is as it should be: no tag says anything.
    await tile(0).locator('[data-quality]').waitFor({ state: 'detached' });
    await tile(0).dblclick({ position: { x: 40, y: 60 } });
    await until('full screen shows the large stream', async () => (await width(0)) === 640, 60_000);
    const { tiles } = await switchWatch.seen(wall.page);
    const [first] = tiles;
    expect(first).toMatchObject({ black: 0, remounted: false });
    // A busy PC may hold up any picture, and its tile says so.
    expect(first?.states.filter((state) => state !== 'live' && state !== 'stalled')).toEqual([]);
  });

  it('is the small stream for all but so many as the settings allow, which says so, and never for the selected one', async () => {
    const { wall, width, tile } = await start(4, { media: { mostHighStreams: 2 } });
    await wall.waitForTiles(4, 'live');
    await until('two are large and two small', async () => {
      const widths = await Promise.all([0, 1, 2, 3].map(width));
      return widths.toSorted((a, b) => a - b).join() === '320,320,640,640';
    });
    const small = (await width(3)) === 320 ? 3 : 2;
    await until('it says so', async () => (await tile(small).locator('[data-quality="full"]').innerText()).includes('sub'));
    await tile(small).click({ position: { x: 60, y: 90 } });
    await until('the selected tile shows its large stream', async () => (await width(small)) === 640);
    const widths = await Promise.all([0, 1, 2, 3].map(width));
    expect(widths.filter((each) => each === 640).length).toBeLessThanOrEqual(3);
    await until('another one stepped down for it', async () => {
      const after = await Promise.all([0, 1, 2, 3].map(width));
      return after.filter((each) => each === 640).length === 2 && after[small] === 640;
    });
    const stepped = (await width(0)) === 320 ? 0 : 1;
    await tile(stepped).click({ position: { x: 60, y: 90 } });
    await until('that one is large again when it is selected', async () => (await width(stepped)) === 640);
  });

  it('is the small stream where the large one does not come, which the tile says, and why in a sentence', async () => {
    const { wall, tile } = await start(4, {}, () => 'rtsp://127.0.0.1:9/nobody');
    await wall.waitForTiles(4, 'live');
    // Once it was seen how small the small stream is, they need the large one.
    await tile(3).locator('[data-quality="full"]').waitFor({ timeout: 60_000 });
    expect(await tile(3).getAttribute('data-verdict')).toBe('live');
    await wall.page.keyboard.press('KeyH');
    await until('the reason can be read', async () =>
      /4 tiles: Sub: the main stream does not come\./.test((await wall.page.getByRole('dialog').textContent()) ?? ''),
    );
  });

  it('is key pictures for all but so many as a supervisor lets be decoded whole, which the tile says, until that is lifted', async () => {
    const { wall, tile } = await start(4);
    await wall.waitForTiles(4, 'live');
    const limit = async (most: string) => {
      await wall.page.keyboard.press('KeyH');
      await wall.page.getByRole('button', { name: 'Limit streams and decoding' }).click();
      await wall.page.getByRole('textbox', { name: 'Streams decoded whole at most' }).fill(most);
      await wall.page.getByRole('button', { name: 'Save' }).click();
    };
    const gaits = () => Promise.all([0, 1, 2, 3].map((at) => tile(at).getAttribute('data-gait')));
    await limit('2');
    await until('two show key pictures', async () => (await gaits()).toSorted().join() === 'full,full,keys,keys');
    const lowered = (await gaits()).indexOf('keys');
    await until('it says so', async () =>
      (await tile(lowered).locator('[data-quality="keys"]').innerText()).includes('key frames'),
    );
    await wall.page.keyboard.press('KeyH');
    await until('the reason can be read', async () =>
      /2 tiles: Key frames: the settings allow no more streams decoded whole\./.test(
        (await wall.page.getByRole('dialog').textContent()) ?? '',
      ),
    );
    await wall.page.keyboard.press('Escape');
    await limit('');
    await until('all are decoded whole again', async () => (await gaits()).every((gait) => gait === 'full'), 60_000);
  });
});
