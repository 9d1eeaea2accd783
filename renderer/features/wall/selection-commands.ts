import { type Direction, neighbourTile } from '../../../core/wall/neighbour-tile.ts';
import { type Command, type CommandContext, press } from '../../ui/command.ts';
import { selectTile } from './change-wall.ts';
import { workDisplay, workTile } from './work-place.ts';

function select(context: CommandContext, direction: Direction): Promise<void> {
  const display = workDisplay(context);
  if (!display) return Promise.resolve();
  const selected = workTile(context);
  // The first arrow only shows where one stands.
  const next = selected ? neighbourTile(display.layout, selected.at.tile, direction) : 0;
  if (next === null) return Promise.resolve();
  return selectTile(context.client, { displayId: display.displayId, tile: next });
}

function selectDisplay(context: CommandContext, step: 1 | -1): Promise<void> {
  const { displays } = context;
  const present = displays.findIndex(({ displayId }) => displayId === workDisplay(context)?.displayId);
  const next = displays[(present + step + displays.length) % displays.length];
  return next ? selectTile(context.client, { displayId: next.displayId, tile: 0 }) : Promise.resolve();
}

const anyDisplay = ({ displays }: CommandContext): boolean => displays.length > 0;

/** Moving about the wall. */
export const selectionCommands: readonly Command[] = [
  {
    id: 'wall.left',
    label: 'wall.left',
    shortcut: press('ArrowLeft', '←', { repeat: true }),
    when: anyDisplay,
    run: (context) => select(context, 'left'),
  },
  {
    id: 'wall.right',
    label: 'wall.right',
    shortcut: press('ArrowRight', '→', { repeat: true }),
    when: anyDisplay,
    run: (context) => select(context, 'right'),
  },
  {
    id: 'wall.up',
    label: 'wall.up',
    shortcut: press('ArrowUp', '↑', { repeat: true }),
    when: anyDisplay,
    run: (context) => select(context, 'up'),
  },
  {
    id: 'wall.down',
    label: 'wall.down',
    shortcut: press('ArrowDown', '↓', { repeat: true }),
    when: anyDisplay,
    run: (context) => select(context, 'down'),
  },
  {
    id: 'wall.previous-display',
    label: 'wall.previous-display',
    shortcut: press('Comma', ','),
    when: ({ displays }) => displays.length > 1,
    run: (context) => selectDisplay(context, -1),
  },
  {
    id: 'wall.next-display',
    label: 'wall.next-display',
    shortcut: press('Period', '.'),
    when: ({ displays }) => displays.length > 1,
    run: (context) => selectDisplay(context, 1),
  },
];
