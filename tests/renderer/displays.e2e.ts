import { describe, expect, it } from 'vitest';
import { peshawarWall, wallOf } from '../support/preview/peshawar.ts';
import { until } from '../support/until.ts';
import { oneWindow } from './one-window.ts';
import type { WallPage } from './wall-page.ts';

const { open } = oneWindow();
let window: WallPage;

const ids = Array.from({ length: 16 }, (_, index) => `psh-${201 + index}`);
const sent = async () => (await window.requests()).filter(({ path }) => path === '/miniatures/preview').length;

/** A console of a wall of three displays, the third of which is missing. */
function consoleOfThree(): Record<string, unknown> {
  const values = peshawarWall(2, 2, 'console');
  const [own] = values['displays.all'] as Record<string, unknown>[];
  const known = (id: string, number: number, more: Record<string, unknown> = {}) => ({
    ...own,
    id,
    number,
    name: `Glass ${number}`,
    use: 'wall',
    primary: false,
    ...more,
  });
  const walls = [
    wallOf('a', 2, 2, ids.slice(0, 4)),
    wallOf('b', 2, 2, [...ids.slice(4, 7), null]),
    wallOf('c', 1, 1, ids.slice(8, 9)),
  ];
  return {
    ...values,
    'displays.all': [
      known('a', 1),
      known('b', 2),
      known('c', 3, { connected: false }),
      known('desk', 4, { use: 'console', primary: true }),
    ],
    'displays.window': { kind: 'console', displayId: 'desk', identify: null, miniatures: true },
    'wall.displays': walls,
    'wall.display': walls[0],
    'wall.selection': { displayId: 'a', tile: 1 },
  };
}
const display = (id: string) => window.page.locator(`[data-known-display="${id}"]`);
const smallTile = (id: string, tile: number) => display(id).locator(`[data-small-tile="${tile}"]`);
const called = async (name: string) => {
  const calls = await window.page.evaluate(
    () => (globalThis as unknown as { pretend: { calls: { name: string; input: unknown }[] } }).pretend.calls,
  );
  return calls.filter((call) => call.name === name).map(({ input }) => input);
};

describe('a window that stands on a display', () => {
  it('makes small pictures of its wall while a console wants them, and none while nobody can see it', async () => {
    window = await open(peshawarWall(2, 2));
    await window.awaitLive(4);
    expect(await sent()).toBe(0);
    const state = { kind: 'wall', displayId: 'preview', identify: null, miniatures: true };
    await window.pretend('set', 'displays.window', state);
    await until('two have come', async () => (await sent()) >= 2);
    const size = await window.page.evaluate(async () => {
      const picture = await createImageBitmap(await (await fetch('/miniatures/preview')).blob());
      return [picture.width, picture.height];
    });
    expect(size).toEqual([768, 432]);
    await window.pretend('set', 'displays.window', { ...state, miniatures: false });
    const rounds = async () => (await called('streams.report')).length;
    // A miniature that was under way is still sent, however late; then some seconds of reports pass without another one.
    await until('no more come', async () => {
      const [before, last] = [await rounds(), await sent()];
      await until('time passes', async () => (await rounds()) >= before + 4);
      return (await sent()) === last;
    });
  });

  it('shows its number large while displays are identified', async () => {
    window = await open(peshawarWall(2, 2));
    await window.pretend('set', 'displays.window', {
      kind: 'wall',
      displayId: 'preview',
      identify: { number: 3, name: 'Left of the door' },
      miniatures: false,
    });
    await window.page.locator('[data-identify="3"]').getByText('Left of the door').waitFor();
  });
});

describe('a console', () => {
  it('shows every display with its live miniature, and what a missing one waits for', async () => {
    window = await open(consoleOfThree());
    await display('a').getByText('Glass 1').waitFor();
    await window.page.evaluate(async () => {
      const canvas = document.createElement('canvas');
      canvas.width = 32;
      canvas.height = 18;
      const body = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg'));
      await fetch('/miniatures/a', { method: 'PUT', body });
    });
    await until(
      'the miniature is seen, small and large',
      async () =>
        (await window.page
          .locator('img[data-miniature="a"]')
          .evaluateAll((all) => all.filter((image) => image.checkVisibility()).length)) === 2,
    );
    // Nothing follows it: that it is not the present says its age, on both, and not its colour alone.
    await until('both say their age', async () => (await window.page.getByText(/^\d+ s ago$/).count()) === 2, 30_000);
    await display('c').getByText('Not connected').waitFor();
    await display('c').getByRole('button', { name: 'Display 3: more' }).click();
    await window.page.getByText('Show on display 2, Glass 2').click();
    await until('main is asked to show it there', async () => (await called('displays.show-elsewhere')).length === 1);
    expect(await called('displays.show-elsewhere')).toEqual([{ missing: 'c', on: 'b' }]);
  });

  it('selects, enlarges and swaps tiles of any display at their miniatures', async () => {
    window = await open(consoleOfThree());
    await smallTile('b', 2).click();
    await until('the tile is selected', async () => (await called('wall.select')).length > 0);
    expect(await called('wall.select')).toEqual([{ at: { displayId: 'b', tile: 2 } }]);
    await window.tile(1).dblclick();
    await window.awaitChange('it is enlarged', (change) => change.type === 'enlarge' && change.tile === 1);
    await smallTile('a', 0).dragTo(smallTile('b', 3));
    expect(await window.awaitChange('the tiles are swapped', ({ type }) => type === 'swap')).toEqual({
      type: 'swap',
      from: { displayId: 'a', tile: 0 },
      to: { displayId: 'b', tile: 3 },
    });
  });

  it('names the selected tile, what its window tells of it and whose fault it is', async () => {
    window = await open(consoleOfThree());
    const fact = {
      tile: 1,
      camera: 'psh-202',
      stream: 'sub',
      state: 'retrying',
      atMs: 1_000,
      frames: 100,
      firstFrameMs: 100,
      width: 640,
      height: 360,
      countedAtMs: 1_000,
      bytes: 1,
      packetsLost: 0,
      freezes: 0,
      decoder: 'unknown',
      decoderSource: 'none',
      verdict: {
        word: 'lost',
        hop: 'camera',
        sinceUtcMs: 0,
        why: null,
        timeKnown: false,
        unchanged: false,
        lateMs: null,
        clockOffsetMs: null,
      },
    };
    await window.pretend('source', 'psh-202', { state: 'lost', sinceUtcMs: 0, why: 'camera-unreachable' });
    const panel = window.page.locator('[data-selected-tile="1"]');
    await panel.getByText('Qissa Khwani, east').waitFor();
    await until('the panel says why', async () => {
      // The window's own report, which names no tiles, is told in between.
      await window.pretend('set', 'streams.tiles', [{ displayId: 'a', tiles: [fact] }]);
      return /Lost.*The camera does not answer\./.test((await panel.textContent()) ?? '');
    });
  });
});
