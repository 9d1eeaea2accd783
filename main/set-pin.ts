import { createSecretPrompt, type Terminal } from './secret-prompt.ts';
import { plainPin } from '../core/host/plain-pin.ts';
import { noPinFailures } from '../core/host/pin-delay.ts';
import { systemClock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { PinHash } from './ports/pin-hash.ts';
import type { Settings } from './ports/settings.ts';
import { createArgon2PinHash } from './stores/argon2-pin-hash.ts';
import { openDataDir } from './stores/files/data-dir.ts';

/** As the contract of `host.set-pin` has it. */
const shortest = 4;
const longest = 64;

export interface SetPinSupply {
  /** The data folder; null: the platform's usual one. */
  readonly data: string | null;
  readonly terminal: Terminal;
  openSettings(folder: string, clock: typeof systemClock, log: Log): Settings;
  readonly pins?: PinHash;
}

/**
 * `--set-pin`: asks twice for the PIN that leaves a kiosk, without showing it, and stores its hash. Whoever can read and write the
 * settings file may do that, so the old PIN is not asked for. Returns the exit code; rejects with `StoreProblem`, above all where
 * Deedban runs on this folder.
 */
export async function setPin(supply: SetPinSupply): Promise<number> {
  const { terminal, pins = createArgon2PinHash() } = supply;
  const say = (words: string) => terminal.output.write(`${words}\n`);
  const prompt = createSecretPrompt(terminal);
  if (prompt === null) {
    say(
      '--set-pin asks for the PIN on a terminal, and this is none. Start it in one; a PIN is never read from a file or a pipe.',
    );
    return 2;
  }
  const dataDir = openDataDir(supply.data ?? undefined);
  try {
    const settings = supply.openSettings(dataDir.path, systemClock, silentLog(say));
    const pin = await prompt('The new PIN that leaves the kiosk (it is not shown): ');
    if (pin === null) return 130;
    if (plainPin(pin).length < shortest || plainPin(pin).length > longest) {
      say(`Nothing was changed: a PIN has ${shortest} to ${longest} characters.`);
      return 2;
    }
    const again = await prompt('The same PIN again: ');
    if (again === null) return 130;
    if (plainPin(pin) !== plainPin(again)) {
      say('Nothing was changed: the two were not the same.');
      return 2;
    }
    await settings.update({ kioskPin: await pins.hash(plainPin(pin)), kioskPinFailures: noPinFailures });
    say('The PIN is set.');
    return 0;
  } finally {
    dataDir.close();
  }
}

/** Settings that were set aside are worth a word here too. */
function silentLog(say: (words: string) => void): Log {
  const log: Log = { debug() {}, info() {}, warn: say, error: say, child: () => log };
  return log;
}
