import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { streamsContract } from '../../core/streams/streams.contract.ts';
import { peshawarWall, wallOf } from '../support/preview/peshawar.ts';
import { until } from '../support/until.ts';
import { brush } from './brushed-keys.ts';
import { oneWindow } from './one-window.ts';
import type { WallPage } from './wall-page.ts';

const { open } = oneWindow();
let window: WallPage;
let page: Page;

async function openWall(values: Record<string, unknown>): Promise<void> {
  window = await open(values);
  ({ page } = window);
}
const pretend = <T = void>(verb: string, ...args: unknown[]): Promise<T> => window.pretend<T>(verb, ...args);
const calls = () => window.calls();
const requests = () => window.requests();
const tile = (slot: number) => window.tile(slot);
const stateOf = (slot: number) => tile(slot).getAttribute('data-state');
const awaitState = (slot: number, state: string) =>
  until(`tile ${slot} is ${state}`, async () => (await stateOf(slot)) === state, 60_000);
const awaitLive = (tiles: number) => window.awaitLive(tiles);
const awaitWords = (slot: number, words: RegExp) =>
  until(`tile ${slot} says ${words}`, async () => words.test((await tile(slot).textContent()) ?? ''), 60_000);

describe('the wall', () => {
  it('shows sixteen live tiles with number, name and clock, and reports them to main', async () => {
    await openWall(peshawarWall());
    await awaitLive(16);
    await awaitWords(0, /201Khyber Bazar, gate 2demonstration\d\d:\d\d:\d\dlive/);
    const report = streamsContract['streams.report'].input;
    await until('main hears of sixteen tiles with pictures', async () => {
      const last = (await calls()).filter(({ name }) => name === 'streams.report').at(-1);
      const parsed = report.safeParse(last?.input);
      if (last && !parsed.success) throw new Error(`a report that main refuses: ${parsed.error.message}`);
      return (
        parsed.data?.tiles.length === 16 &&
        parsed.data.tiles.every(({ frames, width, bytes }) => frames > 0 && width === 640 && bytes > 0)
      );
    });
  });

  it('never remounts a video, whatever the layout, the camera or the state', async () => {
    await openWall(peshawarWall(2, 2));
    await awaitLive(4);
    await pretend('markVideos');
    const wall = (columns: number, rows: number, cameras: (string | null)[]) =>
      pretend('set', 'wall.display', wallOf('preview', columns, rows, cameras));
    await wall(4, 3, [null, 'psh-205', 'psh-203', 'psh-201', 'psh-204']);
    await until(
      'the new cameras are live',
      async () => (await page.locator('[data-tile][data-state="live"]').count()) === 4,
      60_000,
    );
    await wall(4, 3, [null, null, null, null]);
    await until('the wall is empty', async () => (await page.locator('[data-tile][data-state="empty"]').count()) === 12);
    await wall(2, 2, ['psh-201', 'psh-202', 'psh-203', 'psh-204']);
    await awaitLive(4);
    // Eight came with the larger layout; they wait for the next one.
    expect(await pretend('videoMarks')).toEqual([0, 1, 2, 3, ...Array.from({ length: 8 }, () => null)]);
  });

  it('says that a picture stopped, names the hop once it is told, and goes on by itself in the same connection', async () => {
    await openWall(peshawarWall(2, 2));
    await awaitLive(4);
    await pretend('freeze', 'psh-202', true);
    await awaitState(1, 'stalled');
    await awaitWords(1, /Stalledsince \d\d:\d\d:\d\d · \d+ sNo new picture comes/);
    await pretend('source', 'psh-202', { state: 'lost', sinceUtcMs: 0, why: 'camera-unreachable' });
    await awaitWords(1, /Lostsince .*The camera does not answer\. Trying again\./);
    await pretend('freeze', 'psh-202', false);
    await awaitState(1, 'live');
    expect((await requests()).filter(({ path }) => path.startsWith('/whep/psh-202/'))).toHaveLength(1);
  });

  it('keeps the last picture, in grey, while a dead gateway is asked again, and is live after its return', async () => {
    await openWall(peshawarWall(2, 2));
    await awaitLive(4);
    await pretend('refuse', 'psh-203', 'gateway-unreachable', 503);
    await pretend('cut', 'psh-203');
    await awaitState(2, 'retrying');
    await awaitWords(2, /Lostsince .*The gateway does not answer\. Trying again\./);
    const picture = await pretend<{ light: number; filter: string }>('picture', 2);
    expect(picture.light).toBeGreaterThan(40);
    expect(picture.filter).toContain('grayscale(1)');
    await pretend('refuse', 'psh-203', null);
    await awaitState(2, 'live');
  });

  it('asks a camera that refuses the password once, and says so', async () => {
    const values = peshawarWall(2, 2);
    await openWall({ ...values, 'wall.display': wallOf('preview', 2, 2, []) });
    await pretend('refuse', 'psh-201', 'camera-refused', 403);
    await pretend('refuse', 'psh-202', 'codec-unsupported', 406);
    await pretend('set', 'wall.display', values['wall.display']);
    await awaitState(0, 'refused');
    await awaitWords(0, /Refusedsince .*The camera refuses the user name or password\. Not tried again before \d\d:\d\d:\d\d\./);
    await awaitWords(1, /No decoder.*This PC cannot decode what the camera sends\. Trying again\./);
    // By then the neighbour, whose refusal is of another kind, has asked several times.
    await until(
      'the other camera is asked again',
      async () => (await requests()).filter(({ path }) => path.startsWith('/whep/psh-202/')).length > 3,
      60_000,
    );
    expect((await requests()).filter(({ path }) => path.startsWith('/whep/psh-201/'))).toHaveLength(1);
  });

  it('says that its host is gone while the pictures go on, and takes the words back when it returns', async () => {
    await openWall(peshawarWall(2, 2));
    await awaitLive(4);
    await pretend('gone', true);
    await page.getByText('Deedban does not answer on this PC.').waitFor();
    await awaitLive(4);
    await pretend('gone', false);
    await page.getByText('Deedban does not answer on this PC.').waitFor({ state: 'detached' });
  });

  it('shows the picture of a gateway that answers every offer by one of its own', async () => {
    const values = peshawarWall(2, 2);
    await openWall({ ...values, 'wall.display': wallOf('preview', 2, 2, []) });
    await pretend('counter', 'psh-201');
    await pretend('set', 'wall.display', values['wall.display']);
    await awaitLive(4);
    expect((await requests()).filter(({ path }) => path.startsWith('/whep/psh-201/')).map(({ method }) => method)).toEqual([
      'POST',
      'PATCH',
    ]);
  });

  it('never calls a hidden window stalled, and shows its pictures when it is seen again', async () => {
    await openWall(peshawarWall(2, 2));
    await awaitLive(4);
    await pretend('hide', true);
    await awaitState(0, 'hidden');
    await pretend('freeze', 'psh-201', true);
    const reported = async () => (await calls()).filter(({ name }) => name === 'streams.report');
    const before = (await reported()).length;
    await until('main has heard of the hidden window for a while', async () => (await reported()).length >= before + 5);
    expect(JSON.stringify((await reported()).slice(before))).not.toContain('stalled');
    await pretend('hide', false);
    await awaitState(1, 'live');
    await awaitState(0, 'stalled');
    await pretend('freeze', 'psh-201', false);
    await awaitLive(4);
  });

  it('leaves every session when the page goes', async () => {
    await openWall(peshawarWall(2, 2));
    await awaitLive(4);
    await pretend('leavePage');
    await until('every session is left', async () => {
      const left = (await requests()).filter(({ method }) => method === 'DELETE').map(({ path }) => path);
      return new Set(left).size === 4;
    });
  });

  it('says on an empty wall what to do, and which lines of a list were refused until that is dismissed', async () => {
    await openWall({ 'cameras.refused': [{ where: 'line 7', reason: 'the number 214 is taken by line 3' }] });
    await page.getByText('npm start -- --cameras cameras.csv').waitFor();
    await page.getByText('line 7 the number 214 is taken by line 3').waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByText('line 7').waitFor({ state: 'detached' });
  });

  it('leaves when Esc is held, and not when it is only brushed', async () => {
    await openWall(peshawarWall(2, 2));
    const asked = async () => (await calls()).filter(({ name }) => name === 'host.leave').length;
    await page.locator('[data-tile]').first().waitFor();
    await page.keyboard.press('Shift+Slash');
    await page.getByText('Leave the wall').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Leave the wall').waitFor({ state: 'detached' });
    await brush(page, ['Escape']);
    expect(await asked()).toBe(0);
    await page.keyboard.down('Escape');
    await until('main is asked to leave', async () => (await asked()) === 1);
    await page.keyboard.up('Escape');
  });

  it('shows and hides captions, statistics and keys by the keys it lists', async () => {
    await openWall(peshawarWall(2, 2));
    await awaitLive(4);
    await page.keyboard.press('Shift+Slash');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'detached' });
    await page.keyboard.press('KeyI');
    await awaitWords(0, /\d+ fps · 640×360 · \d+ kbit\/s/);
    await page.keyboard.press('KeyC');
    await until('the captions are gone', async () => !/Khyber Bazar/.test((await tile(0).textContent()) ?? ''));
    await awaitState(0, 'live');
  });
});
