import { type Command, type CommandContext, press } from '../../ui/command.ts';
import { changeWall, redoWall, undoWall } from './change-wall.ts';
import { selectionCommands } from './selection-commands.ts';
import { tileCommands } from './tile-commands.ts';
import { workDisplay } from './work-place.ts';
import { wallView } from './wall-view.ts';
import { zoomCommands } from './zoom-commands.ts';

const hasDisplay = (context: CommandContext): boolean => workDisplay(context) !== null;
const allBlank = ({ displays }: CommandContext): boolean => displays.every(({ blank }) => blank);

const displayCommands: readonly Command[] = [
  {
    id: 'wall.undo',
    label: 'wall.undo',
    shortcut: press('KeyZ', 'Z', { ctrl: true, repeat: true }),
    who: 'operator',
    when: ({ history }) => history.undo > 0,
    otherwise: 'wall-refusal.nothing-to-undo',
    run: async ({ client }) => void (await undoWall(client)),
  },
  {
    id: 'wall.redo',
    label: 'wall.redo',
    shortcut: press('KeyZ', 'Z', { ctrl: true, shift: true, repeat: true }),
    also: [press('KeyY', 'Y', { ctrl: true, repeat: true })],
    who: 'operator',
    when: ({ history }) => history.redo > 0,
    otherwise: 'wall-refusal.nothing-to-redo',
    run: async ({ client }) => void (await redoWall(client)),
  },
  {
    id: 'wall.layout',
    label: 'wall.layout',
    shortcut: press('KeyG', 'G'),
    who: 'operator',
    when: hasDisplay,
    run: (context) => wallView.setState({ dividing: workDisplay(context)?.displayId ?? null }),
  },
  {
    id: 'wall.blank',
    label: 'wall.blank',
    shortcut: press('KeyB', 'B'),
    who: 'operator',
    when: hasDisplay,
    async run(context) {
      const display = workDisplay(context);
      if (display) {
        await changeWall(context.client, { type: 'blank', displayId: display.displayId, blank: !display.blank });
      }
    },
  },
  {
    id: 'wall.blank-all',
    label: 'wall.blank-all',
    shortcut: press('KeyB', 'B', { shift: true }),
    who: 'operator',
    when: hasDisplay,
    run: async (context) =>
      void (await changeWall(context.client, { type: 'blank', displayId: null, blank: !allBlank(context) })),
  },
  {
    id: 'wall.clear-display',
    label: 'wall.clear-display',
    shortcut: press('Delete', 'Del', { shift: true }),
    who: 'operator',
    when: hasDisplay,
    async run(context) {
      const display = workDisplay(context);
      if (display) await changeWall(context.client, { type: 'clear', displayId: display.displayId });
    },
  },
];

/** Everything an operator does with the wall. */
export const wallCommands: readonly Command[] = [...selectionCommands, ...tileCommands, ...zoomCommands, ...displayCommands];

/** One of them by its id, for a button. */
export function wallCommand(id: string): Command {
  const command = wallCommands.find((each) => each.id === id);
  if (!command) throw new Error(`there is no command ${id}`);
  return command;
}
