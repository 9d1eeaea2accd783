import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createProcessorMeter } from '../../main/hosts/processor-meter.ts';
import { type FootageCameras, startFootageCameras } from '../support/footage/footage-cameras.ts';
import { until } from '../support/until.ts';
import { openWall, startProgram, temporaryFolder } from '../support/wall-driver.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** From this share of all cores on nothing is left, and pictures come late, which tiles rightly say. */
const exhausted = 0.9;

/** Notes every verdict of every tile, from the moment it is run. */
const noteVerdicts = `window.said = [...document.querySelectorAll('[data-tile][data-shown]')].map((tile) => {
  const words = [tile.dataset.verdict];
  new MutationObserver(() => words.at(-1) === tile.dataset.verdict || words.push(tile.dataset.verdict))
    .observe(tile, { attributes: true, attributeFilter: ['data-verdict'] });
  return words;
})`;

async function open(prepare: (cameras: FootageCameras) => void, count: number) {
  const cameras = await startFootageCameras([], count);
  ends.push(cameras.close);
  prepare(cameras);
  const folder = await temporaryFolder();
  ends.push(folder.remove);
  const addresses = Array.from({ length: count }, (_, camera) => ['--camera', cameras.url(camera)]).flat();
  const program = await startProgram(folder.path, addresses);
  ends.push(() => program.stop());
  const wall = await openWall(program.address());
  ends.push(wall.close);
  for (let tile = 0; tile < count; tile += 1) await wall.waitForTile(tile, 'live');
  const verdict = (tile: number) => wall.page.locator(`[data-tile="${tile}"]`).getAttribute('data-verdict');
  const awaitVerdict = (tile: number, word: string) =>
    until(`tile ${tile} is ${word}`, async () => (await verdict(tile)) === word, 30_000);
  const processor = createProcessorMeter();
  let busy = 0;
  /** What each tile said so far, one after the other; without what a PC makes of any tile that holds it up for a moment, or has nothing left. */
  const said = async () => {
    busy = Math.max(busy, processor.busy() ?? 0);
    const excused = ['stalled', ...(busy > exhausted ? ['late'] : [])];
    const all = z.array(z.array(z.string())).parse(await wall.page.evaluate('window.said'));
    return all.map((words) =>
      words.filter((word) => !excused.includes(word)).filter((word, at, kept) => at === 0 || word !== kept[at - 1]),
    );
  };
  return { cameras, wall, awaitVerdict, said };
}

describe('the glass', () => {
  it('tells a frozen encoder, a loop in place of the camera, a silent camera and a still scene apart, and none of them is live again before it moves', async () => {
    const [frozen, looping, silent, still, moving] = [0, 1, 2, 3, 4];
    const { cameras, wall, awaitVerdict, said } = await open((all) => all.behave([still], 'frozen'), 5);
    // Some groups, so that what moves is known to move.
    for (const tile of [frozen, looping, silent]) await wall.waitForPictures(tile, 150);
    await wall.page.evaluate(noteVerdicts);
    cameras.behave([frozen], 'frozen');
    cameras.behave([looping], 'looping');
    cameras.behave([silent], 'silent');
    await awaitVerdict(frozen, 'frozen');
    await awaitVerdict(looping, 'slate');
    await awaitVerdict(silent, 'lost');
    await until('the still scene says that it does not change', async () => /unchanged/.test(await wall.tileWords(still)));
    const [ofFrozen, ofLooping, ofSilent, ofStill, ofMoving] = await said();
    expect([ofFrozen, ofLooping, ofStill, ofMoving]).toEqual([['live', 'frozen'], ['live', 'slate'], ['live'], ['live']]);
    // The gateway's cached pictures of it are not shown as if they were new.
    expect(ofSilent?.slice(1)).not.toContain('live');
    cameras.behave([frozen, looping, silent], 'plays');
    for (const tile of [frozen, looping, silent]) await awaitVerdict(tile, 'live');
    // Moving again is no loop, and the end of a loop is no frozen encoder.
    expect((await said())[frozen]).toEqual(['live', 'frozen', 'live']);
    expect((await said())[looping]).toEqual(['live', 'slate', 'live']);
    await wall.waitForPictures(moving, 30);
  });
});
