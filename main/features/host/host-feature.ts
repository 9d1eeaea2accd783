import type { HostAbout, hostContract } from '../../../core/host/host.contract.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import { RpcError } from '../../../core/rpc/error.ts';
import type { Feature } from '../../../core/rpc/handlers.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import { createKioskPin, type KioskPinPorts } from './kiosk-pin.ts';
import { createSaving, type SavingPorts } from './saving.ts';

export interface HostPorts extends KioskPinPorts, SavingPorts {
  /** The host's own words; `abilities.kiosk.on` is said here. */
  readonly about: Watchable<HostAbout>;
  /** This run is a kiosk's. */
  readonly kiosk: boolean;
  /** Ends the program in order. */
  leave(): void;
}

/** What the host can do, and leaving it: in a kiosk only with the technician's PIN. */
export function createHostFeature(ports: HostPorts): Feature<typeof hostContract> {
  const { kiosk } = ports;
  const pin = createKioskPin(ports);
  const saving = createSaving(ports);
  const aboutNow = (): HostAbout => {
    const about = ports.about.current();
    return { ...about, abilities: { ...about.abilities, kiosk: { ...about.abilities.kiosk, on: kiosk } } };
  };
  const about = createCell(aboutNow());
  const stop = ports.about.subscribe(() => about.set(aboutNow()));

  return {
    close: stop,
    sessionEnded: saving.sessionEnded,
    calls: {
      'host.save': async (order, context) => ({ outcome: await saving.save(order, context) }),
      'host.leave': async ({ pin: typed }) => {
        if (!about.current().abilities.leave) throw new RpcError('unavailable', 'this window is closed by its browser');
        if (kiosk) {
          if (typed === null) return { outcome: pin.isSet() ? 'pin-needed' : 'no-pin-set' };
          const verdict = await pin.check(typed);
          if (verdict.outcome === 'wait') return verdict;
          if (verdict.outcome !== 'right') return { outcome: verdict.outcome };
        }
        ports.leave();
        return { outcome: 'leaving' };
      },
      'host.set-pin': async ({ present, next }) => {
        if (pin.isSet()) {
          // Without the old one nothing is tried, and so nothing is counted.
          if (present === null || present === '') return { outcome: 'wrong-pin' };
          const verdict = await pin.check(present);
          if (verdict.outcome === 'wait' || verdict.outcome === 'wrong-pin') return { outcome: verdict.outcome };
        }
        try {
          await pin.set(next);
        } catch (error) {
          if (error instanceof StoreProblem) return { outcome: 'not-saved' };
          throw error;
        }
        return { outcome: 'stored' };
      },
    },
    states: { 'host.about': () => about, 'host.saving': saving.saving },
    events: {},
  };
}
