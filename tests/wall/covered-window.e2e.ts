import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { record } from '../gateway/support/recording.ts';
import { startFootageServer } from '../support/footage/footage-server.ts';
import { openRawPage, type RawPage } from '../support/raw-browser.ts';
import { sampledCount } from '../support/sampled.ts';
import { until } from '../support/until.ts';
import { startProgram, temporaryFolder } from '../support/wall-driver.ts';
import { type XCover, xCover } from '../support/x-cover.ts';
import { startXorgDummy } from '../support/xorg-dummy.ts';

const size = { width: 1280, height: 720 };
const tiles = 4;
const rounds = sampledCount(10, 200);
const ends: (() => Promise<unknown> | void)[] = [];
let page: RawPage;
let other: XCover;
beforeAll(async () => {
  // Longer than the test: what comes round is rightly called a loop.
  const footage = await record({ seconds: sampledCount(180, 600), fps: 10 });
  const cameras = await startFootageServer(() => Promise.resolve(footage));
  ends.push(() => cameras.close());
  const folder = await temporaryFolder();
  ends.push(folder.remove);
  const given = Array.from({ length: tiles }, (_, camera) => ['--camera', `rtsp://127.0.0.1:${cameras.port}/${camera}`]).flat();
  const program = await startProgram(folder.path, given);
  ends.push(() => program.stop());
  const xorg = await startXorgDummy({ count: 1, ...size, desktop: size });
  ends.push(() => xorg.close());
  page = await openRawPage(xorg.env, program.address());
  ends.push(() => page.close());
  other = await xCover(xorg.env, { x: 0, y: 0, ...size });
  ends.push(() => other.close());
});
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

const verdicts = async () =>
  z
    .array(z.string())
    .parse(
      await page.evaluate("[...document.querySelectorAll('[data-tile][data-verdict]')].map((tile) => tile.dataset.verdict)"),
    );
const allSay = (word: string) =>
  until(
    `all tiles say ${word}`,
    async () => {
      const said = await verdicts();
      return said.length === tiles && said.every((each) => each === word);
    },
    60_000,
  );

describe('a window that another one covers', () => {
  it(
    'says nothing of its tiles while nobody sees them, and each is live again when it is uncovered, however often',
    async () => {
      await allSay('live');
      await page.evaluate(`
        window.ill = [];
        new MutationObserver((records) => {
          for (const { target } of records) if (!['live', 'unseen', 'opening', 'stalled'].includes(target.dataset.verdict)) ill.push(target.dataset.verdict);
          if (document.hidden) ill.push(...records.map(({ target }) => target.dataset.verdict).filter((word) => word === 'stalled'));
        }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-verdict'] });
      `);
      for (let round = 0; round < rounds; round += 1) {
        await other.cover();
        await until('the window is hidden', async () => (await page.evaluate('document.hidden')) === true);
        await allSay('unseen');
        await other.uncover();
        await allSay('live');
      }
      expect(await page.evaluate('ill')).toEqual([]);
    },
    180_000 + rounds * 10_000,
  );
});
