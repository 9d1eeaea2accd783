import { includesRole } from '../../core/access/role.ts';
import type { Command, CommandContext } from './command.ts';

/** Whether this seat may run the command, and it does something now. */
export function commandApplies<C extends CommandContext>(command: Command<C>, context: C): boolean {
  const least = command.who ?? 'viewer';
  if (least !== 'viewer' && (context.seat === null || !includesRole(context.seat.role, least))) return false;
  return command.when(context);
}
