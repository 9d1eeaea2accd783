/** A picture of which face is nearest at each sample; the nearest has the greatest `near`. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly near: Float32Array;
  /** 0 where there is nothing, else a face's index plus 1. */
  readonly ids: Uint16Array;
}

export function createRaster(width: number, height: number): Raster {
  return { width, height, near: new Float32Array(width * height), ids: new Uint16Array(width * height) };
}

export function clearRaster(raster: Raster): void {
  raster.near.fill(0);
  raster.ids.fill(0);
}

/**
 * Fills a convex polygon. `near` is linear over the picture (true of 1/depth in perspective and of depth in a parallel
 * projection), so it is given by the corners.
 */
export function fillConvex(
  raster: Raster,
  xs: readonly number[],
  ys: readonly number[],
  nears: readonly number[],
  id: number,
): void {
  const plane = planeThrough(xs, ys, nears);
  if (plane === null) return;
  const { width, height, near, ids } = raster;
  const n = xs.length;
  let top = Number.POSITIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const y of ys) {
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  const first = Math.max(0, Math.ceil(top - 0.5));
  const last = Math.min(height - 1, Math.floor(bottom - 0.5));
  for (let row = first; row <= last; row += 1) {
    const y = row + 0.5;
    let left = Number.POSITIVE_INFINITY;
    let right = Number.NEGATIVE_INFINITY;
    for (let i = 0, j = n - 1; i < n; j = i, i += 1) {
      const ya = ys[j] ?? 0;
      const yb = ys[i] ?? 0;
      if (ya <= y === yb <= y) continue;
      const xa = xs[j] ?? 0;
      const x = xa + ((y - ya) / (yb - ya)) * ((xs[i] ?? 0) - xa);
      if (x < left) left = x;
      if (x > right) right = x;
    }
    const from = Math.max(0, Math.ceil(left - 0.5));
    const to = Math.min(width - 1, Math.floor(right - 0.5));
    let value = plane.dx * (from + 0.5) + plane.dy * y + plane.at0;
    for (let at = row * width + from, end = row * width + to; at <= end; at += 1) {
      if (value > (near[at] ?? 0)) {
        near[at] = value;
        ids[at] = id;
      }
      value += plane.dx;
    }
  }
}

/** The plane through a polygon's largest triangle fan corner; null where it is seen edge on. */
function planeThrough(
  xs: readonly number[],
  ys: readonly number[],
  vs: readonly number[],
): { dx: number; dy: number; at0: number } | null {
  const x0 = xs[0] ?? 0;
  const y0 = ys[0] ?? 0;
  const v0 = vs[0] ?? 0;
  let best = 1e-6;
  let found: { dx: number; dy: number; at0: number } | null = null;
  for (let i = 1; i + 1 < xs.length; i += 1) {
    const x1 = (xs[i] ?? 0) - x0;
    const y1 = (ys[i] ?? 0) - y0;
    const x2 = (xs[i + 1] ?? 0) - x0;
    const y2 = (ys[i + 1] ?? 0) - y0;
    const area = x1 * y2 - x2 * y1;
    if (Math.abs(area) <= best) continue;
    best = Math.abs(area);
    const v1 = (vs[i] ?? 0) - v0;
    const v2 = (vs[i + 1] ?? 0) - v0;
    const dx = (v1 * y2 - v2 * y1) / area;
    const dy = (v2 * x1 - v1 * x2) / area;
    found = { dx, dy, at0: v0 - dx * x0 - dy * y0 };
  }
  return found;
}
