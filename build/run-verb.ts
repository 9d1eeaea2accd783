import { CommandLineError } from '../main/command-line.ts';
import { MissingNeeds } from './install-needs.ts';

/**
 * Runs a command of package.json and ends the process with its exit code: 2 for a mistake on the command line, 3 for
 * something the machine lacks, 1 for a fault.
 */
export async function runVerb(verb: (argv: readonly string[]) => Promise<number>): Promise<void> {
  const argv = process.argv.slice(2);
  // Command lines can be read by every user of the machine, and an address may carry a password. (What npm and the shell
  // hold of it is beyond us: the README advises a camera file.)
  process.title = 'deedban';
  try {
    process.exitCode = await verb(argv);
  } catch (error) {
    if (error instanceof CommandLineError || error instanceof MissingNeeds) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = error instanceof CommandLineError ? 2 : 3;
    } else {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exitCode = 1;
    }
  }
}
