import { type Command, type CommandContext, shownKeys } from '../ui/command.ts';
import { commandApplies } from '../ui/command-applies.ts';

/** What comes before the dot of a command's id: the feature it belongs to. */
export const groupOf = (command: Pick<Command, 'id'>): string => command.id.slice(0, command.id.indexOf('.'));

/** The commands that apply now, by feature, in the order in which the features come. */
export function commandsByGroup(commands: readonly Command[], context: CommandContext): ReadonlyMap<string, readonly Command[]> {
  const groups = new Map<string, Command[]>();
  for (const command of commands) {
    if (!commandApplies(command, context)) continue;
    groups.set(groupOf(command), [...(groups.get(groupOf(command)) ?? []), command]);
  }
  return groups;
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
