import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { journalRows } from '../support/journal-rows.ts';
import { until } from '../support/until.ts';
import { openWall, startProgram, temporaryFolder } from '../support/wall-driver.ts';
import { countDecoding, decodingConnections } from '../support/whep/decoding-connections.ts';
import { startVideoFeed } from '../support/whep/video-feed.ts';
import { startWhepServer } from '../support/whep/whep-server.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A pointer that passes every listed line, faster than any hand. */
const sweep = `(() => {
  let left = document.body;
  for (const line of document.querySelectorAll('[data-camera-line]')) {
    left.dispatchEvent(new PointerEvent('pointerout', { bubbles: true, relatedTarget: line }));
    line.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, relatedTarget: left }));
    line.dispatchEvent(new PointerEvent('pointermove', { bubbles: true }));
    left = line;
  }
  left.dispatchEvent(new PointerEvent('pointerout', { bubbles: true, relatedTarget: document.body }));
})()`;

const viewing = z.object({ what: z.string(), camera: z.string(), tiles: z.array(z.object({ tile: z.int() })) });

/** What the log says of all viewings of one camera: what was done, and in how many tiles. */
const viewingsOf = (camera: string, folder: string) =>
  journalRows(folder, 'stream.viewing', viewing)
    .filter((each) => each.camera === camera)
    .map(({ what, tiles }) => `${what} in ${tiles.length}`);

it("a foreign camera's session is open before its line is clicked, and is the one its tile shows; a sweep opens none, and one that is left is ended", async () => {
  const feed = await startVideoFeed();
  ends.push(() => feed.close());
  const names = ['shown', 'chosen', 'left', 'passed'];
  const server = await startWhepServer(feed, Object.fromEntries(names.map((name) => [name, {}])));
  ends.push(() => server.close());
  const folder = await temporaryFolder();
  ends.push(folder.remove);
  const cameras = names.flatMap((name) => ['--camera', server.url(name)]);
  const program = await startProgram(folder.path, ['--tiles', '1', ...cameras]);
  ends.push(() => program.stop());
  const wall = await openWall(program.address());
  ends.push(wall.close);
  const { page } = wall;
  await wall.waitForTile(0, 'live');
  await countDecoding(page);
  const tile = page.locator('[data-tile="0"]');
  await tile.click();
  await page.locator('[data-tile="0"][data-selected]').waitFor();
  await page.locator('input[type="search"]').first().fill('whep');
  // A line to which the pointer goes while the list still changes is another one.
  await page.locator('[data-shows="whep"]').waitFor();
  const line = (name: string) => page.locator(`[data-camera-line="${names.indexOf(name) + 1}"]`);
  for (const name of names) await line(name).waitFor();
  const posts = () => names.map((name) => server.counts(name).posts);

  await page.evaluate(sweep);
  await line('left').hover();
  await until('what the pointer rests on is opened', () => server.counts('left').posts === 1);
  expect(posts()).toEqual([1, 0, 1, 0]);
  await decodingConnections(page, 2);

  await line('chosen').hover();
  await until('the other is opened, too', () => server.counts('chosen').posts === 1);
  await decodingConnections(page, 3);
  await until('the one that was left is ended', () => server.counts('left').deletes === 1);
  await until('nothing of it is left', () => server.openPeers('left') === 0);

  await line('chosen').dblclick();
  await until('the tile shows it', async () => (await wall.tileWords(0)).includes('chosen'));
  await wall.waitForTile(0, 'live');
  await wall.waitForPictures(0, 5);
  await tile.hover();
  await until('what it showed before is ended', () => server.openPeers('shown') === 0);
  expect(posts()).toEqual([1, 1, 1, 0]);
  expect([server.openPeers('chosen'), server.counts('chosen').deletes]).toEqual([1, 0]);
  const chosen = z.string().parse(await tile.getAttribute('data-camera'));
  await until('the log says that it came into a tile', () => viewingsOf(chosen, folder.path).length === 2);
  expect(viewingsOf(chosen, folder.path)).toEqual(['opened in 0', 'moved in 1']);

  await page.keyboard.press('Control+K');
  await page.getByRole('dialog').getByRole('combobox').fill('passed');
  await page.getByRole('option', { name: 'passed' }).waitFor();
  await page.keyboard.press('ArrowUp');
  await until('what the arrow keys rest on in the palette is opened', () => server.counts('passed').posts === 1);
  await page.keyboard.press('Escape');
  await until('it is ended', () => server.counts('passed').deletes === 1);
  expect(posts()).toEqual([1, 1, 1, 1]);
  expect(server.faults()).toEqual([]);
});
