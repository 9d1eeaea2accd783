import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../main/ports/clock.ts';
import { createArgon2PinHash } from '../../main/stores/argon2-pin-hash.ts';
import { openConfSettings } from '../../main/stores/conf-settings.ts';
import { createRememberingLog } from '../host/support/remembering-log.ts';
import { family, processes } from '../host/support/processes.ts';
import type { ProgramOnDisplays } from '../support/program-on-displays.ts';
import { until } from '../support/until.ts';
import {
  allLive,
  camerasOn,
  type ControlRoom,
  covers,
  idOf,
  openControlRoom,
  room,
  showsLive,
  shown,
  type,
} from './control-room.ts';

const [first, second] = room;
const chord = ['ControlLeft', 'AltLeft', 'ShiftLeft', 'KeyK'];
let place: ControlRoom;
let program: ProgramOnDisplays;
/** The settings file, as a technician would have it open while Deedban does not run. */
const settings = () => openConfSettings(place.data, systemClock, createRememberingLog().log);

beforeAll(async () => {
  place = await openControlRoom([first, second]);
  await settings().update({ kioskPin: await createArgon2PinHash().hash('2468') });
  program = await place.start('--kiosk');
  await allLive(program, 16);
});
afterAll(() => place?.close());

const wall = (of: (typeof room)[number]) => program.wall(idOf(of));

/** The window that has the keyboard: nobody has touched a mouse. */
const asked = () =>
  until('a window asks for the PIN', async () => {
    for (const page of program.pages()) if ((await page.getByRole('dialog').count()) > 0) return page;
    return null;
  });
/** Types the PIN and presses Enter until it is taken: nothing is taken while the one before is being looked at. */
async function tryPin(pin: string): Promise<void> {
  const field = (await asked()).getByLabel("Technician's PIN");
  await type(place.hand, pin);
  await until('the PIN is taken', async () => {
    await place.hand.press('Enter');
    return (await field.inputValue()) === '';
  });
}
/** Holds the technician's chord until the PIN is asked for. */
const askForPin = () => place.hand.hold(chord, asked);

describe('a kiosk', () => {
  it('is the wall on every display, full screen, the primary one too', async () => {
    for (const each of [first, second]) await covers(await wall(each), each);
    expect(program.pages()).toHaveLength(2);
    for (const page of program.pages()) expect(await page.locator('[data-shell="wall"]').count()).toBe(1);
    expect(program.said()).toContain('leaving needs the PIN');
  });

  it('hides the pointer when it has rested, and shows it when it moves', async () => {
    const page = await wall(first);
    const cursor = () => page.locator('[data-wall]').evaluate((element) => getComputedStyle(element).cursor);
    let moves = 0;
    const isSeenMoving = () =>
      until('it is seen where it moves', async () => {
        moves += 1;
        await place.hand.move(first.x + 400 + (moves % 2) * 100, first.y + 400);
        return (await cursor()) !== 'none';
      });
    await isSeenMoving();
    await expect.poll(cursor).toBe('none');
    await isSeenMoving();
  });

  it('is not left by Esc, however long it is held, nor by the keys of full screen', async () => {
    const holding = () => Promise.all(program.pages().map((page) => page.locator('[data-leaving="holding"]').count()));
    await place.hand.hold(['Escape'], async () => {
      const began = performance.now();
      await until('longer than leaving takes anywhere else', () => performance.now() > began + 2_500);
    });
    await place.hand.press('F11');
    expect(await holding()).toEqual([0, 0]);
    for (const each of [first, second]) await covers(await wall(each), each);
  });

  it('is worked with by numbers, and five wrong PINs make it wait', async () => {
    await type(place.hand, 'T1⏎116⏎');
    await until('some wall shows it', async () => {
      for (const page of program.pages()) if ((await shown(page))[0] === '116 live') return true;
      return false;
    });
    await askForPin();
    const page = await asked();
    for (let wrong = 1; wrong <= 5; wrong += 1) {
      await tryPin('1357');
      await page.getByText('That PIN is not right.').waitFor();
      await expect.poll(() => settings().values.current().kioskPinFailures.count).toBe(wrong);
    }
    await tryPin('2468');
    await page.getByText(/Too many wrong PINs\. Wait \d+ seconds/).waitFor();
    expect(program.pages()).toHaveLength(2);
  });

  it('starts with what it showed last, and is left by the chord and the PIN, with nothing left running', async () => {
    const before = await Promise.all([first, second].map(async (each) => camerasOn(await wall(each))));
    expect(await program.stop()).toBe(0);
    // Half a minute later.
    const { count, lastUtcMs } = settings().values.current().kioskPinFailures;
    expect(count).toBe(5);
    await settings().update({ kioskPinFailures: { count, lastUtcMs: lastUtcMs - 30_000 } });
    program = await place.start('--kiosk');
    for (const [index, each] of [first, second].entries()) {
      await showsLive(await wall(each), before[index] ?? []);
    }
    const everything = family(program.pid);
    expect(everything.length).toBeGreaterThan(3);
    await askForPin();
    await type(place.hand, '2468⏎');
    expect(await program.exited).toBe(0);
    await until('nothing is left', () => {
      const now = processes();
      return everything.every(({ pid, command }) => !now.some((each) => each.pid === pid && each.command === command));
    });
  });
});
