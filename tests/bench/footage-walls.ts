import type { Page } from 'playwright';
import { z } from 'zod';
import { cameraIdSchema } from '../../core/cameras/camera.ts';
import { gridLayout } from '../../core/wall/layout.ts';
import { type FootageCameras, startFootageCameras } from '../support/footage/footage-cameras.ts';
import { frameReader } from '../support/footage/frame-reader.ts';
import { type FootageKind, footageCount } from '../support/footage/numbered-footage.ts';
import { until } from '../support/until.ts';
import { serveBarePage } from './bare-server.ts';
import { type BenchBrowser, openBenchBrowser } from './bench-browser.ts';
import { type BenchSeat, openBenchSeat } from './bench-seat.ts';
import { type BenchWall, openBenchWall } from './bench-wall.ts';

/** Our wall or the bare page, in a browser of its own, with the same verbs. Cameras are numbered from 0. */
export interface FootageWall {
  readonly browser: BenchBrowser;
  readonly page: Page;
  /** Shows these cameras, as square as it goes, in place of what is shown. Resolves to when it was asked (UTC, ms); does not wait for pictures. */
  show(cameras: readonly number[]): Promise<number>;
  /** Opens another window of the same size beside it that shows these cameras, too. Ours shows what the first one does. */
  openAnother(cameras: readonly number[]): Promise<Page>;
  close(): Promise<void>;
}

/** Cameras with numbers in their pictures, our services with no window, and a bare page beside them on the same gateway. */
export interface FootageWalls {
  readonly cameras: FootageCameras;
  readonly wall: BenchWall;
  readonly seat: BenchSeat;
  /** Empty, and ready to show. */
  openOurs(options?: {
    /** Runs in the page before anything of its own. */
    readonly script?: string;
    /** What is done to the page before it opens anything. */
    prepare?(page: Page): Promise<void>;
  }): Promise<FootageWall>;
  openBare(): Promise<FootageWall>;
  close(): Promise<void>;
}

/** What the wall of tiles is expected to show, camera by camera (`footage.expect`). */
export const footagesOf = (cameras: readonly number[]): number[] => cameras.map((camera) => camera % footageCount);

const idOf = (camera: number) => cameraIdSchema.parse(`camera-${camera + 1}`);

/**
 * @param count how many footage cameras there are
 * @param more addresses of others, numbered behind them
 * @param kind what they show, where that is not the usual footage
 */
export async function openFootageWalls(count: number, more: readonly string[] = [], kind?: FootageKind): Promise<FootageWalls> {
  const ends: (() => Promise<unknown> | void)[] = [];
  const close = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const cameras = await startFootageCameras(kind ? [kind] : []);
    ends.push(cameras.close);
    const addresses = [...Array.from({ length: count }, (_, camera) => cameras.url(camera, kind)), ...more];
    const wall = await openBenchWall({ cameras: addresses });
    ends.push(() => wall.running.close());
    const seat = await openBenchSeat(wall.running.services.program);
    ends.push(seat.close);
    const bare = await serveBarePage(() => wall.running.services.gateway.endpoint());
    ends.push(bare.close);
    await until('the gateway runs', () => wall.running.services.gateway.endpoint() !== null);

    const show = async (numbers: readonly number[]): Promise<void> => {
      const side = Math.ceil(Math.sqrt(numbers.length));
      const contents = numbers.map((camera) => ({ kind: 'camera', camera: idOf(camera) }) as const);
      const displays = [{ displayId: 'wall', layout: gridLayout(side, side), contents }];
      const { refusal } = await seat.call('wall.change', { change: { type: 'show', displays } });
      if (refusal !== null) throw new Error(`the wall shows nothing: ${refusal}`);
    };
    const clear = async (): Promise<void> => {
      await seat.call('wall.change', { change: { type: 'clear', displayId: 'wall' } });
    };
    return {
      cameras,
      wall,
      seat,
      async openOurs(options = {}) {
        await clear();
        const browser = await openBenchBrowser(wall.address(), options.script, options.prepare);
        await browser.page.locator('[data-wall]').waitFor({ timeout: 60_000 });
        return {
          ...(await ready(browser)),
          async show(numbers) {
            const askedMs = performance.timeOrigin + performance.now();
            await show(numbers);
            return askedMs;
          },
          openAnother: () => browser.openAnother(wall.address()),
          async close() {
            await browser.close();
            await until('our wall is closed', () => wall.facts().length === 0);
          },
        };
      },
      async openBare() {
        const browser = await openBenchBrowser(bare.address([]));
        const listOf = (numbers: readonly number[]) => JSON.stringify(numbers.map((camera) => `${idOf(camera)}/main`));
        return {
          ...(await ready(browser)),
          async openAnother(numbers) {
            const page = await browser.openAnother(bare.address([]));
            await page.evaluate(`void bareShow(${listOf(numbers)})`);
            return page;
          },
          async show(numbers) {
            const list = listOf(numbers);
            // Asked in the page, and its answer not waited for: the bench's own way to the page is no part of it.
            return z
              .number()
              .parse(
                await browser.page.evaluate(
                  `(() => { const at = performance.timeOrigin + performance.now(); void bareShow(${list}); return at; })()`,
                ),
              );
          },
          close: () => browser.close(),
        };
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function ready(browser: BenchBrowser): Promise<Pick<FootageWall, 'browser' | 'page'>> {
  await until('the page knows how to show', () => browser.page.evaluate('document.readyState === "complete"'));
  await browser.page.evaluate(frameReader);
  // What a page does when it starts is no part of what is measured.
  await browser.page.waitForTimeout(1_000);
  return { browser, page: browser.page };
}

const shownSchema = z.array(z.object({ shownUtcMs: z.number().nullable(), blackMs: z.number() }));

/** Waits until every tile shows what `footage.expect` was told. */
export async function untilShown(page: Page): Promise<{ readonly shownUtcMs: number; readonly blackMs: number }[]> {
  const tiles = await until(
    'every tile shows its camera',
    async () => {
      const all = shownSchema.parse(await page.evaluate('footage.shown()'));
      return all.every(({ shownUtcMs }) => shownUtcMs !== null) ? all : null;
    },
    60_000,
  );
  return tiles.map(({ shownUtcMs, blackMs }) => ({ shownUtcMs: shownUtcMs ?? Number.NaN, blackMs }));
}

const sampleSchema = z.object({ tile: z.int(), footage: z.int(), frame: z.int(), atUtcMs: z.number(), same: z.boolean() });

/** Reads pictures for some seconds. */
export async function samplePictures(page: Page, seconds: number): Promise<z.infer<typeof sampleSchema>[]> {
  await page.evaluate('footage.sample(3)');
  await page.waitForTimeout(seconds * 1_000);
  const all = z.array(sampleSchema).parse(await page.evaluate('footage.samples()'));
  const sure = all.filter(({ same }) => same);
  if (sure.length < all.length / 2) throw new Error(`${all.length} pictures read, ${sure.length} of them with their time`);
  return sure;
}
