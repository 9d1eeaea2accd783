import { describe, expect, it } from 'vitest';
import { nextPinFailures, noPinFailures, pinDelays, pinWaitMs } from '../../core/host/pin-delay.ts';
import { plainPin } from '../../core/host/plain-pin.ts';
import type { HostAbout } from '../../core/host/host.contract.ts';
import { createCell } from '../../core/rpc/cell.ts';
import type { CallContext } from '../../core/rpc/handlers.ts';
import { createHostFeature } from '../../main/features/host/host-feature.ts';
import { browserKiosk } from '../../main/hosts/kiosk-abilities.ts';
import type { PinHash } from '../../main/ports/pin-hash.ts';
import { defaultSettings, type Settings, type SettingsValues } from '../../main/ports/settings.ts';
import { StoreProblem } from '../../main/ports/store-problem.ts';
import { createArgon2PinHash } from '../../main/stores/argon2-pin-hash.ts';
import { createHandClock } from './support/hand-clock.ts';
import { createRememberingLog } from './support/remembering-log.ts';

/** Settings in memory, on a disk that is full when it is told to be. */
function memorySettings(first: Partial<SettingsValues> = {}): Settings & { full: boolean } {
  const values = createCell<SettingsValues>({ ...defaultSettings, ...first });
  return {
    values,
    full: false,
    async update(change) {
      if (this.full) throw new StoreProblem('full', 'The disk is full.');
      values.set({ ...values.current(), ...change });
    },
  };
}

/** A hash one can read: what matters here is who is asked when. */
function plainHash(): PinHash & { tries: number } {
  return {
    tries: 0,
    hash: (pin) => Promise.resolve(`hash of ${pin}`),
    matches(kept, pin) {
      this.tries += 1;
      return Promise.resolve(kept === `hash of ${pin}`);
    },
  };
}

function startHost(options: { kiosk: boolean; settings?: ReturnType<typeof memorySettings>; leave?: boolean }) {
  const clock = createHandClock();
  const settings = options.settings ?? memorySettings({ kioskPin: 'hash of 2468' });
  const pins = plainHash();
  const { log, lines } = createRememberingLog();
  let left = 0;
  const about = createCell<HostAbout>({
    version: '1',
    abilities: { leave: options.leave ?? true, saves: false, kiosk: { on: false, ...browserKiosk } },
    notices: [],
  });
  const feature = createHostFeature({
    ...{ about, kiosk: options.kiosk, settings, pins, clock, log },
    ...{ askPlace: null, newFile: () => Promise.reject(new Error('no file')), doors: () => [] },
    leave: () => (left += 1),
  });
  const context: CallContext = {
    session: {
      id: 's',
      seat: { number: 1, role: 'technician', priority: 50, signedIn: false },
      displayId: 'd',
      windowKind: 'wall',
      ended: new AbortController().signal,
    },
    signal: new AbortController().signal,
  };
  return {
    clock,
    settings,
    pins,
    lines,
    about: () => feature.states['host.about'](context.session).current(),
    left: () => left,
    leave: async (pin: string | null) => feature.calls['host.leave']({ pin }, context),
    setPin: async (present: string | null, next: string) => feature.calls['host.set-pin']({ present, next }, context),
  };
}

