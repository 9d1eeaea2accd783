import { hash, verify } from '@node-rs/argon2';
import type { PinHash } from '../ports/pin-hash.ts';

/**
 * Argon2id (the package's default; RFC 9106) with 64 MiB, 3 passes and one lane: its second recommended choice with less parallelism.
 * A PIN is short, so each guess against a stolen settings file has to cost something. Salt and figures are in the hash's text.
 */
const options = { memoryCost: 65_536, timeCost: 3, parallelism: 1 } as const;

export function createArgon2PinHash(): PinHash {
  return {
    hash: (pin) => hash(pin, options),
    matches: (kept, pin) => verify(kept, pin).catch(() => false),
  };
}
