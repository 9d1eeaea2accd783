import { z } from 'zod';
import { createProcessorMeter } from '../../../main/hosts/processor-meter.ts';
import type { Story } from '../bench.ts';
import { type FootageWalls, openFootageWalls } from '../footage-walls.ts';
import { soleResult } from '../result.ts';

const tiles = 100;
/** A display has 64 tiles at most: two windows show the same fifty cameras, of ours and of the bare page. */
const perWindow = tiles / 2;
const inFocus = 16;
/** The last ones of each window, so that nothing but their importance is in their favour. */
const pinned = Array.from({ length: inFocus / 2 }, (_, index) => perWindow - 1 - index);
/** Until a wall of a hundred has found its measure. */
const settleMs = 20_000;

/**
 * Notes how long each video shows the same picture: `density.begin()`, and `density.worst()`, which gives the longest such time of each (ms), in the
 * order of the tiles. Pictures are counted several times a second; a frame callback for each would be a load of its own.
 */
const script = `window.density = (() => {
  const rank = (video) => Number(video.closest('[data-tile]')?.dataset.tile ?? -1);
  const videos = () => {
    // A tile without a camera has a video, too, and nothing in it.
    const all = [...document.querySelectorAll('video')].filter((video) => video.checkVisibility() && video.closest('[data-tile]')?.dataset.camera !== '');
    return rank(all[0]) < 0 ? all : all.sort((a, b) => rank(a) - rank(b));
  };
  let timer, each = [];
  const shown = (video) => video.getVideoPlaybackQuality().totalVideoFrames;
  return {
    begin() {
      const now = performance.now();
      each = videos().map((video) => ({ video, count: shown(video), sinceMs: now, worstMs: 0, first: shown(video) }));
      let lookedMs = now;
      timer = setInterval(() => {
        const atMs = performance.now();
        // Where this timer was late, pictures came and went unseen: as many as were counted, at their own pace.
        const lateMs = Math.max(0, atMs - lookedMs - 50);
        lookedMs = atMs;
        for (const one of each) {
          const count = shown(one.video);
          const unseenMs = Math.min(lateMs, Math.max(0, count - one.count - 1) * 1_000 / 15);
          one.worstMs = Math.max(one.worstMs, atMs - one.sinceMs - unseenMs);
          if (count !== one.count) { one.count = count; one.sinceMs = atMs; }
        }
      }, 50);
    },
    end() {
      clearInterval(timer);
      return each.map(({ worstMs, count, first }) => ({ worstMs, pictures: count - first }));
    },
  };
})(); undefined`;
const endSchema = z.array(z.object({ worstMs: z.number(), pictures: z.number() }));

interface Run {
  readonly focus: { readonly freezes: number; readonly worstMs: number; readonly fps: number };
  readonly others: { readonly worstMs: number; readonly fps: number };
  /** Of all cores, meanwhile: more could be shown where it is not near 1. */
  readonly busy: number;
}

/** The browser's own measure of a freeze for a stream of 15 pictures a second: three times the usual interval, at least 150 ms more than it. */
const freezeMs = 217;

async function openAndMeasure(walls: FootageWalls, own: boolean, seconds: number): Promise<Run> {
  const wall = own ? await walls.openOurs() : await walls.openBare();
  const pages = [wall.page];
  try {
    const cameras = Array.from({ length: perWindow }, (_, camera) => camera);
    await wall.show(cameras);
    if (own) for (const tile of pinned) await pin(walls, tile, true);
    pages.push(await wall.openAnother(cameras));
    await wall.page.waitForTimeout(settleMs);
    for (const page of pages) {
      await page.evaluate(script);
      await page.evaluate('density.begin()');
    }
    const meter = createProcessorMeter();
    await wall.page.waitForTimeout(seconds * 1_000);
    const busy = meter.busy() ?? Number.NaN;
    const ends = await Promise.all(pages.map(async (page) => endSchema.parse(await page.evaluate('density.end()'))));
    const all = ends.flat();
    if (all.length !== tiles) throw new Error(`${all.length} videos are on the glass, not ${tiles}`);
    const isFocus = (index: number) => pinned.includes(index % perWindow);
    const focus = all.filter((_, index) => isFocus(index));
    const others = all.filter((_, index) => !isFocus(index));
    const fps = (some: typeof all) => some.reduce((sum, { pictures }) => sum + pictures, 0) / some.length / seconds;
    const worst = (some: typeof all) => Math.max(...some.map(({ worstMs }) => worstMs));
    return {
      focus: { freezes: focus.filter(({ worstMs }) => worstMs > freezeMs).length, worstMs: worst(focus), fps: fps(focus) },
      others: { worstMs: worst(others), fps: fps(others) },
      busy,
    };
  } finally {
    // What is pinned would stay in the next run.
    if (own) for (const tile of pinned) await pin(walls, tile, false);
    await wall.close();
  }
}

async function pin({ seat }: FootageWalls, tile: number, on: boolean): Promise<void> {
  await seat.call('wall.change', { change: { type: 'pin', at: { displayId: 'wall', tile }, pinned: on } });
}

/** More tiles than the computer can decode: what matters goes on, and everything else is not old. */
export const density: Story = {
  name: 'density',
  about:
    '100 tiles on this computer (two windows of 50), 16 of them pinned: freezes of the 16, age of the others (a key picture every second)',
  async run({ quick, progress }) {
    const walls = await openFootageWalls(perWindow, [], 'short-group');
    const seconds = quick ? 10 : 30;
    const pairs: { ours: Run; bare: Run }[] = [];
    try {
      for (let pair = 0; pair < (quick ? 1 : 7); pair += 1) {
        const first = pair % 2 === 0 ? await openAndMeasure(walls, true, seconds) : null;
        const bare = await openAndMeasure(walls, false, seconds);
        const ours = first ?? (await openAndMeasure(walls, true, seconds));
        pairs.push({ ours, bare });
        progress(`pair ${pair + 1}: ours ${JSON.stringify(ours)}; bare ${JSON.stringify(bare)}`);
      }
    } finally {
      await walls.close();
    }
    const own = (of: (run: Run) => number) => pairs.map(({ ours }) => of(ours));
    const bare = (of: (run: Run) => number) => pairs.map((pair) => of(pair.bare));
    return [
      soleResult(
        `tiles of the ${inFocus} that froze`,
        'tiles',
        own(({ focus }) => focus.freezes),
        0,
        1,
      ),
      soleResult(
        `the same tiles of the bare page`,
        'tiles',
        bare(({ focus }) => focus.freezes),
        null,
      ),
      soleResult(
        `pictures a second of the ${inFocus} (15 are sent)`,
        'fps',
        own(({ focus }) => focus.fps),
        null,
      ),
      soleResult(
        'the same of the bare page',
        'fps',
        bare(({ focus }) => focus.fps),
        null,
      ),
      soleResult(
        'oldest picture of all others',
        'ms',
        own(({ others }) => others.worstMs),
        2_000,
        1,
      ),
      soleResult(
        'the same of the bare page',
        'ms',
        bare(({ others }) => others.worstMs),
        null,
        1,
      ),
      soleResult(
        'pictures a second of the others',
        'fps',
        own(({ others }) => others.fps),
        null,
      ),
      soleResult(
        'of all cores busy meanwhile',
        'share',
        own(({ busy }) => busy),
        null,
      ),
      soleResult(
        'the same of the bare page',
        'share',
        bare(({ busy }) => busy),
        null,
      ),
    ];
  },
};
