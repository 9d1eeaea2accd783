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

/** Reads a rewound tile's canvas; null where the tile is not rewound. */
export async function readRewound(page: Page, tile: number): Promise<RewoundRead | null> {
  const script = `(() => {
    const mostFrames = 1024, valueBits = 16, frameCodeBlocks = ${frameCodeBlocks};
    ${readFrameCode.toString()}
    const canvas = document.querySelector('[data-tile="${tile}"] [data-rewound-canvas]');
    if (!canvas) return null;
    const copy = document.createElement('canvas');
    copy.width = canvas.width; copy.height = canvas.height;
    const context = copy.getContext('2d', { alpha: false });
    context.drawImage(canvas, 0, 0);
    const wide = copy.width / frameCodeBlocks;
    const code = readFrameCode(Array.from({ length: frameCodeBlocks }, (_, block) =>
      context.getImageData(Math.floor((block + 0.5) * wide), ${frameCodeHeight / 2}, 1, 1).data[1]));
    const { state, sequence, shownUtc } = canvas.dataset;
    return { state, sequence: Number(sequence ?? -1), shownUtcMs: Number(shownUtc ?? 0), code };
  })()`;
  return readSchema.nullable().parse(await page.evaluate(script));
}
