import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { openWall, startProgram, temporaryFolder, type WallDriver } from '../support/wall-driver.ts';
import { slowGathering } from '../support/whep/slow-gathering.ts';
import { startVideoFeed, type VideoFeed } from '../support/whep/video-feed.ts';
import type { WhepBehaviour } from '../support/whep/whep-behaviour.ts';
import { startWhepServer, type WhepServer } from '../support/whep/whep-server.ts';

let feed: VideoFeed;
const ends: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  feed = await startVideoFeed();
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(() => feed.close());

interface Habits extends Partial<WhepBehaviour> {
  /** What Deedban is told; the camera may think otherwise. */
  readonly given?: string;
}

/** A foreign server with these cameras, and the program with them on its wall, in this order. */
async function start(habits: Readonly<Record<string, Habits>>) {
  const server = await startWhepServer(feed, habits);
  ends.push(() => server.close());
  const folder = await temporaryFolder();
  ends.push(folder.remove);
  const names = Object.keys(habits);
  const cameras = names.flatMap((name) => ['--camera', server.url(name, habits[name]?.given)]);
  const program = await startProgram(folder.path, cameras);
  ends.push(() => program.stop());
  const wall = await openWall(program.address());
  ends.push(wall.close);
  return { server, program, wall, names, tile: (name: string) => names.indexOf(name) };
}

/** Waits until a tile says these words. */
const says = (wall: WallDriver, tile: number, words: string) =>
  until(`tile ${tile} says "${words}"`, async () => (await wall.tileWords(tile)).includes(words), 60_000);

async function expectNobodyLeft(server: WhepServer, names: readonly string[]): Promise<void> {
  await until('every session has ended', () => names.every((name) => server.openPeers(name) === 0), 60_000);
}

