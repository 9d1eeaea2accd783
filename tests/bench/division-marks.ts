import type { Page } from 'playwright';
import { z } from 'zod';

/**
 * Laid into a page before its own scripts: notes on `window.bench`, by the machine's clock (UTC, ms), when a new division was told,
 * when it was in the document, and when it was painted. `note()` is called by what changes the document.
 */
export const divisionMarks = `(() => {
  const bench = { toldAt: 0, committedAt: 0, paintedAt: 0 };
  window.bench = bench;
  bench.note = () => {
    if (bench.committedAt > 0) return;
    bench.committedAt = Date.now();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { bench.paintedAt ||= Date.now(); };
      port2.postMessage(null);
    });
  };
  bench.again = () => { bench.toldAt = bench.committedAt = bench.paintedAt = 0; };
  const shows = (video) => {
    const { totalVideoFrames, droppedVideoFrames } = video.getVideoPlaybackQuality();
    return [totalVideoFrames, droppedVideoFrames];
  };
  bench.pictures = () => [...document.querySelectorAll('video')].map(shows);
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({ data }) => {
        if (typeof data === 'string' && data.includes('"wall.display"')) bench.toldAt ||= Date.now();
      });
    }
  };
})()`;

const marksSchema = z.object({ toldAt: z.number(), committedAt: z.number(), paintedAt: z.number() });
export type Marks = z.infer<typeof marksSchema>;

export async function readMarks(page: Page): Promise<Marks> {
  return marksSchema.parse(await page.evaluate('({ ...bench, note: 0, again: 0, pictures: 0 })'));
}

const picturesSchema = z.array(z.tuple([z.number(), z.number()]));

/** What came of the pictures of the first videos of a page in a stretch of time. */
export interface Stretch {
  /** Pictures shown per second and video. */
  readonly fps: number;
  readonly dropped: number;
}

/** Counts the pictures of the first `videos` videos from now until the returned function is called. */
export async function countPictures(page: Page, videos: number): Promise<() => Promise<Stretch>> {
  const read = async () => picturesSchema.parse(await page.evaluate('bench.pictures()')).slice(0, videos);
  const before = await read();
  const startMs = performance.now();
  return async () => {
    const after = await read();
    const seconds = (performance.now() - startMs) / 1_000;
    let shown = 0;
    let dropped = 0;
    for (const [index, [total, lost]] of after.entries()) {
      const [totalBefore, lostBefore] = before[index] ?? [0, 0];
      shown += total - lost - (totalBefore - lostBefore);
      dropped += lost - lostBefore;
    }
    return { fps: shown / Math.max(1, after.length) / seconds, dropped };
  };
}
