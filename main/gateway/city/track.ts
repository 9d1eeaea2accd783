import type { Pose } from './solid.ts';
import type { Lane } from './traffic.ts';
import { project, type View } from './view.ts';

/** A lane laid out for drawing: smooth, and cut into steps within which one sprite will do. */
export interface Track {
  readonly lane: Lane;
  readonly lengthM: number;
  poseAt(metres: number): Pose;
  readonly steps: readonly Step[];
  /** The step a place belongs to. */
  stepAt(metres: number): Step;
}

/** A part of a track from end to end of which the same thing looks the same but for its size. */
export interface Step {
  readonly index: number;
  /** In its middle. */
  readonly pose: Pose;
  /** How far its middle is from the camera, in metres. */
  readonly depthM: number;
}

const spacingM = 0.5;
/** A thing is drawn anew when it would be this much larger (scaling does the rest) or shows this much of another side (radians). */
const stepGrowth = 0.2;
/** From afar its sides do not change with the distance: scaling does for longer. */
const stepGrowthFar = 0.45;
const farM = 45;
const stepTurn = 0.1;

export function createTrack(lane: Lane, view: View): Track {
  const xs: number[] = [];
  const ys: number[] = [];
  layOut(lane.points, xs, ys);
  const last = xs.length - 1;
  const poseAt = (metres: number): Pose => {
    const at = Math.min(last - 0.001, Math.max(0, metres / spacingM));
    const i = Math.floor(at);
    const t = at - i;
    const [x, y] = [xs[i] ?? 0, ys[i] ?? 0];
    const [dx, dy] = [(xs[i + 1] ?? x) - x, (ys[i + 1] ?? y) - y];
    return { x: x + dx * t, y: y + dy * t, angle: Math.atan2(dx, -dy) };
  };
  // How different the same thing looks from one place to the next: its size, the side it shows, the angle from above.
  const difference = new Float32Array(last + 1);
  for (let i = 1; i <= last; i += 1) {
    const [a, b] = [poseAt((i - 1) * spacingM), poseAt(i * spacingM)];
    const [p, q] = [project(view, [a.x, a.y, 0]), project(view, [b.x, b.y, 0])];
    const turned = Math.abs(Math.sin(b.angle - a.angle)) + Math.abs(Math.atan2(b.x, b.y) - Math.atan2(a.x, a.y));
    const grown = Math.abs(Math.log(Math.max(1, p.depth) / Math.max(1, q.depth)));
    difference[i] = (difference[i - 1] ?? 0) + grown / (p.depth > farM ? stepGrowthFar : stepGrowth) + turned / stepTurn;
  }
  const steps: Step[] = [];
  for (let i = 0; steps.length <= Math.floor(difference[last] ?? 0); ) {
    while (i < last && (difference[i] ?? 0) < steps.length + 0.5) i += 1;
    const pose = poseAt(i * spacingM);
    steps.push({ index: steps.length, pose, depthM: project(view, [pose.x, pose.y, 0]).depth });
  }
  const firstStep = steps[0];
  if (firstStep === undefined) throw new Error('a lane needs two points that are apart');
  const stepAt = (metres: number): Step =>
    steps[Math.floor(difference[Math.min(last, Math.max(0, Math.round(metres / spacingM)))] ?? 0)] ?? firstStep;
  return { lane, lengthM: last * spacingM, poseAt, steps, stepAt };
}

/** Points every half metre along a Catmull-Rom curve. */
function layOut(points: Lane['points'], xs: number[], ys: number[]): void {
  let carried = 0;
  const get = (i: number) => points[Math.min(points.length - 1, Math.max(0, i))] ?? ([0, 0] as const);
  let [px, py] = get(0);
  xs.push(px);
  ys.push(py);
  for (let i = 0; i + 1 < points.length; i += 1) {
    const [a, b, c, d] = [get(i - 1), get(i), get(i + 1), get(i + 2)];
    for (let k = 1; k <= 200; k += 1) {
      const t = k / 200;
      const x = curve(a[0], b[0], c[0], d[0], t);
      const y = curve(a[1], b[1], c[1], d[1], t);
      carried += Math.hypot(x - px, y - py);
      [px, py] = [x, y];
      if (carried < spacingM) continue;
      carried -= spacingM;
      xs.push(x);
      ys.push(y);
    }
  }
}

function curve(a: number, b: number, c: number, d: number, t: number): number {
  return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t);
}
