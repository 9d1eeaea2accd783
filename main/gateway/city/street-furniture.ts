import type { Setting } from './setting.ts';
import { box, place, type Pose, type Surface, turned, type Vec } from './solid.ts';

/** A lamp on a mast, its arm `reach` metres to the right of the pose. */
export function streetLamp(setting: Setting, pose: Pose, reach = 1.8, height = 8.5): void {
  const steel: Surface = { kind: 'plain', colour: [0.2, 0.2, 0.2] };
  setting.faces.push(
    ...turned(
      pose.x,
      pose.y,
      [
        [0.12, 0],
        [0.07, height],
      ],
      6,
      steel,
    ),
    ...box(
      pose,
      { right: Math.min(0, reach), back: -0.04, up: height, width: Math.abs(reach), depth: 0.08, height: 0.08 },
      steel,
    ),
  );
  const head = place(pose, reach, 0, height - 0.05);
  setting.faces.push(
    ...box(
      { ...pose, x: head[0], y: head[1] },
      { right: -0.35, back: -0.16, up: height - 0.12, width: 0.7, depth: 0.32, height: 0.18 },
      { kind: 'glow', colour: [1, 0.8, 0.5], glow: 5 },
    ),
  );
  setting.lamps.push({ at: [head[0], head[1], height - 0.3], colour: [1, 0.76, 0.44], power: 26 });
}

/** Poles in a row with sagging cables between them. */
export function poleLine(
  setting: Setting,
  a: readonly [number, number],
  b: readonly [number, number],
  count: number,
  height = 9,
): void {
  const wood: Surface = { kind: 'plain', colour: [0.2, 0.17, 0.14] };
  let before: Vec | null = null;
  for (let i = 0; i < count; i += 1) {
    const t = count === 1 ? 0 : i / (count - 1);
    const at: Vec = [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, height];
    const pose: Pose = { x: at[0], y: at[1], angle: 0 };
    setting.faces.push(
      ...turned(
        at[0],
        at[1],
        [
          [0.16, 0],
          [0.1, height + 0.5],
        ],
        6,
        wood,
      ),
      ...box(pose, { right: -1, back: -0.06, up: height - 0.3, width: 2, depth: 0.12, height: 0.12 }, wood),
    );
    if (before !== null) {
      for (const side of [-0.9, -0.3, 0.4, 0.9]) {
        setting.wires.push({
          from: [before[0] + side, before[1], height - 0.15],
          to: [at[0] + side, at[1], height - 0.15 - 0.1 * side],
          sag: 0.5 + 0.3 * Math.abs(side),
        });
      }
    }
    before = at;
  }
}
