export type Vec = readonly [x: number, y: number, z: number];
/** Linear light, red green blue, about 0 to 1. */
export type Colour = readonly [r: number, g: number, b: number];

/** What a surface is made of; `paint` (surface.ts) knows how each looks. */
export interface Surface {
  readonly kind:
    | 'plain'
    | 'ground'
    | 'facade'
    | 'masonry'
    | 'leaves'
    | 'glow'
    | 'sign'
    | 'stripes'
    | 'glass'
    | 'cloth'
    | 'lattice'
    | 'water';
  readonly colour: Colour;
  /** A second colour: stripes, trim, letters. */
  readonly other?: Colour;
  readonly seed?: number;
  /** Light it gives off by itself, times its colour. */
  readonly glow?: number;
  /** Metres of one repetition, where the kind repeats. */
  readonly pitch?: number;
  /** Facades: the street level is shops. */
  readonly shops?: boolean;
}

/** A flat convex piece of a solid. `u` and `v` measure metres on it from `origin`. */
export interface Face {
  readonly points: readonly Vec[];
  readonly normal: Vec;
  readonly origin: Vec;
  readonly u: Vec;
  readonly v: Vec;
  readonly surface: Surface;
}

export const subtract = (a: Vec, b: Vec): Vec => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const add = (a: Vec, b: Vec, times = 1): Vec => [a[0] + b[0] * times, a[1] + b[1] * times, a[2] + b[2] * times];
export const dot = (a: Vec, b: Vec): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a: Vec, b: Vec): Vec => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
export function unit(a: Vec): Vec {
  // Not Math.hypot, which is many times slower; this runs once a pixel.
  const length = Math.sqrt(dot(a, a)) || 1;
  return [a[0] / length, a[1] / length, a[2] / length];
}

/** A face from its corners, counter-clockwise seen from outside; `v` points up where the face is not level. */
export function face(points: readonly Vec[], surface: Surface): Face {
  const [a = [0, 0, 0], b = [1, 0, 0], c = [0, 1, 0]] = points;
  const normal = unit(cross(subtract(b, a), subtract(c, a)));
  const level = Math.abs(normal[2]) > 0.99;
  const u: Vec = level ? [1, 0, 0] : unit(cross([0, 0, 1], normal));
  const v: Vec = level ? [0, 1, 0] : unit(cross(normal, u));
  return { points, normal, origin: a, u, v, surface };
}

/** A place on the ground and the way its front looks: `angle` 0 faces the camera (towards −y), in radians, anticlockwise from above. */
export interface Pose {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
}

/** Local (right, back, up) to world. */
export function place(pose: Pose, right: number, back: number, up: number): Vec {
  const c = Math.cos(pose.angle);
  const s = Math.sin(pose.angle);
  return [pose.x + right * c - back * s, pose.y + right * s + back * c, up];
}

export interface BoxSize {
  /** Left end, front and bottom, from the pose. */
  readonly right: number;
  readonly back: number;
  readonly up: number;
  readonly width: number;
  readonly depth: number;
  readonly height: number;
}

/** A box with its front towards −back; `top` may be another surface, `taper` shrinks the top (0.9 is 10 % smaller). */
export function box(pose: Pose, size: BoxSize, surface: Surface, top: Surface = surface, taper = 1): Face[] {
  const { right: r, back: b, up: z, width: w, depth: d, height: h } = size;
  const dr = (w * (1 - taper)) / 2;
  const db = (d * (1 - taper)) / 2;
  const low = [place(pose, r, b, z), place(pose, r + w, b, z), place(pose, r + w, b + d, z), place(pose, r, b + d, z)] as const;
  const high = [
    place(pose, r + dr, b + db, z + h),
    place(pose, r + w - dr, b + db, z + h),
    place(pose, r + w - dr, b + d - db, z + h),
    place(pose, r + dr, b + d - db, z + h),
  ] as const;
  return [
    face([low[0], low[1], high[1], high[0]], surface),
    face([low[1], low[2], high[2], high[1]], surface),
    face([low[2], low[3], high[3], high[2]], surface),
    face([low[3], low[0], high[0], high[3]], surface),
    face([high[0], high[1], high[2], high[3]], top),
  ];
}

/** A body of revolution: rings of radius at height, with `sides` sides; closed on top by a last radius of 0. */
export function turned(
  x: number,
  y: number,
  rings: readonly (readonly [radius: number, up: number])[],
  sides: number,
  surface: Surface,
): Face[] {
  const faces: Face[] = [];
  const corner = (i: number, ring: readonly [number, number]): Vec => {
    const angle = (i * 2 * Math.PI) / sides + 0.2;
    return [x + Math.cos(angle) * ring[0], y + Math.sin(angle) * ring[0], ring[1]];
  };
  for (let k = 0; k + 1 < rings.length; k += 1) {
    const low = rings[k];
    const high = rings[k + 1];
    if (low === undefined || high === undefined) continue;
    for (let i = 0; i < sides; i += 1) {
      const a = corner(i, low);
      const b = corner(i + 1, low);
      const points =
        high[0] < 0.01
          ? [a, b, corner(i, high)]
          : low[0] < 0.01
            ? [a, corner(i + 1, high), corner(i, high)]
            : [a, b, corner(i + 1, high), corner(i, high)];
      faces.push(face(points, surface));
    }
  }
  return faces;
}