describe('a foreign WHEP server', () => {
  it('is shown live at the first try, whatever its habits, and is told when the page goes', async () => {
    const { server, program, wall, names } = await start({
      'by-the-draft': {},
      'relative-location': { location: 'relative' },
      'path-location-misspelt-etag': { location: 'path', etag: 'E-Tag' },
      'no-etag': { etag: 'missing' },
      'ok-for-created': { status: 200 },
      'no-location': { status: 200, location: 'missing', etag: 'missing' },
      'counter-offer': { to: 'counter-offer' },
      'counter-offer-relative': { to: 'counter-offer', location: 'relative', patchStatus: 200, etag: 'missing' },
      password: { password: 's3cret-right', given: 's3cret-right' },
      'password-counter-offer': { to: 'counter-offer', password: 's3cret-right', given: 's3cret-right', location: 'path' },
      redirect: { to: { redirect: 'same-host' } },
    });
    await wall.waitForTiles(names.length, 'live');
    for (const tile of names.keys()) await wall.waitForPictures(tile, 5);
    expect(server.counts('redirect').posts).toBe(2);
    expect(names.filter((name) => server.counts(name).posts !== 1)).toEqual(['redirect']);
    await wall.page.close();
    // A session without an address cannot be ended; its server finds out by itself (RFC 7675).
    const known = names.filter((name) => name !== 'no-location');
    await expectNobodyLeft(server, known);
    expect(known.filter((name) => server.counts(name).deletes !== 1)).toEqual([]);
    expect(program.said()).not.toContain('s3cret');
    expect(server.faults()).toEqual([]);
  });

  it('is given late candidates where it takes them, and does without where it refuses them', async () => {
    const { server, wall, names } = await start({
      'needs-them': { trickle: 'needed' },
      'needs-them-misspelt-etag': { trickle: 'needed', etag: 'E-Tag', patchStatus: 200 },
      'not-allowed': { trickle: 405 },
      'not-implemented': { trickle: 501, location: 'relative' },
      'no-etag': { etag: 'missing' },
    });
    await wall.page.addInitScript(slowGathering(900));
    await wall.waitForTile(2, 'live');
    const before = names.map((name) => server.counts(name).patches);
    await wall.page.reload();
    await wall.waitForTiles(names.length, 'live');
    for (const tile of names.keys()) await wall.waitForPictures(tile, 5);
    expect(names.map((name, index) => server.counts(name).patches - (before[index] ?? 0))).toEqual([1, 1, 1, 1, 0]);
    expect(server.counts('needs-them').lateCandidates).toBeGreaterThan(0);
    expect(server.counts('needs-them-misspelt-etag').lateCandidates).toBeGreaterThan(0);
    expect(server.faults()).toEqual([]);
  });

  it('has its troubles said in words on the tile, and is back by itself when they are over', async () => {
    const { server, program, wall, names, tile } = await start({
      restarting: { to: { refuse: 404, times: 8 } },
      busy: { to: { refuse: 503, retryAfterS: 4, times: 1 } },
      nonsense: { to: 'nonsense' },
      'says-nothing': { to: 'wait' },
      elsewhere: { to: { redirect: 'other-host' }, password: 's3cret-right', given: 's3cret-right' },
      'takes-no-offer': { to: { refuse: 406, times: 1_000 } },
      'wrong-password': { password: 's3cret-right', given: 's3cret-wrong' },
      'no-password': { password: 's3cret-right' },
      dies: {},
    });
    // Both are over soon.
    await Promise.all([
      says(wall, tile('restarting'), 'The camera has no such stream.'),
      says(wall, tile('busy'), 'The gateway is busy.'),
    ]);
    await wall.waitForTile(tile('dies'), 'live');
    server.behave('dies', { to: { refuse: 404, times: 3 } });
    await server.lose('dies');
    await wall.waitForTile(tile('dies'), 'stalled', 'retrying');
    await says(wall, tile('dies'), 'The network to the gateway seems to be cut.');

    for (const name of ['wrong-password', 'no-password']) {
      await wall.waitForTile(tile(name), 'refused');
      await says(wall, tile(name), 'The gateway refuses the user name or password.');
    }
    await says(wall, tile('nonsense'), "The gateway's answers make no sense.");
    await says(wall, tile('elsewhere'), "The gateway's answers make no sense.");
    await says(wall, tile('takes-no-offer'), 'This PC cannot decode what the camera sends.');
    await says(wall, tile('says-nothing'), 'The gateway does not answer.');

    for (const name of ['nonsense', 'says-nothing', 'elsewhere', 'takes-no-offer']) server.behave(name, { to: 'answer' });
    const refused = ['wrong-password', 'no-password'];
    const back = names.filter((name) => !refused.includes(name));
    await wall.waitForTiles(back.length, 'live');
    for (const name of back) await wall.waitForPictures(tile(name), 5);

    expect(server.counts('busy').tooEarly).toBe(0);
    expect(server.counts('elsewhere').elsewhere).toBe(0);
    // What was granted and could not be used was given back.
    expect(server.counts('nonsense').deletes).toBe(server.counts('nonsense').posts - 1);
    expect(refused.map((name) => server.counts(name).posts)).toEqual([1, 1]);
    await wall.page.reload();
    await wall.waitForTiles(back.length, 'live');
    for (const name of refused) await wall.waitForTile(tile(name), 'refused');
    // A new page asks again, and the front door does not pass it on: a server would lock the account.
    expect(refused.map((name) => server.counts(name).posts)).toEqual([1, 1]);
    await wall.page.close();
    await expectNobodyLeft(server, names);
    expect(program.said()).not.toContain('s3cret');
    expect(server.faults()).toEqual([]);
  });

  it('is told to end a stream whose window went while it was being opened', async () => {
    const { server, wall } = await start({ slow: { to: 'wait', password: 's3cret-right', given: 's3cret-right' } });
    await until('the server was asked', () => server.counts('slow').posts === 1);
    await wall.close();
    server.behave('slow', { to: 'answer' });
    await until('the stream was ended', () => server.counts('slow').deletes === 1);
    expect(server.openPeers('slow')).toBe(0);
    expect(server.faults()).toEqual([]);
  });
});
