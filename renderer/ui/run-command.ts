import { RpcError } from '../../core/rpc/error.ts';
import type { Command, CommandContext } from './command.ts';
import { commandApplies } from './command-applies.ts';
import { say } from './notice.ts';

/** Runs a command if it applies now; what it could not do is said in words. Returns whether it ran. */
export function runCommand<C extends CommandContext>(command: Command<C>, context: C): boolean {
  if (!commandApplies(command, context)) return false;
  // A synchronous fault and a rejection are said alike.
  new Promise<void>((resolve) => resolve(command.run(context))).catch(sayFault);
  return true;
}

/** Says in words why a call to main failed. */
export function sayFault(fault: unknown): void {
  const code = fault instanceof RpcError ? fault.code : 'internal';
  switch (code) {
    case 'gone':
    case 'timeout':
    case 'not-allowed':
    case 'busy':
    case 'too-large':
      return say((t) => t(`fault.${code}`), 'danger');
    case 'cancelled':
      return;
    default:
      // To the developer tools and whoever listens to the window's errors.
      reportError(fault);
      return say((t) => t('fault.internal'), 'danger');
  }
}
