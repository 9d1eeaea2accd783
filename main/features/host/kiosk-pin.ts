import { nextPinFailures, noPinFailures, type PinFailures, pinWaitMs } from '../../../core/host/pin-delay.ts';
import { plainPin } from '../../../core/host/plain-pin.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { PinHash } from '../../ports/pin-hash.ts';
import type { Settings } from '../../ports/settings.ts';

export type PinVerdict =
  | { readonly outcome: 'right' | 'wrong-pin' | 'no-pin-set' }
  /** Nothing was tried. */
  | { readonly outcome: 'wait'; readonly waitMs: number };

export interface KioskPin {
  isSet(): boolean;
  /** Tries a PIN, one at a time. */
  check(pin: string): Promise<PinVerdict>;
  /** Rejects with `StoreProblem`. */
  set(pin: string): Promise<void>;
}

export interface KioskPinPorts {
  readonly settings: Settings;
  readonly pins: PinHash;
  readonly clock: Clock;
  readonly log: Log;
}

/** What a second try hears while the first one is being looked at. */
const busyMs = 1_000;

/**
 * The PIN that leaves a kiosk. A wrong one is counted on the disk before it is known to be wrong: whoever pulls the plug to be
 * forgiven is not. Where the disk refuses, it is counted in memory all the same.
 */
export function createKioskPin({ settings, pins, clock, log }: KioskPinPorts): KioskPin {
  let unsaved: PinFailures = noPinFailures;
  let busy = false;

  function failures(): PinFailures {
    const { kioskPinFailures: kept } = settings.values.current();
    return kept.count >= unsaved.count ? kept : unsaved;
  }

  async function count(next: PinFailures): Promise<void> {
    unsaved = next;
    await settings.update({ kioskPinFailures: next }).catch((error: unknown) => {
      log.error('a failed PIN could not be counted on the disk', { reason: error instanceof Error ? error.message : 'unknown' });
    });
  }

  return {
    isSet: () => settings.values.current().kioskPin !== null,
    async check(pin) {
      const { kioskPin } = settings.values.current();
      if (kioskPin === null) return { outcome: 'no-pin-set' };
      const waitMs = pinWaitMs(failures(), clock.utcMs());
      if (waitMs > 0 || busy) return { outcome: 'wait', waitMs: Math.max(waitMs, busy ? busyMs : 0) };
      busy = true;
      try {
        await count(nextPinFailures(failures(), clock.utcMs()));
        if (await pins.matches(kioskPin, plainPin(pin))) {
          await count(noPinFailures);
          return { outcome: 'right' };
        }
        log.warn('a wrong PIN was tried', { failures: failures().count });
        return { outcome: 'wrong-pin' };
      } finally {
        busy = false;
      }
    },
    async set(pin) {
      await settings.update({ kioskPin: await pins.hash(plainPin(pin)), kioskPinFailures: noPinFailures });
      unsaved = noPinFailures;
      log.info('the PIN that leaves the kiosk was set');
    },
  };
}
