import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { openDesk, readBundle, sealFirst } from '../evidence/open-desk.ts';
import { footageShape } from '../support/footage/numbered-footage.ts';
import { until } from '../support/until.ts';
import { openWall, startProgram, temporaryFolder } from '../support/wall-driver.ts';
import { startVideoFeed } from '../support/whep/video-feed.ts';
import { startWhepServer } from '../support/whep/whep-server.ts';
import { readBeside, readRewound, type RewoundRead } from './rewound-reader.ts';

const loop = footageShape.frames;
/** From one picture of the loop to a later one. */
const passed = (from: number, to: number): number => (to - from + loop) % loop;

type Desk = Awaited<ReturnType<typeof openDesk>>;
const rewound = ({ page }: Pick<Desk, 'page'>, is: (read: RewoundRead) => boolean = () => true) =>
  until('the tile shows what was', async () => {
    const read = await readRewound(page, 0);
    return read?.state === 'shown' && is(read) ? read : null;
  });

describe('a rewound tile on the desk', () => {
  it('is not counted as live, goes at each pace while the live picture beside it goes on, and follows the timeline', async () => {
    const desk = await openDesk();
    const { page, wall } = desk;
    await wall.waitForPictures(0, 6 * footageShape.fps);
    const facts = page.locator('header p').filter({ hasText: 'live' }).first();
    await until('both are counted', async () => (await facts.innerText()).includes('2 of 2 live'));
    await page.keyboard.press('KeyR');
    await rewound(desk);
    await until('it is counted apart', async () => /1 of 2 live\s*1 rewound/.test(await facts.innerText()));

    // As many pictures of the live one as the pace has, in the same time.
    for (const [key, pace] of [
      ['Shift+KeyQ', 0.5],
      ['Shift+KeyW', 1],
    ] as const) {
      await page.keyboard.press(key);
      await page.locator('[data-rewind-panel] output', { hasText: `${pace}×` }).waitFor();
      const from = await until('both have a picture', () => readBeside(page, 0));
      const to = await until('the live one went on', async () => {
        const now = await readBeside(page, 0);
        return now !== null && passed(from.is, now.is) >= 5 * footageShape.fps ? now : null;
      });
      const share = passed(from.was, to.was) / passed(from.is, to.is);
      expect(share).toBeGreaterThan(pace * 0.6);
      expect(share).toBeLessThan(pace * 1.6);
    }

    await page.keyboard.press('KeyE');
    const before = await rewound(desk);
    await page.locator('[data-rewind-panel] input[type="range"]').fill('-3000');
    const scrubbed = await rewound(desk, ({ sequence }) => sequence > before.sequence + footageShape.fps);
    expect(scrubbed.code?.footage).toBe(0);
    expect(scrubbed.shownUtcMs).toBeLessThan(Date.now() - 2_000);
    await page.keyboard.press('End');
    await until('both are live', async () => (await facts.innerText()).includes('2 of 2 live'));
  }, 180_000);

  it('is enlarged as the live one is, before it is rewound, while it is, and after', async () => {
    const desk = await openDesk();
    const { page } = desk;
    /** How many times it is enlarged. */
    const scale = async (what: string) =>
      z
        .number()
        .parse(
          await page.evaluate(`new DOMMatrix(getComputedStyle(document.querySelector('[data-tile="0"] ${what}')).transform).a`),
        );
    await page.keyboard.press('Control+Equal');
    await until('the live one is enlarged', async () => (await scale('video')) > 1.4);
    await page.keyboard.press('KeyR');
    await rewound(desk);
    await expect.poll(() => scale('[data-rewound-canvas]')).toBeCloseTo(1.5);
    await expect.poll(() => scale('video')).toBe(1);
    await page.keyboard.press('Control+Equal');
    await until('the rewound one is enlarged', async () => (await scale('[data-rewound-canvas]')) > 2);
    await page.keyboard.press('End');
    await until('it is live again', async () => (await readRewound(page, 0)) === null);
    await expect.poll(() => scale('video')).toBeCloseTo(2.25);
  }, 120_000);
});

describe('a still of a rewound tile', () => {
  it('is the whole picture with a caption below it, and goes into the bundle of the incident that is being secured', async () => {
    const desk = await openDesk();
    const { page, folder } = desk;
    await page.keyboard.press('KeyF');
    await page.locator('[data-tile="0"] [data-incident="1"][data-evidence="securing"]').waitFor();
    await page.keyboard.press('KeyR');
    await rewound(desk);
    await page.keyboard.press('KeyV');
    await page.locator('[data-tile="0"] [data-still="there"] img').waitFor();
    const { files } = await readBundle(await sealFirst(page, folder));
    const stills = [...files].filter(([name]) => /^data\/stills\/.*png$/.test(name));
    // Width and height of a PNG (its specification, 11.2.2): what was there at the flag, and the kept one with its caption.
    const sizes = stills.map(([, png]) => [png.readUInt32BE(16), png.readUInt32BE(20)]);
    const { width, height } = footageShape;
    expect(sizes).toHaveLength(2);
    expect(sizes).toContainEqual([width, height]);
    expect(sizes).toContainEqual([width, height + 24]);
  }, 120_000);
});

describe('a tile of a foreign WHEP server', () => {
  it('is rewound from memory as any other, also when its server is gone', async () => {
    const feed = await startVideoFeed();
    onTestFinished(() => feed.close());
    const server = await startWhepServer(feed, { camera: {} });
    onTestFinished(() => server.close());
    const folder = await temporaryFolder();
    onTestFinished(() => folder.remove());
    const program = await startProgram(folder.path, ['--camera', server.url('camera')]);
    onTestFinished(async () => void (await program.stop()));
    const wall = await openWall(program.address());
    onTestFinished(() => wall.close());
    const { page } = wall;
    await wall.waitForTile(0, 'live');
    await wall.waitForPictures(0, 90);
    for (const key of ['KeyT', 'Digit1', 'Enter']) await page.keyboard.press(key);
    await page.locator('[data-tile="0"][data-selected]').waitFor();
    await server.lose('camera');
    await page.keyboard.press('KeyR');
    const from = await rewound({ page });
    await rewound({ page }, ({ sequence }) => sequence >= from.sequence + 10);
    await page.keyboard.press('KeyE');
    const stands = await rewound({ page });
    await page.keyboard.press('KeyQ');
    await rewound({ page }, ({ sequence }) => sequence < stands.sequence + 5);
    expect(await page.locator('[data-tile="0"]').innerText()).toContain('Rewound');
  }, 120_000);
});
