import type { Page } from 'playwright';
import { z } from 'zod';
import { type FrameCode, frameCodeBlocks, frameCodeHeight, readFrameCode } from '../support/footage/frame-code.ts';

const readSchema = z.object({
  state: z.string(),
  sequence: z.number(),
  shownUtcMs: z.number(),
  code: z.object({ footage: z.number(), frame: z.number() }).nullable(),
});

/** A rewound tile: what it says, and the number that is in its picture. */
export interface RewoundRead {
  readonly state: string;
  readonly sequence: number;
  readonly shownUtcMs: number;
  readonly code: FrameCode | null;
}

/** In the page: the number in a canvas's picture. */
const codeReader = `
    const mostFrames = 1024, valueBits = 16, frameCodeBlocks = ${frameCodeBlocks};
    ${readFrameCode.toString()}
    const codeIn = (canvas) => {
      const copy = document.createElement('canvas');
      copy.width = canvas.videoWidth ?? canvas.width; copy.height = canvas.videoHeight ?? canvas.height;
      const context = copy.getContext('2d', { alpha: false });
      context.drawImage(canvas, 0, 0);
      const wide = copy.width / frameCodeBlocks;
      return readFrameCode(Array.from({ length: frameCodeBlocks }, (_, block) =>
        context.getImageData(Math.floor((block + 0.5) * wide), ${frameCodeHeight / 2}, 1, 1).data[1]));
    };`;

/** Reads a rewound tile's canvas; null where the tile is not rewound. */
export async function readRewound(page: Page, tile: number): Promise<RewoundRead | null> {
  const script = `(() => {
    ${codeReader}
    const canvas = document.querySelector('[data-tile="${tile}"] [data-rewound-canvas]');
    if (!canvas) return null;
    const { state, sequence, shownUtc } = canvas.dataset;
    return { state, sequence: Number(sequence ?? -1), shownUtcMs: Number(shownUtc ?? 0), code: codeIn(canvas) };
  })()`;
  return readSchema.nullable().parse(await page.evaluate(script));
}

const besideSchema = z.object({ was: z.number(), is: z.number() });

/** The numbers in a rewound tile's picture and in the live one beside it, at one moment; null where either has none. */
export async function readBeside(page: Page, tile: number): Promise<z.infer<typeof besideSchema> | null> {
  const script = `(() => {
    ${codeReader}
    const frameIn = (what) => {
      const picture = document.querySelector('[data-tile="${tile}"] ' + what);
      return picture && (picture.videoWidth ?? picture.width) > 0 ? (codeIn(picture)?.frame ?? null) : null;
    };
    const [was, is] = [frameIn('[data-rewound-canvas]'), frameIn('video')];
    return was === null || is === null ? null : { was, is };
  })()`;
  return besideSchema.nullable().parse(await page.evaluate(script));
}

const agedSchema = z.object({
  shown: z.string(),
  verdict: z.string(),
  state: z.string(),
  tone: z.string(),
  caption: z.string(),
  words: z.string(),
  /** When it was read, UTC. */
  atUtcMs: z.number(),
  code: z.object({ footage: z.number(), frame: z.number() }).nullable(),
});
/** A tile that shows the old picture of a camera that it waits for: what it says, and the number that is in that picture. */
export type AgedRead = z.infer<typeof agedSchema>;

/** Null where it shows none. */
export async function readAged(page: Page, tile: number): Promise<AgedRead | null> {
  const script = `(() => {
    ${codeReader}
    const place = document.querySelector('[data-tile="${tile}"]');
    const canvas = place?.querySelector('[data-aged-canvas]');
    if (!canvas) return null;
    const { shown, verdict, state, tone } = place.dataset;
    const words = place.querySelector('[data-aged-picture]').innerText;
    return { shown, verdict, state, tone, caption: place.querySelector('header').innerText, words, atUtcMs: Date.now(), code: codeIn(canvas) };
  })()`;
  return agedSchema.nullable().parse(await page.evaluate(script));
}
