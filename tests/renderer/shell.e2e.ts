import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { peshawarWall } from '../support/preview/peshawar.ts';
import { until } from '../support/until.ts';
import { brush } from './brushed-keys.ts';
import { oneWindow } from './one-window.ts';
import type { WallPage } from './wall-page.ts';

const windows = oneWindow();
let window: WallPage;
let page: Page;

async function open(kind: 'wall' | 'console' | 'shared', more: Record<string, unknown> = {}): Promise<void> {
  const selection = { displayId: 'preview', tile: 1 };
  window = await windows.open(
    { ...peshawarWall(2, 2, kind), 'wall.selection': selection, ...more },
    { width: 1920, height: 1080 },
  );
  ({ page } = window);
  await page.locator(`[data-shell="${kind}"]`).waitFor();
  // By then the page hears keys, and knows what they are to act on.
  await page.locator('[data-tile="1"][data-selected]').waitFor();
}
const pretend = (verb: string, ...args: unknown[]): Promise<void> => window.pretend(verb, ...args);
const calls = async (name: string): Promise<unknown[]> =>
  (await window.calls()).filter((call) => call.name === name).map(({ input }) => input);
const awaitCall = (name: string, input: unknown) =>
  until(`main is asked for ${name}`, async () =>
    (await calls(name)).some((each) => JSON.stringify(each) === JSON.stringify(input)),
  );
async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}
const number = () => page.locator('[data-number]');
const kiosk = (on: boolean) => ({
  version: '0.0.0',
  abilities: { leave: true, saves: false, kiosk: { on, enforced: [], notEnforced: [] } },
  notices: [],
});
const hold = async (keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.down(key);
};
const release = async (keys: readonly string[]) => {
  for (const key of [...keys].reverse()) await page.keyboard.up(key);
};
const chord = ['Control', 'Alt', 'Shift', 'KeyK'] as const;

describe('numbers', () => {
  it('put a camera into the selected tile, saying before Enter which', async () => {
    await open('shared');
    await press('Digit2', 'Numpad0', 'Digit5');
    await number().getByText('Camera 205, GT Road, Haji Camp, into tile 2').waitFor();
    await press('Enter');
    await awaitCall('wall.change', {
      change: { type: 'put', at: { displayId: 'preview', tile: 1 }, content: { kind: 'camera', camera: 'psh-205' } },
    });
    await number().waitFor({ state: 'detached' });
  });

  it('select a tile and call a scene', async () => {
    await open('console');
    await press('KeyT', 'Digit4', 'Enter');
    await awaitCall('wall.select', { at: { displayId: 'preview', tile: 3 } });
    await pretend('set', 'scenes.list', [
      {
        id: 'scene-3',
        number: 3,
        name: 'Processions',
        colour: 'sand',
        ownerSeat: 1,
        locked: false,
        revision: 1,
        changedUtcMs: 0,
        changedBySeat: 1,
        displayCount: 1,
        cameraCount: 4,
      },
    ]);
    await press('KeyS', 'Digit3');
    await number().getByText('Call scene 3, Processions').waitFor();
    await press('NumpadEnter');
    await awaitCall('scenes.call', { number: 3 });
  });

  it('say in words what they cannot do, and are forgotten with Esc', async () => {
    await open('wall');
    await press('Digit9', 'Digit9');
    await number().getByText('There is no camera 99.').waitFor();
    await press('Escape');
    await number().waitFor({ state: 'detached' });
    await press('KeyP', 'Digit3', 'Enter');
    await page.getByRole('status').getByText('The selected tile shows no camera that can be steered.').waitFor();
  });

  it('never begin in a text field', async () => {
    await open('shared');
    await press('Control+KeyK');
    await page.getByRole('combobox').fill('');
    await press('Digit2', 'KeyS');
    expect(await page.getByRole('combobox').inputValue()).toBe('2s');
    expect(await number().count()).toBe(0);
  });
});

