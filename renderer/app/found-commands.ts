import { type Command, type CommandContext, shownKeys } from '../ui/command.ts';
import { commandAllowed, commandApplies } from '../ui/command-applies.ts';

/** What comes before the dot of a command's id: the feature it belongs to. */
export const groupOf = (command: Pick<Command, 'id'>): string => command.id.slice(0, command.id.indexOf('.'));

/**
 * The commands with a key that this seat may run in this window, by feature, in the order in which the features come. Those of the wall are also there
 * where they do nothing now, so that a key can be looked up before it is needed; the window's own, and on a wall all others, only where they apply.
 */
export function commandsWithKeys(
  commands: readonly Command[],
  context: CommandContext,
): ReadonlyMap<string, readonly KeyedCommand[]> {
  const groups = new Map<string, KeyedCommand[]>();
  const isDesk = context.windowKind === 'console' || context.windowKind === 'shared';
  for (const command of commands) {
    const group = groupOf(command);
    const applies = commandApplies(command, context);
    const listed = applies || (commandAllowed(command, context) && group !== 'app' && (isDesk || group === 'wall'));
    if (command.shortcut !== null && listed) groups.set(group, [...(groups.get(group) ?? []), { command, applies }]);
  }
  return groups;
}
export interface KeyedCommand {
  readonly command: Command;
  readonly applies: boolean;
}

/** The commands that apply now and whose words (as `wordsOf` gives them, in any languages) or keys contain every word of `text`. */
export function findCommands(
  commands: readonly Command[],
  context: CommandContext,
  text: string,
  wordsOf: (command: Command) => readonly string[],
): readonly Command[] {
  const wanted = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter((command) => {
    if (!commandApplies(command, context)) return false;
    const keys = command.shortcut ? shownKeys(command.shortcut).join('+') : '';
    const words = [...wordsOf(command), keys].join('\n').toLocaleLowerCase();
    return wanted.every((each) => words.includes(each));
  });
}
