import { type LensData, mostMagnification } from '../../../core/ptz/lens.ts';

/** A lens as it is typed off a datasheet; nothing typed is nothing known. */
export interface TypedLens {
  readonly magnification: string;
  readonly degrees: string;
  readonly slowsByItself: boolean;
}
export const widestDegrees = { least: 1, most: 179 } as const;

/** A number within its range, with two decimal places at most; null for nothing typed; undefined for anything else. */
export function decimal(typed: string, least: number, most: number): number | null | undefined {
  const text = typed
    .trim()
    // As datasheets write it: 30x, 58.5°.
    .replace(/\s*[x×°]$/i, '')
    .replace(',', '.');
  if (text === '') return null;
  const number = /^\d{1,3}(\.\d{1,2})?$/.test(text) ? Number(text) : Number.NaN;
  return number >= least && number <= most ? number : undefined;
}

export const typedMagnification = (typed: string): number | null | undefined => decimal(typed, 1, mostMagnification);
export const typedDegrees = (typed: string): number | null | undefined => decimal(typed, widestDegrees.least, widestDegrees.most);

/** What is to be kept; null: nothing is said of the lens any more; undefined as long as something typed is no lens. */
export function lensOf({ magnification, degrees, slowsByItself }: TypedLens): LensData | null | undefined {
  const most = typedMagnification(magnification);
  const widest = typedDegrees(degrees);
  if (most === undefined || widest === undefined) return undefined;
  if (most !== null) return { magnification: most, widestDegrees: widest, slowsByItself };
  // All the rest is of a lens whose magnification is said too.
  return widest === null && !slowsByItself ? null : undefined;
}
