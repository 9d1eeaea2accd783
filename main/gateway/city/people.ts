import { headlight, hull, type Outfit, paintOf, patch, rubber, tailLight, wheels } from './model-parts.ts';
import { box, type Colour, type Face, place, type Pose, type Surface, turned } from './solid.ts';

function rider(pose: Pose, outfit: Outfit, seat: number): Face[] {
  return [
    ...hull(
      pose,
      [-0.24, 0.24, -0.1, 0.34, seat],
      [-0.2, 0.2, -0.14, 0.16, seat + 0.62],
      { kind: 'cloth', colour: outfit.other },
      { kind: 'cloth', colour: outfit.other },
    ),
    ...headOn(pose, seat + 0.62, -0.05, [0.09, 0.06, 0.05]),
  ];
}

function headOn(pose: Pose, up: number, back: number, hair: Colour): Face[] {
  const [x, y] = place(pose, 0, back, 0);
  const skin: Surface = { kind: 'plain', colour: [0.34, 0.2, 0.13] };
  return [
    ...turned(
      x,
      y,
      [
        [0.06, up],
        [0.105, up + 0.08],
        [0.105, up + 0.15],
      ],
      6,
      skin,
    ),
    ...turned(
      x,
      y,
      [
        [0.12, up + 0.14],
        [0.11, up + 0.2],
        [0, up + 0.27],
      ],
      6,
      { kind: 'plain', colour: hair },
    ),
  ];
}

export function motorbike(pose: Pose, outfit: Outfit, engine: boolean): Face[] {
  const frame: Surface = engine ? paintOf(outfit.colour) : { kind: 'plain', colour: [0.05, 0.05, 0.05] };
  return [
    ...box(pose, { right: -0.06, back: -0.9, up: 0, width: 0.12, depth: 0.56, height: 0.56 }, rubber, rubber, 0.8),
    ...box(pose, { right: -0.06, back: 0.36, up: 0, width: 0.12, depth: 0.56, height: 0.56 }, rubber, rubber, 0.8),
    ...hull(pose, [-0.12, 0.12, -0.55, 0.7, 0.35], [-0.14, 0.14, -0.4, 0.75, 0.8], frame, rubber),
    ...box(pose, { right: -0.34, back: -0.62, up: 0.95, width: 0.68, depth: 0.06, height: 0.06 }, rubber),
    ...box(
      pose,
      { right: -0.26, back: -0.1, up: 0.3, width: 0.52, depth: 0.3, height: 0.5 },
      { kind: 'cloth', colour: outfit.other },
    ),
    ...rider(pose, outfit, 0.78),
    ...(engine
      ? [patch(pose, -0.09, 0.18, 0.78, 0.18, -0.66, headlight), patch(pose, -0.08, 0.16, 0.6, 0.1, 0.93, tailLight, true)]
      : []),
  ];
}

/** Shalwar kameez: a long shirt over wide trousers; the legs swing with the gait. */
export function person(pose: Pose, outfit: Outfit): Face[] {
  const cloth: Surface = { kind: 'cloth', colour: outfit.colour, seed: outfit.gait };
  const dark: Surface = { kind: 'cloth', colour: [outfit.colour[0] * 0.72, outfit.colour[1] * 0.72, outfit.colour[2] * 0.72] };
  const vest: Surface = { kind: 'cloth', colour: outfit.other };
  const swing = [0.24, 0, -0.24, 0][outfit.gait % 4] ?? 0;
  const leg = (side: number, step: number) =>
    hull(
      pose,
      [side - 0.08, side + 0.08, step - 0.1, step + 0.08, 0],
      [side - 0.1, side + 0.1, step * 0.3 - 0.1, step * 0.3 + 0.1, 0.62],
      dark,
      dark,
    );
  return [
    ...leg(-0.1, swing),
    ...leg(0.1, -swing),
    ...hull(pose, [-0.26, 0.26, -0.17, 0.17, 0.5], [-0.2, 0.2, -0.13, 0.13, 1.0], cloth, cloth),
    ...hull(pose, [-0.2, 0.2, -0.13, 0.13, 1.0], [-0.24, 0.24, -0.13, 0.13, 1.36], vest, vest),
    ...hull(pose, [-0.24, 0.24, -0.13, 0.13, 1.36], [-0.1, 0.1, -0.08, 0.08, 1.46], vest, vest),
    ...box(pose, { right: -0.32, back: -0.08 - swing * 0.6, up: 0.8, width: 0.09, depth: 0.13, height: 0.56 }, cloth),
    ...box(pose, { right: 0.23, back: -0.08 + swing * 0.6, up: 0.8, width: 0.09, depth: 0.13, height: 0.56 }, cloth),
    ...headOn(pose, 1.44, 0, outfit.other),
  ];
}

/** A hand cart with fruit under an awning. */
export function cart(pose: Pose, outfit: Outfit): Face[] {
  const wood: Surface = { kind: 'plain', colour: [0.24, 0.15, 0.08] };
  const fruit: Surface = { kind: 'leaves', colour: outfit.colour, seed: 3 };
  return [
    ...wheels(pose, 0.6, [-0.6, 0.6], 0.28),
    ...box(pose, { right: -0.65, back: -1, up: 0.5, width: 1.3, depth: 2, height: 0.25 }, wood),
    ...hull(pose, [-0.6, 0.6, -0.9, 0.9, 0.75], [-0.3, 0.3, -0.5, 0.5, 1.0], fruit, fruit),
    ...person({ ...pose, ...offset(pose, 0, 1.4) }, { ...outfit, colour: outfit.other, other: [0.1, 0.07, 0.05] }),
  ];
}

function offset(pose: Pose, right: number, back: number): { x: number; y: number } {
  const [x, y] = place(pose, right, back, 0);
  return { x, y };
}
