import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { SystemNeed } from './system-needs.ts';

/** Thrown where something is missing that only the person at the keyboard can install; the message says how. */
export class MissingNeeds extends Error {}

/**
 * Makes sure of what a command needs from the system. As root on Debian or Ubuntu it says so and installs what is missing
 * with one call of apt-get; elsewhere it throws MissingNeeds with the one command to run.
 */
export function ensureNeeds(needs: readonly SystemNeed[]): void {
  const missing = needs.filter((need) => !need.present());
  if (missing.length === 0) return;
  const names = missing.map((need) => need.what).join(', ');
  const packages = [...new Set(missing.flatMap((need) => need.packages))];
  const install = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (!hasApt())
    throw new MissingNeeds(
      `This machine lacks: ${names}. Install it (Debian's packages: ${packages.join(' ')}) and start again.`,
    );
  if (process.getuid?.() !== 0) {
    throw new MissingNeeds(
      `This machine lacks: ${names}. Run this and start again:\n  sudo sh -c 'apt-get update && ${install}'`,
    );
  }
  process.stderr.write(`this machine lacks ${names}: installing Debian's packages ${packages.join(' ')} …\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // The package lists of a fresh machine are empty or old; without them the one install call below finds nothing.
  run('apt-get', ['update', '-qq'], env);
  run('apt-get', install.split(' ').slice(1), env);
  const still = missing.filter((need) => !need.present());
  if (still.length > 0)
    throw new MissingNeeds(`apt-get ended well, but this is still missing: ${still.map((need) => need.what).join(', ')}.`);
}

function hasApt(): boolean {
  if (!existsSync('/usr/bin/apt-get') || !existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): void {
  // Its output goes to stderr: stdout belongs to the JSON of the commands.
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 2, 2], env });
  if (status !== 0)
    throw new MissingNeeds(`"${command} ${args.join(' ')}" failed (${error?.message ?? `exit ${status}`}). Its words are above.`);
}
