import type { DigitalZoom } from '../../../core/wall/tile-content.ts';
import { type Command, type CommandContext, press, type Shortcut } from '../../ui/command.ts';
import { changeWall } from './change-wall.ts';
import { mostScale, panBy, zoomAbout } from './digital-zoom.ts';
import { workTile } from './work-place.ts';

const middle = { x: 0.5, y: 0.5 };
const step = 1.5;
/** Of the box, for one press. */
const panStep = 0.15;

const isCamera = (context: CommandContext): boolean => workTile(context)?.tile.content.kind === 'camera';
const zoomOf = (context: CommandContext): DigitalZoom | null => workTile(context)?.tile.zoom ?? null;
const isZoomed = (context: CommandContext): boolean => zoomOf(context) !== null;

function zoom(context: CommandContext, next: (present: DigitalZoom | null) => DigitalZoom | null): Promise<unknown> {
  const selected = workTile(context);
  if (!selected) return Promise.resolve();
  return changeWall(context.client, { type: 'zoom', at: selected.at, zoom: next(selected.tile.zoom) });
}

function pan(id: Command['id'], label: Command['label'], code: string, shown: string, dx: number, dy: number): Command {
  return {
    id,
    label,
    shortcut: press(code, shown, { ctrl: true, repeat: true }),
    who: 'operator',
    when: isZoomed,
    run: async (context) => void (await zoom(context, (present) => panBy(present, dx * panStep, dy * panStep))),
  };
}

/** With Ctrl it is the picture in every tile, as with the wheel; without, where the camera's lens does not take the key. */
const digital = (code: string, numpad: string, shown: string): readonly Shortcut[] => [
  press(numpad, shown, { repeat: true }),
  press(code, shown, { ctrl: true, repeat: true }),
  press(numpad, shown, { ctrl: true, repeat: true }),
];

/** Enlarging a part of a picture. */
export const zoomCommands: readonly Command[] = [
  {
    id: 'wall.zoom-in',
    label: 'wall.zoom-in',
    shortcut: press('Equal', '+', { repeat: true }),
    also: digital('Equal', 'NumpadAdd', '+'),
    who: 'operator',
    when: (context) => isCamera(context) && (zoomOf(context)?.scale ?? 1) < mostScale,
    run: async (context) => void (await zoom(context, (present) => zoomAbout(present, middle, step))),
  },
  {
    id: 'wall.zoom-out',
    label: 'wall.zoom-out',
    shortcut: press('Minus', '-', { repeat: true }),
    also: digital('Minus', 'NumpadSubtract', '-'),
    who: 'operator',
    when: isZoomed,
    run: async (context) => void (await zoom(context, (present) => zoomAbout(present, middle, 1 / step))),
  },
  {
    id: 'wall.zoom-off',
    label: 'wall.zoom-off',
    shortcut: press('Digit0', '0', { ctrl: true }),
    who: 'operator',
    when: isZoomed,
    run: async (context) => void (await zoom(context, () => null)),
  },
  // The view moves where the arrow points, so the picture moves the other way.
  pan('wall.pan-left', 'wall.pan-left', 'ArrowLeft', '←', 1, 0),
  pan('wall.pan-right', 'wall.pan-right', 'ArrowRight', '→', -1, 0),
  pan('wall.pan-up', 'wall.pan-up', 'ArrowUp', '↑', 0, 1),
  pan('wall.pan-down', 'wall.pan-down', 'ArrowDown', '↓', 0, -1),
];