describe('leaving', () => {
  it('needs no PIN where this is no kiosk, and is not there where the window is a browser’s', async () => {
    const desk = startHost({ kiosk: false });
    expect(await desk.leave(null)).toEqual({ outcome: 'leaving' });
    expect([desk.left(), desk.about().abilities.kiosk.on]).toEqual([1, false]);
    await expect(startHost({ kiosk: false, leave: false }).leave(null)).rejects.toThrow('unavailable');
  });

  it('needs the PIN in a kiosk, in whichever digits it is typed', async () => {
    const kiosk = startHost({ kiosk: true });
    expect(kiosk.about().abilities.kiosk).toEqual({ on: true, ...browserKiosk });
    expect(await kiosk.leave(null)).toEqual({ outcome: 'pin-needed' });
    expect(await kiosk.leave('1357')).toEqual({ outcome: 'wrong-pin' });
    expect(kiosk.left()).toBe(0);
    expect(await kiosk.leave('۲۴۶۸')).toEqual({ outcome: 'leaving' });
    expect(kiosk.left()).toBe(1);
    expect(kiosk.settings.values.current().kioskPinFailures).toEqual(noPinFailures);
  });

  it('is refused to everybody where no PIN is set: there is none by default', async () => {
    const kiosk = startHost({ kiosk: true, settings: memorySettings() });
    for (const pin of [null, '0000', '1234']) expect(await kiosk.leave(pin)).toEqual({ outcome: 'no-pin-set' });
    expect([kiosk.left(), kiosk.pins.tries]).toEqual([0, 0]);
  });

  it('is slowed down after five wrong PINs, the right one included, and a restart does not help', async () => {
    const kiosk = startHost({ kiosk: true });
    for (let wrong = 0; wrong < 5; wrong += 1) expect(await kiosk.leave('1357')).toEqual({ outcome: 'wrong-pin' });
    expect(await kiosk.leave('2468')).toEqual({ outcome: 'wait', waitMs: 30_000 });
    expect(kiosk.pins.tries).toBe(5);
    const restarted = startHost({ kiosk: true, settings: kiosk.settings });
    expect(await restarted.leave('2468')).toEqual({ outcome: 'wait', waitMs: 30_000 });
    restarted.clock.pass(30_000);
    expect(await restarted.leave('1357')).toEqual({ outcome: 'wrong-pin' });
    expect(await restarted.leave('2468')).toEqual({ outcome: 'wait', waitMs: 60_000 });
    restarted.clock.pass(60_000);
    expect(await restarted.leave('2468')).toEqual({ outcome: 'leaving' });
    expect(restarted.settings.values.current().kioskPinFailures.count).toBe(0);
  });

  it('counts a try before it is known to be wrong, and one that comes meanwhile waits', async () => {
    const kiosk = startHost({ kiosk: true });
    const counted: number[] = [];
    kiosk.pins.matches = () => {
      counted.push(kiosk.settings.values.current().kioskPinFailures.count);
      return Promise.resolve(false);
    };
    const [one, other] = await Promise.all([kiosk.leave('1'), kiosk.leave('2')]);
    expect([one.outcome, other.outcome]).toEqual(['wrong-pin', 'wait']);
    expect(counted).toEqual([1]);
  });

  it('is slowed down although the disk is full, and no PIN is ever in the log', async () => {
    const kiosk = startHost({ kiosk: true });
    kiosk.settings.full = true;
    for (let wrong = 0; wrong < 5; wrong += 1) await kiosk.leave('13579');
    expect(await kiosk.leave('2468')).toMatchObject({ outcome: 'wait' });
    expect(kiosk.lines.length).toBeGreaterThan(0);
    expect(kiosk.lines.join()).not.toMatch(/13579|2468/);
  });
});

describe('the PIN', () => {
  it('is set once without an old one, and then only with it', async () => {
    const kiosk = startHost({ kiosk: true, settings: memorySettings() });
    expect(await kiosk.setPin(null, '2468')).toEqual({ outcome: 'stored' });
    expect(await kiosk.setPin(null, '9999')).toEqual({ outcome: 'wrong-pin' });
    expect(await kiosk.setPin('1111', '9999')).toEqual({ outcome: 'wrong-pin' });
    expect(await kiosk.setPin('2468', '9999')).toEqual({ outcome: 'stored' });
    expect(await kiosk.leave('9999')).toEqual({ outcome: 'leaving' });
  });

  it('stays as it was where the disk refuses', async () => {
    const kiosk = startHost({ kiosk: true, settings: memorySettings() });
    kiosk.settings.full = true;
    expect(await kiosk.setPin(null, '2468')).toEqual({ outcome: 'not-saved' });
    expect(kiosk.settings.values.current().kioskPin).toBeNull();
  });

  it('lies on the disk as Argon2id, which nothing but it matches', async () => {
    const pins = createArgon2PinHash();
    const kept = await pins.hash('2468');
    expect(kept).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
    expect(kept).not.toContain('2468');
    expect(await pins.hash('2468')).not.toBe(kept);
    expect([await pins.matches(kept, '2468'), await pins.matches(kept, '2469'), await pins.matches('no hash', '2468')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('is the same in Latin, Arabic and Persian digits', () => {
    expect([plainPin('٠١٢٣٤٥٦٧٨٩'), plainPin('۰۱۲۳۴۵۶۷۸۹'), plainPin('wörd 1')]).toEqual(['0123456789', '0123456789', 'wörd 1']);
  });
});

describe('the delay after wrong PINs', () => {
  it.each([
    { count: 0, waitMs: 0 },
    { count: 4, waitMs: 0 },
    ...pinDelays.map(({ failures, waitMs }) => ({ count: failures, waitMs })),
    { count: 1_000, waitMs: 3_600_000 },
  ])('after $count in a row is $waitMs ms', ({ count, waitMs }) => {
    expect(pinWaitMs({ count, lastUtcMs: 1_000 }, 1_000)).toBe(waitMs);
    expect(pinWaitMs({ count, lastUtcMs: 1_000 }, 1_000 + waitMs)).toBe(0);
  });

  it('grows from row to row, and a clock that was set back makes none of them longer', () => {
    for (const [index, row] of pinDelays.slice(1).entries()) {
      expect(row.failures).toBeGreaterThan(pinDelays[index]?.failures ?? 0);
      expect(row.waitMs).toBeGreaterThan(pinDelays[index]?.waitMs ?? 0);
    }
    expect(pinWaitMs({ count: 5, lastUtcMs: 9_000_000 }, 0)).toBe(30_000);
    expect(nextPinFailures({ count: 1_000_000, lastUtcMs: 0 }, 5)).toEqual({ count: 1_000_000, lastUtcMs: 5 });
  });
});
