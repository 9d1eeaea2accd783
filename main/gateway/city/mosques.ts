import type { Setting } from './setting.ts';
import { box, type Colour, place, type Pose, type Surface, turned } from './solid.ts';

/** A slim tower with balconies, a small dome and a finial. */
export function minaret(setting: Setting, x: number, y: number, height: number, colour: Colour = [0.55, 0.53, 0.48]): void {
  const white: Surface = { kind: 'plain', colour, seed: 4 };
  const r = height * 0.055;
  const rings: [number, number][] = [
    [r * 1.3, 0],
    [r * 1.25, height * 0.08],
    [r, height * 0.1],
    [r * 0.95, height * 0.5],
    [r * 1.5, height * 0.53],
    [r * 1.5, height * 0.56],
    [r * 0.85, height * 0.57],
    [r * 0.8, height * 0.78],
    [r * 1.3, height * 0.8],
    [r * 1.3, height * 0.82],
    [r * 0.7, height * 0.83],
    [r * 0.7, height * 0.9],
  ];
  setting.faces.push(...turned(x, y, rings, 10, white));
  dome(setting, x, y, height * 0.9, r * 0.85, { kind: 'plain', colour: [0.2, 0.32, 0.26] });
}

export function dome(setting: Setting, x: number, y: number, up: number, radius: number, surface: Surface): void {
  const rings: [number, number][] = [];
  for (let i = 0; i <= 8; i += 1) {
    const t = i / 8;
    // Onion: a little wider above its foot, drawn to a point.
    rings.push([
      radius * (Math.cos(t * 1.57) ** 0.8 * (1 + 0.16 * Math.sin(t * 3.1)) + 0.001),
      up + radius * (1.25 * Math.sin(t * 1.45) + 0.28 * t ** 4),
    ]);
  }
  rings.push([0, up + radius * 1.9]);
  setting.faces.push(...turned(x, y, rings, 14, surface));
}

/** A mosque: prayer hall with arches, dome and two minarets; its front's middle is at the pose. */
export function mosque(setting: Setting, pose: Pose, width: number, height: number): void {
  const white: Surface = { kind: 'facade', colour: [0.52, 0.5, 0.45], other: [0.24, 0.34, 0.3], seed: 77, pitch: 2.2 };
  setting.faces.push(
    ...box(pose, { right: -width / 2, back: 0, up: 0, width, depth: width * 0.6, height }, white, {
      kind: 'plain',
      colour: [0.46, 0.44, 0.4],
    }),
  );
  const [x, y] = place(pose, 0, width * 0.3, 0);
  setting.faces.push(
    ...turned(
      x,
      y,
      [
        [width * 0.24, height],
        [width * 0.23, height + width * 0.1],
      ],
      14,
      { kind: 'plain', colour: [0.5, 0.48, 0.44] },
    ),
  );
  dome(setting, x, y, height + width * 0.1, width * 0.22, { kind: 'plain', colour: [0.18, 0.34, 0.27] });
  for (const side of [-1, 1]) {
    const [mx, my] = place(pose, (side * width) / 2, 0.5, 0);
    minaret(setting, mx, my, height * 2.6);
  }
}
