import { frameHeight, frameWidth } from './frame-size.ts';
import type { Face, Vec } from './solid.ts';
import { fillConvex, type Raster } from './raster.ts';

/** A camera on a pole above the world's origin, looking along +y and down. Metres and radians; the picture is in pixels. */
export interface View {
  readonly heightM: number;
  /** Of the angle it looks down by. */
  readonly cosPitch: number;
  readonly sinPitch: number;
  /** Focal length in pixels. */
  readonly focal: number;
  readonly centreX: number;
  readonly centreY: number;
}

export interface Projected {
  readonly x: number;
  readonly y: number;
  readonly depth: number;
}

/** How a camera looks that hangs `heightM` above the ground and looks down by `pitchDeg`. */
export function viewOf({ heightM, pitchDeg, focal }: { heightM: number; pitchDeg: number; focal: number }): View {
  const pitchDown = (pitchDeg * Math.PI) / 180;
  return {
    heightM,
    cosPitch: Math.cos(pitchDown),
    sinPitch: Math.sin(pitchDown),
    focal,
    centreX: frameWidth / 2,
    centreY: frameHeight / 2,
  };
}

const nearestM = 0.5;

export function project(view: View, point: Vec): Projected {
  const [x, depth, up] = toCamera(view, point);
  return { x: view.centreX + (view.focal * x) / depth, y: view.centreY - (view.focal * up) / depth, depth };
}

/** The direction of the ray through a pixel, scaled to a depth of 1. */
export function rayThrough(view: View, x: number, y: number): Vec {
  const right = (x - view.centreX) / view.focal;
  const up = (view.centreY - y) / view.focal;
  const { cosPitch: c, sinPitch: s } = view;
  return [right, c + up * s, -s + up * c];
}

/** Draws a face, cut at the camera's near plane; faces that look away are left out. `scale` is samples per pixel and side. */
export function drawFace(raster: Raster, view: View, face: Face, id: number, scale: number, offsetX = 0, offsetY = 0): void {
  const toFace =
    face.normal[0] * face.origin[0] + face.normal[1] * face.origin[1] + face.normal[2] * (face.origin[2] - view.heightM);
  if (toFace >= 0) return;
  const corners = cutNear(face.points.map((point) => toCamera(view, point)));
  if (corners.length < 3) return;
  const xs: number[] = [];
  const ys: number[] = [];
  const nears: number[] = [];
  for (const [x, depth, up] of corners) {
    xs.push((view.centreX + (view.focal * x) / depth - offsetX) * scale);
    ys.push((view.centreY - (view.focal * up) / depth - offsetY) * scale);
    nears.push(1 / depth);
  }
  fillConvex(raster, xs, ys, nears, id);
}

function toCamera(view: View, point: Vec): [x: number, depth: number, up: number] {
  const { cosPitch: c, sinPitch: s } = view;
  const z = point[2] - view.heightM;
  return [point[0], point[1] * c - z * s, point[1] * s + z * c];
}

function cutNear(points: [number, number, number][]): [number, number, number][] {
  if (points.every((point) => point[1] >= nearestM)) return points;
  const kept: [number, number, number][] = [];
  points.forEach((b, i) => {
    const a = points[(i + points.length - 1) % points.length] ?? b;
    if (a[1] >= nearestM !== b[1] >= nearestM) {
      const t = (nearestM - a[1]) / (b[1] - a[1]);
      kept.push([a[0] + (b[0] - a[0]) * t, nearestM, a[2] + (b[2] - a[2]) * t]);
    }
    if (b[1] >= nearestM) kept.push(b);
  });
  return kept;
}
