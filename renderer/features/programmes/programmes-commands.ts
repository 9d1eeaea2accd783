import { type Command, type CommandContext, press } from '../../ui/command.ts';
import { skipProgramme, stopProgramme, turnProgramme } from './programme-deeds.ts';
import { openProgrammesDialog } from './programmes-view.ts';

const atDesk = ({ windowKind }: CommandContext): boolean => windowKind === 'console' || windowKind === 'shared';

/** What is done with the programme that plays. */
export const programmesCommands: readonly Command[] = [
  {
    id: 'programmes.turn',
    label: 'programmes.pause',
    shortcut: press('Space', 'Space'),
    who: 'operator',
    when: atDesk,
    run: ({ client }) => turnProgramme(client),
  },
  {
    id: 'programmes.next',
    label: 'programmes.next',
    shortcut: press('PageDown', 'PgDn'),
    who: 'operator',
    when: atDesk,
    run: ({ client }) => skipProgramme(client, 1),
  },
  {
    id: 'programmes.previous',
    label: 'programmes.previous',
    shortcut: press('PageUp', 'PgUp'),
    who: 'operator',
    when: atDesk,
    run: ({ client }) => skipProgramme(client, -1),
  },
  {
    id: 'programmes.stop',
    label: 'programmes.stop',
    shortcut: null,
    who: 'operator',
    when: atDesk,
    run: ({ client }) => stopProgramme(client),
  },
  {
    id: 'programmes.new',
    label: 'programmes.new',
    shortcut: null,
    who: 'supervisor',
    when: atDesk,
    run: () => openProgrammesDialog({ what: 'edit', programme: null }),
  },
];

/** The command with this id; it must be one of the programmes'. */
export function programmeCommand(id: Command['id']): Command {
  const command = programmesCommands.find((each) => each.id === id);
  if (!command) throw new Error(`there is no command ${id}`);
  return command;
}
