import { type Command, type CommandContext, press } from '../../ui/command.ts';
import { callNeighbour, exportScenes } from './scene-deeds.ts';
import { openScenesDialog } from './scenes-view.ts';

const atDesk = ({ windowKind }: CommandContext): boolean => windowKind === 'console' || windowKind === 'shared';

/** What is done with scenes as a whole; a scene itself is called by its number, by the list, or by the palette. */
export const scenesCommands: readonly Command[] = [
  {
    id: 'scenes.save-wall',
    label: 'scenes.save-wall',
    shortcut: press('KeyS', 'S', { ctrl: true }),
    who: 'supervisor',
    when: (context) => atDesk(context) && context.displays.length > 0,
    run: () => openScenesDialog({ what: 'save' }),
  },
  {
    id: 'scenes.next',
    label: 'scenes.next',
    shortcut: press('PageDown', 'PgDn', { alt: true }),
    who: 'operator',
    when: atDesk,
    run: ({ client }) => callNeighbour(client, 1),
  },
  {
    id: 'scenes.previous',
    label: 'scenes.previous',
    shortcut: press('PageUp', 'PgUp', { alt: true }),
    who: 'operator',
    when: atDesk,
    run: ({ client }) => callNeighbour(client, -1),
  },
  {
    id: 'scenes.import',
    label: 'scenes.import',
    shortcut: null,
    who: 'supervisor',
    when: atDesk,
    run: () => openScenesDialog({ what: 'import' }),
  },
  {
    id: 'scenes.export-all',
    label: 'scenes.export-all',
    shortcut: null,
    when: atDesk,
    run: ({ client }) => exportScenes(client, null),
  },
];

/** The command with this id; it must be one of the scenes'. */
export function sceneCommand(id: Command['id']): Command {
  const command = scenesCommands.find((each) => each.id === id);
  if (!command) throw new Error(`there is no command ${id}`);
  return command;
}
