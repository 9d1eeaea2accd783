import type { PtzTranslation } from '../../../core/ptz/velocity.ts';
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
 * The parts of a `tt:PTZVector` or `tt:PTZSpeed`, for the axes the spaces have. No `space` is named, which means the generic one: some devices refuse
 * names they gave themselves.
 */
export function vectorXml(
  spaces: Spaces,
  { pan, tilt, zoom }: { readonly pan: number; readonly tilt: number; readonly zoom: number },
  options: { readonly zoomIsWhole: boolean },
): string {
  const { panTilt, zoom: zoomSpace } = spaces;
  const panTiltXml =
    panTilt === null
      ? ''
      : `<tt:PanTilt x="${numberText(intoRange(pan, panTilt.x))}" y="${numberText(intoRange(tilt, panTilt.y ?? panTilt.x))}"/>`;
  const zoomValue = zoomSpace === null ? 0 : (options.zoomIsWhole ? intoWhole : intoRange)(zoom, zoomSpace.x);
  const zoomXml = zoomSpace === null ? '' : `<tt:Zoom x="${numberText(zoomValue)}"/>`;
  return panTiltXml + zoomXml;
}

/**
 * A way in parts of the picture. Its numbers mean the same on every device, whatever range it gives them: 1 is half a picture, and of zoom 2 is twice as
 * large. Where the device knows no such zoom, its own is told.
 */
export function pictureVectorXml(
  spaces: { readonly panTilt: PtzSpace; readonly zoomFov: PtzSpace | null; readonly zoom: PtzSpace | null },
  { pan, tilt, zoom, times }: PtzTranslation,
): string {
  const named = ({ uri }: PtzSpace) => (uri === null ? '' : ` space="${escapeXml(uri)}"`);
  const within = (value: number, { min, max }: NumberRange) => numberText(Math.min(max, Math.max(min, value)));
  const { panTilt, zoomFov } = spaces;
  const panTiltXml = `<tt:PanTilt x="${within(pan, panTilt.x)}" y="${within(tilt, panTilt.y ?? panTilt.x)}"${named(panTilt)}/>`;
  if (times !== undefined && zoomFov !== null) return `${panTiltXml}<tt:Zoom x="${within(times, zoomFov.x)}"${named(zoomFov)}/>`;
  if (spaces.zoom === null) return panTiltXml;
  return `${panTiltXml}<tt:Zoom x="${numberText(intoRange(zoom, spaces.zoom.x))}"${named(spaces.zoom)}/>`;
}
