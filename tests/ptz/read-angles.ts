import type { Page } from 'playwright';
import { z } from 'zod';
import { frameHeight, frameWidth, mainScale } from '../../main/gateway/city/frame-size.ts';
import { drawGlyph } from '../../main/gateway/city/font.ts';
import { advance, textWidth } from '../../main/gateway/city/osd.ts';
import { anglesPitch, anglesText, anglesTop } from '../../main/gateway/city/ptz-picture.ts';

/** Degrees right and up, and the magnification, as burnt into a picture of the demonstration city. */
export interface Angles {
  readonly pan: number;
  readonly tilt: number;
  readonly magnification: number;
}

const digits = '0123456789'.split('');
const sample = anglesText({ pan: 0, tilt: 0, zoom: 0 });
const left = (frameWidth - textWidth(sample, anglesPitch)) >> 1;
const step = advance(anglesPitch);
/** Where in a picture of the demonstration city the angles stand, in its own pixels. */
export const anglesBand = {
  x: left - 2,
  y: anglesTop - 2,
  width: textWidth(sample, anglesPitch) + 4,
  height: drawGlyph('0', anglesPitch).height + 4,
};

/** In the page: the brightness of the band of the tile's picture in which the angles stand, and the picture's time; null while it is no such picture. */
const lookAtBand = `({ tile, band, frameWidth, frameHeight, mainScale }) => {
  const video = document.querySelector('[data-tile="' + tile + '"] video');
  // The main stream is the same picture, enlarged.
  if (![1, mainScale].some((scale) => video?.videoWidth === frameWidth * scale && video.videoHeight === frameHeight * scale)) return null;
  const context = new OffscreenCanvas(band.width, band.height).getContext('2d');
  context.drawImage(video, -band.x, -band.y, frameWidth, frameHeight);
  const luma = Array.from(context.getImageData(0, 0, band.width, band.height).data.filter((_, at) => at % 4 === 1));
  return { luma, seconds: video.currentTime };
}`;

const bandSchema = z.object({ luma: z.array(z.number()), seconds: z.number() });

/** Reads what the picture of a tile (from 0) shows of its head's angles; null while it shows none. */
export async function readAngles(page: Page, tile: number): Promise<Angles | null> {
  return (await readAnglesAt(page, tile))?.angles ?? null;
}

/** The same with the time of that picture in its stream (s), which no reader's pause changes. */
export async function readAnglesAt(page: Page, tile: number): Promise<{ angles: Angles; seconds: number } | null> {
  const look = `(${lookAtBand})(${JSON.stringify({ tile, band: anglesBand, frameWidth, frameHeight, mainScale })})`;
  const band = bandSchema.nullable().parse(await page.evaluate(look));
  const angles = band && anglesIn(band.luma);
  return angles && { angles, seconds: band.seconds };
}

/** @param luma brightness of each pixel of `anglesBand`, row by row */
export function anglesIn(luma: readonly number[]): Angles | null {
  const text = sample.split('').map((shown, place) => {
    if (!/[-+\d]/.test(shown)) return shown;
    return mostLike(luma, place, /\d/.test(shown) ? digits : ['+', '-']);
  });
  const [, pan, tilt, magnification] = /^P ([-+][\d.]+) T ([-+][\d.]+) Z ([\d.]+)$/.exec(text.join('')) ?? [];
  if (pan === undefined || tilt === undefined || magnification === undefined) return null;
  return { pan: Number(pan), tilt: Number(tilt), magnification: Number(magnification) };
}

/** The character whose ink is lightest against its rim. */
function mostLike(luma: readonly number[], place: number, characters: readonly string[]): string {
  const scored = characters.map((character) => ({ character, score: likeness(luma, place, character) }));
  return scored.reduce((best, each) => (each.score > best.score ? each : best)).character;
}

/** How well the brightness goes with the ink of a character, from -1 to 1 (a correlation). */
function likeness(luma: readonly number[], place: number, character: string): number {
  const { width, height, ink } = drawGlyph(character, anglesPitch);
  const seen: number[] = [];
  const wanted: number[] = [];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < Math.min(width, step); x += 1) {
      seen.push(luma[(y + 2) * anglesBand.width + place * step + x + 2] ?? 0);
      wanted.push(ink[y * width + x] ?? 0);
    }
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [seenMean, wantedMean] = [mean(seen), mean(wanted)];
  let [both, seenSpread, wantedSpread] = [0, 0, 0];
  seen.forEach((value, at) => {
    const a = value - seenMean;
    const b = (wanted[at] ?? 0) - wantedMean;
    both += a * b;
    seenSpread += a * a;
    wantedSpread += b * b;
  });
  return both / Math.sqrt(seenSpread * wantedSpread || 1);
}
