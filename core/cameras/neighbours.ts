import type { Camera } from './camera.ts';

/** A camera near to others. `metres`: to the nearest of them; null where a position is not known, and they are of one site. */
export interface Neighbour {
  readonly camera: Camera;
  readonly metres: number | null;
}

/** Further away nobody is called a neighbour. */
const nearMetres = 1_500;
/** The earth's mean radius (IUGG). */
const earthMetres = 6_371_008;
const radians = Math.PI / 180;

type Position = NonNullable<Camera['position']>;

/** The great circle between two positions, in metres (haversine). */
export function metresBetween(a: Position, b: Position): number {
  const half = (from: number, to: number) => Math.sin(((to - from) * radians) / 2) ** 2;
  const share = half(a.lat, b.lat) + Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * half(a.lon, b.lon);
  return 2 * earthMetres * Math.asin(Math.min(1, Math.sqrt(share)));
}

/** The cameras nearest to some: those of their sites first, then by distance, then by number; at most `most`, none of `of` itself. */
export function neighboursOf(all: Iterable<Camera>, of: readonly Camera[], most: number): readonly Neighbour[] {
  const own = new Set(of.map(({ id }) => id));
  const siteOf = ({ district, site }: Camera) => `${district}\n${site}`;
  const sites = new Set(of.filter(({ site }) => site !== '').map(siteOf));
  const positions = of.flatMap(({ position }) => position ?? []);
  const found: (Neighbour & { readonly sameSite: boolean })[] = [];
  for (const camera of all) {
    if (own.has(camera.id)) continue;
    const { position } = camera;
    const metres =
      position === null || positions.length === 0 ? null : Math.min(...positions.map((each) => metresBetween(each, position)));
    const sameSite = sites.has(siteOf(camera));
    if (sameSite || (metres !== null && metres <= nearMetres)) found.push({ camera, metres, sameSite });
  }
  found.sort(
    (a, b) => Number(b.sameSite) - Number(a.sameSite) || (a.metres ?? 0) - (b.metres ?? 0) || a.camera.number - b.camera.number,
  );
  return found.slice(0, most).map(({ camera, metres }) => ({ camera, metres }));
}
