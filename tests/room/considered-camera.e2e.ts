import { afterEach, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { countDecoding, decodingConnections } from '../support/whep/decoding-connections.ts';
import { startVideoFeed } from '../support/whep/video-feed.ts';
import { startWhepServer } from '../support/whep/whep-server.ts';
import { clickOn, dragTo, idOf, openControlRoom, placeOf, room } from './control-room.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

it('a foreign camera that the pointer rests on in the console is opened by the window of the wall, which shows it in that session when it was dragged there', async () => {
  const feed = await startVideoFeed();
  ends.push(() => feed.close());
  const server = await startWhepServer(feed, { shown: {}, dragged: {} });
  ends.push(() => server.close());
  const [desk, left] = room;
  const place = await openControlRoom([desk, left]);
  ends.push(place.close);
  const program = await place.start('--tiles', '1', '--camera', server.url('shown'), '--camera', server.url('dragged'));
  const page = await program.console();
  const wall = await program.wall(idOf(left));
  const live = wall.locator('[data-wall] [data-tile="0"][data-state="live"]');
  await live.waitFor({ timeout: 60_000 });
  await countDecoding(wall);
  const workTile = page.locator('[data-work-display] [data-tile="0"]');
  await clickOn(place.hand, workTile);
  await wall.locator('[data-tile="0"][data-selected]').waitFor();
  await page.getByRole('combobox', { name: 'Search cameras' }).fill('dragged');
  // A line to which the pointer goes while the list still changes is another one.
  await page.locator('[data-shows="dragged"]').waitFor();
  const line = page.locator('[data-camera-line="2"]');
  await line.waitFor();
  const { x, y } = await placeOf(line);
  await place.hand.move(x, y);
  await until('it is opened', () => server.counts('dragged').posts === 1);
  await decodingConnections(wall, 2);
  const opened = server.counts('shown').posts;
  await dragTo(place.hand, line, workTile);
  await until('the tile shows it', async () => (await live.innerText()).includes('dragged'));
  await until('what it showed before is ended', () => server.openPeers('shown') === 0);
  await live.waitFor();
  expect([server.counts('dragged').posts, server.openPeers('dragged'), server.counts('shown').posts]).toEqual([1, 1, opened]);
  expect(server.faults()).toEqual([]);
});
