import type { WallChange } from '../../../core/wall/wall-change.ts';
import { type Command, type CommandContext, press } from '../../ui/command.ts';
import { say } from '../../ui/notice.ts';
import { changeWall } from './change-wall.ts';
import { type WorkTile, workTile } from './work-place.ts';
import { wallView } from './wall-view.ts';

const has = (context: CommandContext, what: (tile: WorkTile) => boolean): boolean => {
  const selected = workTile(context);
  return selected !== null && what(selected);
};

async function change(context: CommandContext, make: (tile: WorkTile) => WallChange): Promise<void> {
  const selected = workTile(context);
  if (selected) await changeWall(context.client, make(selected));
}

async function swap(context: CommandContext): Promise<void> {
  const selected = workTile(context);
  if (!selected) return;
  const { held } = wallView.getState();
  const same = held?.displayId === selected.at.displayId && held.tile === selected.at.tile;
  if (held === null) {
    wallView.setState({ held: selected.at });
    return say((t) => t('wall.swap-how', { tile: selected.at.tile + 1 }));
  }
  wallView.setState({ held: null });
  if (!same) await changeWall(context.client, { type: 'swap', from: held, to: selected.at });
}

/** What is done with the selected tile. */
export const tileCommands: readonly Command[] = [
  {
    id: 'wall.enlarge',
    label: 'wall.enlarge',
    shortcut: press('Enter', 'Enter'),
    also: [press('NumpadEnter', 'Enter')],
    who: 'operator',
    prominent: true,
    when: (context) => workTile(context) !== null,
    run: (context) =>
      change(context, ({ at, display }) => ({
        type: 'enlarge',
        displayId: at.displayId,
        tile: display.enlarged === at.tile ? null : at.tile,
      })),
  },
  {
    id: 'wall.clear-tile',
    label: 'wall.clear-tile',
    shortcut: press('Delete', 'Del'),
    who: 'operator',
    when: (context) => has(context, ({ tile }) => tile.content.kind !== 'empty'),
    run: (context) => change(context, ({ at }) => ({ type: 'put', at, content: { kind: 'empty' } })),
  },
  {
    id: 'wall.pin',
    label: 'wall.pin',
    shortcut: press('KeyL', 'L'),
    who: 'operator',
    when: (context) => workTile(context) !== null,
    otherwise: 'wall.none-selected',
    run: (context) => change(context, ({ at, tile }) => ({ type: 'pin', at, pinned: !tile.pinned })),
  },
  {
    id: 'wall.back',
    label: 'wall.back',
    shortcut: press('BracketLeft', '['),
    who: 'operator',
    when: (context) => has(context, ({ tile }) => tile.back.length > 0),
    run: (context) => change(context, ({ at }) => ({ type: 'back', at })),
  },
  {
    id: 'wall.forward',
    label: 'wall.forward',
    shortcut: press('BracketRight', ']'),
    who: 'operator',
    when: (context) => has(context, ({ tile }) => tile.forward.length > 0),
    run: (context) => change(context, ({ at }) => ({ type: 'forward', at })),
  },
  {
    id: 'wall.swap',
    label: 'wall.swap',
    shortcut: press('KeyX', 'X'),
    who: 'operator',
    when: (context) => workTile(context) !== null,
    otherwise: 'wall.none-selected',
    run: swap,
  },
  {
    id: 'wall.still',
    label: 'wall.take-still',
    shortcut: press('KeyV', 'V'),
    who: 'operator',
    when: (context) => has(context, ({ tile }) => tile.content.kind === 'camera'),
    otherwise: 'wall.none-selected',
    run: async (context) => {
      const at = workTile(context)?.at;
      if (!at) return;
      const { takeStill } = wallView.getState();
      // Only the window that shows the picture has it.
      if (takeStill && at.displayId === context.displayId) return takeStill(at);
      const { asked } = await context.client.call('wall.take-still', { at });
      if (!asked) say((t) => t('wall.still-where'), 'attention');
    },
  },
];
