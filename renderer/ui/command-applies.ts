import { includesRole } from '../../core/access/role.ts';
import type { Command, CommandContext } from './command.ts';

/** Whether this seat may run the command at all. */
export function commandAllowed<C extends CommandContext>({ who = 'viewer' }: Command<C>, { seat }: C): boolean {
  return who === 'viewer' || (seat !== null && includesRole(seat.role, who));
}

/** Whether this seat may run the command, and it does something now. */
export function commandApplies<C extends CommandContext>(command: Command<C>, context: C): boolean {
  return commandAllowed(command, context) && command.when(context);
}
