import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { journalRows } from '../support/journal-rows.ts';
import { until } from '../support/until.ts';
import { openWall, startProgram, temporaryFolder } from '../support/wall-driver.ts';
import { startVideoFeed } from '../support/whep/video-feed.ts';
import { startWhepServer } from '../support/whep/whep-server.ts';
import { switchWatch } from '../wall/switch-watch.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const viewingSchema = z.object({ what: z.enum(['opened', 'moved', 'closed']), camera: z.string(), session: z.string() });

/** What the log says of a camera's viewings. */
const viewings = (folder: string, camera: string | null) =>
  journalRows(folder, 'stream.viewing', viewingSchema).filter((viewing) => viewing.camera === camera);

it('a foreign camera that is left and shown again at once is live in the session it had, and the log says that nobody watched it in between', async () => {
  const feed = await startVideoFeed();
  ends.push(() => feed.close());
  const server = await startWhepServer(feed, { gate: {}, bazaar: {} });
  ends.push(() => server.close());
  const folder = await temporaryFolder();
  ends.push(folder.remove);
  const program = await startProgram(folder.path, ['--camera', server.url('gate'), '--camera', server.url('bazaar')]);
  ends.push(() => program.stop());
  const wall = await openWall(program.address());
  ends.push(wall.close);
  const { page } = wall;
  await wall.waitForTiles(2, 'live');
  await switchWatch.note(page);
  await page.reload();
  await wall.waitForTiles(2, 'live');
  const shown = (camera: string | null) => page.locator(`[data-tile="0"][data-shown="${camera}"][data-state="live"]`).waitFor();
  const gate = await page.locator('[data-tile="0"]').getAttribute('data-camera');
  const bazaar = await page.locator('[data-tile="1"]').getAttribute('data-camera');
  // The page that was left ends its sessions in its own time.
  for (const name of ['gate', 'bazaar']) await until('only this page has sessions', () => server.openPeers(name) === 1);
  const before = { gate: { ...server.counts('gate') }, bazaar: { ...server.counts('bazaar') } };
  const since = (name: 'gate' | 'bazaar') => ({
    posts: server.counts(name).posts - before[name].posts,
    deletes: server.counts(name).deletes - before[name].deletes,
    open: server.openPeers(name),
  });
  const present = viewings(folder.path, gate).at(-1)?.session;
  const ofPresent = () => viewings(folder.path, gate).filter(({ session }) => session === present);

  for (const key of ['KeyT', 'Digit1', 'Enter', 'Digit2', 'Enter']) await page.keyboard.press(key);
  await shown(bazaar);
  await switchWatch.watch(page);
  await page.keyboard.press('Control+KeyZ');
  await shown(gate);
  await wall.waitForPictures(0, 10);
  expect(since('gate')).toEqual({ posts: 0, deletes: 0, open: 1 });
  const [tile] = (await switchWatch.seen(page)).tiles;
  expect([tile?.black, tile?.remounted]).toEqual([0, false]);
  await until('the log has all of it', () => ofPresent().length === 3);
  expect(ofPresent().map(({ what }) => what)).toEqual(['opened', 'closed', 'opened']);

  // The other one is not asked for again, and its time is over.
  await until('the session that is left is ended', () => since('bazaar').deletes === 1, 60_000);
  await until('it has gone', () => since('bazaar').open === 1);
  expect([since('bazaar').posts, since('gate')]).toEqual([1, { posts: 0, deletes: 0, open: 1 }]);
  await wall.waitForTiles(2, 'live');
  expect(server.faults()).toEqual([]);
});
