import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { desktopPicture, otherPixels } from './support/desktop-picture.ts';
import { family, processes } from './support/processes.ts';
import { startWallOnDisplays, type WallOnDisplays } from './support/wall-on-displays.ts';

const width = 960;
const height = 540;
const ground = [0x12, 0x34, 0x56] as const;
const names = ['DUMMY0', 'DUMMY1', 'DUMMY2', 'DUMMY3'];

let wall: WallOnDisplays;

beforeAll(async () => {
  wall = await startWallOnDisplays({ count: 4, width, height });
});
afterAll(() => wall?.close());

/** Of the id of a display that says nothing of itself. */
const outputOf = (displayId: string) => displayId.split('-')[1] ?? '';
const places = () => Object.fromEntries([...wall.places()].map(([id, place]) => [outputOf(id), place]));
/** One window on each, side by side; null leaves a gap. */
const expected = (shown: readonly (string | null)[]) =>
  Object.fromEntries(
    shown.flatMap((name, index) => (name === null ? [] : [[name, `${width}x${height}+${index * width}+0 visible`] as const])),
  );
const settled = (shown: readonly (string | null)[]) =>
  until(
    `one window covers each of ${shown.join(', ')}`,
    () =>
      wall.program.open().length === Object.keys(expected(shown)).length &&
      JSON.stringify(Object.entries(places()).sort()) === JSON.stringify(Object.entries(expected(shown)).sort()),
    60_000,
  );
const windowOf = (name: string) => wall.program.open().find(({ admission }) => outputOf(admission.displayId) === name);

describe('a wall of four displays', () => {
  it('has one full-screen window on each, and nothing else is seen', async () => {
    await settled(names);
    expect(places()).toEqual(expected(names));
    expect(new Set(wall.program.open().map(({ admission }) => admission.windowId)).size).toBe(4);
    expect(Object.fromEntries(names.map((name) => [name, windowOf(name)?.admission.windowKind]))).toEqual({
      DUMMY0: 'console',
      DUMMY1: 'wall',
      DUMMY2: 'wall',
      DUMMY3: 'wall',
    });
    await until(
      'the desktop is covered',
      async () => otherPixels(await desktopPicture(wall.xorg.env, 4 * width, height), ground) === 0,
    );
  });

  it('has its windows back, each on its display, when all pages are killed', async () => {
    await settled(names);
    const before = wall.program.open();
    for (const each of family(wall.host.windows?.pid() ?? 0)) {
      if (each.command.includes('--type=renderer')) process.kill(each.pid, 'SIGKILL');
    }
    await until('the pages are gone', () => before.every((window) => window.closed));
    await settled(names);
    expect(new Set(wall.program.open().map(({ admission }) => admission.windowId))).toEqual(
      new Set(before.map(({ admission }) => admission.windowId)),
    );
  });

  it('has its windows back when the browser is killed', async () => {
    await settled(names);
    const pid = wall.host.windows?.pid() ?? Number.NaN;
    process.kill(pid, 'SIGKILL');
    await until('another browser runs', () => wall.host.windows?.pid() !== pid && wall.host.windows?.pid());
    await settled(names);
  });

  it('follows displays that go, move and come', async () => {
    await settled(names);
    await wall.xorg.show(['DUMMY0', 'DUMMY1', 'DUMMY3']);
    await settled(['DUMMY0', 'DUMMY1', 'DUMMY3']);
    await wall.xorg.show(names);
    await settled(names);
  });

  it('closes the window of a display that disappears, and opens it there again when it returns', async () => {
    await settled(names);
    const before = windowOf('DUMMY2');
    const others = wall.program.open().filter((window) => window !== before);
    await wall.xorg.turnOff('DUMMY2');
    await settled(['DUMMY0', 'DUMMY1', null, 'DUMMY3']);
    expect(before?.closed).toBe(true);
    expect(wall.feature.known.current().map(({ number, connector, connected }) => [number, connector, connected])).toEqual(
      names.map((name, index) => [index + 1, name, name !== 'DUMMY2']),
    );
    await wall.xorg.show(names);
    await settled(names);
    expect(windowOf('DUMMY2')?.admission).toEqual(before?.admission);
    expect(others.map(({ closed }) => closed)).toEqual([false, false, false]);
  });

  it('has its windows follow two displays that swap their places', async () => {
    await settled(names);
    const before = wall.program.open();
    const swapped = ['DUMMY0', 'DUMMY1', 'DUMMY3', 'DUMMY2'];
    await wall.xorg.show(swapped);
    await settled(swapped);
    expect(before.map(({ closed }) => closed)).toEqual([false, false, false, false]);
    await wall.xorg.show(names);
    await settled(names);
  });

  it('leaves no window and no process', async () => {
    await settled(names);
    const pid = wall.host.windows?.pid();
    await wall.host.close();
    expect(processes().filter((each) => each.group === pid)).toEqual([]);
    // The server hears of an end after it.
    await until(
      'nothing of it is seen',
      async () => otherPixels(await desktopPicture(wall.xorg.env, 4 * width, height), ground) === 4 * width * height,
    );
  });
});
