import type { NumberRange, PtzSpace } from './ptz-node.ts';
import { escapeXml, numberText } from './xml-text.ts';

/** A part from -1 to 1 in a space's own numbers: 0 is its 0 where it has one, else its middle. */
export function intoRange(part: number, { min, max }: NumberRange): number {
  const bounded = Math.min(1, Math.max(-1, part));
  if (min < 0 && max > 0) return bounded < 0 ? -bounded * min : bounded * max;
  return min + ((bounded + 1) / 2) * (max - min);
}

/** A part from 0 to 1, likewise. */
export function intoWhole(part: number, { min, max }: NumberRange): number {
  return min + Math.min(1, Math.max(0, part)) * (max - min);
}

/** Back from a space's own numbers; what lies outside of them counts as its end. */
export function fromRange(value: number, { min, max }: NumberRange): number {
  const bounded = Math.min(max, Math.max(min, value));
  if (min < 0 && max > 0) return bounded < 0 ? -bounded / min : bounded / max;
  return max === min ? 0 : ((bounded - min) / (max - min)) * 2 - 1;
}

export function fromWhole(value: number, { min, max }: NumberRange): number {
  return max === min ? 0 : (Math.min(max, Math.max(min, value)) - min) / (max - min);
}

interface Spaces {
  readonly panTilt: PtzSpace | null;
  readonly zoom: PtzSpace | null;
}

/**
 * The parts of a `tt:PTZVector` or `tt:PTZSpeed`, for the axes the spaces have. `space` attributes are written only where the generic
 * one is not meant: some devices refuse names they gave themselves.
 */
export function vectorXml(
  spaces: Spaces,
  { pan, tilt, zoom }: { readonly pan: number; readonly tilt: number; readonly zoom: number },
  options: { readonly zoomIsWhole: boolean; readonly spaceNamed?: boolean },
): string {
  const { panTilt, zoom: zoomSpace } = spaces;
  const named = (space: PtzSpace) =>
    options.spaceNamed === true && space.uri !== null ? ` space="${escapeXml(space.uri)}"` : '';
  const panTiltXml =
    panTilt === null
      ? ''
      : `<tt:PanTilt x="${numberText(intoRange(pan, panTilt.x))}" y="${numberText(intoRange(tilt, panTilt.y ?? panTilt.x))}"${named(panTilt)}/>`;
  const zoomValue = zoomSpace === null ? 0 : (options.zoomIsWhole ? intoWhole : intoRange)(zoom, zoomSpace.x);
  const zoomXml = zoomSpace === null ? '' : `<tt:Zoom x="${numberText(zoomValue)}"${named(zoomSpace)}/>`;
  return panTiltXml + zoomXml;
}
