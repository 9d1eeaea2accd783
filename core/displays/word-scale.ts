/** What is known of a display's size. */
export interface DisplaySize {
  /** In physical pixels; 0 where it is not known. */
  readonly pixels: { readonly width: number; readonly height: number };
  /** Of the glass; null where the display does not say it. */
  readonly millimetres: { readonly width: number; readonly height: number } | null;
  /** Device pixels per CSS pixel, as the system has them; null where it is not known. */
  readonly scale: number | null;
}

/** How large words may be made on a display: from three quarters of their size on a desk monitor of 1080 lines to three times of it. */
export const wordScales = { least: 0.75, most: 3, step: 0.25 } as const;

/** A desk monitor on which words of scale 1 are what they were drawn for: 24 inches and 1080 lines have 92. */
const pixelsPerInch = 96;
/** The desk has to fit on what is left: its panels, and pictures between them. */
const room = { long: 1_280, short: 720 } as const;
/** Smaller than this nothing is that a person works on: the display tells a proportion (16 × 9) and not a size. */
const leastDiagonalMm = 200;
const unknownButDense = { shortSide: 2_000, scale: 1.5 } as const;

/**
 * How large words are on a display that is worked on from a chair, while nobody says otherwise: as large in millimetres as on a desk monitor of 1080
 * lines, in steps of a quarter, as far as the desk still fits. Where the system scales already, that counts. Without a size, many lines are taken
 * for small ones.
 */
export function usualWordScale({ pixels, millimetres, scale }: DisplaySize): number {
  if (scale !== null && scale > 1) return 1;
  const long = Math.max(pixels.width, pixels.height);
  const short = Math.min(pixels.width, pixels.height);
  const diagonalMm = millimetres === null ? 0 : Math.hypot(millimetres.width, millimetres.height);
  const dense = short >= unknownButDense.shortSide ? unknownButDense.scale : 1;
  const wanted =
    diagonalMm < leastDiagonalMm ? dense : quarter(Math.hypot(long, short) / (diagonalMm / 25.4) / pixelsPerInch, Math.round);
  const fits = quarter(Math.min(long / room.long, short / room.short), Math.floor);
  return Math.max(1, Math.min(wanted, fits, wordScales.most));
}

function quarter(value: number, round: (value: number) => number): number {
  return round(value / wordScales.step) * wordScales.step;
}