describe('the palette', () => {
  it('finds a camera by its name for the selected tile, and closes', async () => {
    await open('shared');
    await press('Control+KeyK');
    await page.getByRole('combobox').fill('warsak');
    await page.getByRole('option', { name: /216 Warsak Road, toll/ }).waitFor();
    await press('Enter');
    await awaitCall('wall.change', {
      change: { type: 'put', at: { displayId: 'preview', tile: 1 }, content: { kind: 'camera', camera: 'psh-216' } },
    });
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('runs a command by its words, with the arrows and Enter alone', async () => {
    await open('shared');
    await press('Control+KeyK');
    await page.getByRole('combobox').fill('panels');
    await page.getByRole('option').first().waitFor();
    await press('ArrowDown', 'ArrowUp', 'Enter');
    await page.locator('[data-bare="true"]').waitFor();
  });
});

describe('the panels of a shared window', () => {
  it('stand beside the wall at first, go with F10 and are remembered, and no video is mounted anew', async () => {
    await open('shared');
    const wall = page.getByRole('main');
    await window.awaitLive(4);
    await pretend('markVideos');
    const narrow = (await wall.boundingBox())?.width ?? 0;
    expect(await page.locator('aside').count()).toBe(2);
    await press('F10');
    await until('the wall fills the display', async () => (await wall.boundingBox())?.width === 1920);
    expect((await wall.boundingBox())?.height).toBe(1080);
    await press('Control+KeyB');
    await until('one panel is back', async () => (await page.locator('aside').count()) === 1);
    expect((await wall.boundingBox())?.width).toBeGreaterThan(narrow);
    const marks = await page.evaluate(() =>
      (globalThis as unknown as { pretend: { videoMarks(): unknown[] } }).pretend.videoMarks(),
    );
    expect(marks).toEqual([0, 1, 2, 3]);
    await page.reload();
    await until('one panel is there again', async () => (await page.locator('aside').count()) === 1);
  });
});

describe('leaving', () => {
  it('in a kiosk takes the chord and the PIN, says why it stays, and waits where it must', async () => {
    await open('wall', { 'host.about': kiosk(true) });
    await hold(['Escape']);
    await release(['Escape']);
    expect(await page.locator('[data-leaving]').count()).toBe(0);
    await brush(page, chord);
    expect(await page.getByRole('dialog').count()).toBe(0);
    await hold(chord);
    await page.getByRole('dialog').waitFor();
    await release(chord);
    const pin = page.getByLabel("Technician's PIN");
    const answer = async (outcome: unknown) => {
      await pretend('answer', 'host.leave', outcome);
      await pin.fill('4711');
      await pin.press('Enter');
    };
    await answer({ outcome: 'wrong-pin' });
    await page.getByText('That PIN is not right.').waitFor();
    // What was typed is not kept on the glass.
    expect(await pin.inputValue()).toBe('');
    await answer({ outcome: 'no-pin-set' });
    await page.getByText('No PIN is set on this PC').waitFor();
    await answer({ outcome: 'wait', waitMs: 5_000 });
    const rests = page.getByRole('dialog').filter({ has: page.getByRole('button', { name: 'Leave', disabled: true }) });
    await rests.getByText(/Too many wrong PINs. Wait \d seconds?\./).waitFor();
    await page.getByText('Too many wrong PINs.').waitFor({ state: 'detached' });
    await answer({ outcome: 'leaving' });
    await page.locator('[data-leaving="asked"]').waitFor();
    expect(await calls('host.leave')).toEqual(Array.from({ length: 4 }, () => ({ pin: '4711' })));
  });

  it('elsewhere takes Esc held, and never the chord', async () => {
    await open('wall', { 'host.about': kiosk(false) });
    await hold(chord);
    await release(chord);
    expect(await page.locator('[data-leaving]').count()).toBe(0);
    await hold(['Escape']);
    await awaitCall('host.leave', { pin: null });
    await release(['Escape']);
  });
});
