import type { PtzPosition } from '../../../core/ptz/velocity.ts';

/** A place as it is typed: per cent of the camera's way. */
export interface TypedPosition {
  readonly pan: string;
  readonly tilt: string;
  readonly zoom: string;
}
export const nowhere: TypedPosition = { pan: '', tilt: '', zoom: '' };

/** A number within its range, with one decimal place at most; undefined for anything else, and for nothing. */
export function perCent(typed: string, least: number, most: number): number | undefined {
  // A minus sign is typed, and pasted, in several ways.
  const text = typed.trim().replace(/^[−–]/, '-').replace(',', '.');
  const number = /^[-+]?\d{1,3}(\.\d)?$/.test(text) ? Number(text) : Number.NaN;
  return number >= least && number <= most ? number : undefined;
}

export function typedPosition({ pan, tilt, zoom }: PtzPosition): TypedPosition {
  const shown = (part: number) => String(Math.round(part * 1_000) / 10);
  return { pan: shown(pan), tilt: shown(tilt), zoom: shown(zoom) };
}

/**
 * Where the camera is to look; undefined as long as something typed is no place. What it cannot be sent to is not asked for.
 *
 * @param absolute the axes that the camera takes places of
 */
export function positionOf(
  { pan, tilt, zoom }: TypedPosition,
  absolute: { readonly panTilt: boolean; readonly zoom: boolean },
): PtzPosition | undefined {
  const found = {
    pan: absolute.panTilt ? perCent(pan, -100, 100) : 0,
    tilt: absolute.panTilt ? perCent(tilt, -100, 100) : 0,
    zoom: absolute.zoom ? perCent(zoom, 0, 100) : 0,
  };
  if (found.pan === undefined || found.tilt === undefined || found.zoom === undefined) return undefined;
  return { pan: found.pan / 100, tilt: found.tilt / 100, zoom: found.zoom / 100 };
}
