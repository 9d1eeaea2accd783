import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCell } from '../../core/rpc/cell.ts';
import { type BrowserHost, createBrowserHost } from '../../main/hosts/browser/browser-host.ts';
import { createDisplaysFeature, type DisplaysFeature } from '../../main/features/displays/displays-feature.ts';
import { createX11Displays, type X11Displays } from '../../main/hosts/x11-displays.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { firstSeat } from '../../main/ports/settings.ts';
import { memoryRegistry } from '../displays/displays-set-up.ts';
import { until } from '../support/until.ts';
import { missingForXorgDummy, startXorgDummy, type XorgDummy } from '../support/xorg-dummy.ts';
import { desktopPicture, otherPixels } from './support/desktop-picture.ts';
import { createFakeProgram, type FakeProgram } from './support/fake-program.ts';
import { family, processes } from './support/processes.ts';
import { createRememberingLog } from './support/remembering-log.ts';
import { makeTestRenderer } from './support/test-renderer.ts';

const width = 960;
const height = 540;
const ground = [0x12, 0x34, 0x56] as const;
const names = ['DUMMY0', 'DUMMY1', 'DUMMY2', 'DUMMY3'];

let xorg: XorgDummy;
let renderer: Awaited<ReturnType<typeof makeTestRenderer>>;
let displays: X11Displays;
let host: BrowserHost;
let feature: DisplaysFeature;
const program: FakeProgram = createFakeProgram();

beforeAll(async () => {
  expect(missingForXorgDummy()).toEqual([]);
  renderer = await makeTestRenderer();
  xorg = await startXorgDummy({ count: 4, width, height });
  const env = { ...process.env, ...xorg.env };
  displays = createX11Displays({ clock: systemClock, env });
  await displays.ready;
  feature = createDisplaysFeature({
    clock: systemClock,
    log: createRememberingLog().log,
    registry: memoryRegistry(),
    displays: displays.displays,
    kiosk: false,
    miniatures: createCell([]),
    forgotten: () => {},
  });
  await feature.ready;
  host = await createBrowserHost({
    program,
    clock: systemClock,
    log: createRememberingLog().log,
    rendererDir: renderer.dir,
    port: null,
    preferredPort: null,
    sessionKey: randomBytes(32),
    seats: [firstSeat],
    wishes: feature.windows,
    windows: 'displays',
    sandbox: process.env['CI'] !== 'true',
    env,
  });
});
afterAll(async () => {
  displays?.close();
  await feature?.close?.();
  await host?.close();
  await xorg?.close();
  await renderer?.remove();
});

/** Of the id of a display that says nothing of itself. */
const outputOf = (displayId: string) => displayId.split('-')[1] ?? '';

/** Where the page of each display says that it is, once all pages that are open have said the same as before. */
function places(): Record<string, string | null> {
  for (const window of program.open()) window.transport.send('where are you?').catch(() => {});
  const said = program.open().map(({ admission, said }) => {
    const where = said();
    return [
      outputOf(admission.displayId),
      where && `${where.width}x${where.height}+${where.left}+${where.top} ${where.visible}`,
    ] as const;
  });
  return Object.fromEntries(said);
}
/** One window on each, side by side; null leaves a gap. */
const expected = (shown: readonly (string | null)[]) =>
  Object.fromEntries(
    shown.flatMap((name, index) => (name === null ? [] : [[name, `${width}x${height}+${index * width}+0 visible`] as const])),
  );
const settled = (shown: readonly (string | null)[]) =>
  until(
    `one window covers each of ${shown.join(', ')}`,
    () =>
      program.open().length === Object.keys(expected(shown)).length &&
      JSON.stringify(Object.entries(places()).sort()) === JSON.stringify(Object.entries(expected(shown)).sort()),
    60_000,
  );
const windowOf = (name: string) => program.open().find(({ admission }) => outputOf(admission.displayId) === name);

describe('a wall of four displays', () => {
  it('has one full-screen window on each, and nothing else is seen', async () => {
    await settled(names);
    expect(places()).toEqual(expected(names));
    expect(new Set(program.open().map(({ admission }) => admission.windowId)).size).toBe(4);
    expect(Object.fromEntries(names.map((name) => [name, windowOf(name)?.admission.windowKind]))).toEqual({
      DUMMY0: 'console',
      DUMMY1: 'wall',
      DUMMY2: 'wall',
      DUMMY3: 'wall',
    });
    await until(
      'the desktop is covered',
      async () => otherPixels(await desktopPicture(xorg.env, 4 * width, height), ground) === 0,
    );
  });

  it('has its windows back, each on its display, when all pages are killed', async () => {
    await settled(names);
    const before = program.open();
    for (const each of family(host.windows?.pid() ?? 0)) {
      if (each.command.includes('--type=renderer')) process.kill(each.pid, 'SIGKILL');
    }
    await until('the pages are gone', () => before.every((window) => window.closed));
    await settled(names);
    expect(new Set(program.open().map(({ admission }) => admission.windowId))).toEqual(
      new Set(before.map(({ admission }) => admission.windowId)),
    );
  });

  it('has its windows back when the browser is killed', async () => {
    await settled(names);
    const pid = host.windows?.pid() ?? Number.NaN;
    process.kill(pid, 'SIGKILL');
    await until('another browser runs', () => host.windows?.pid() !== pid && host.windows?.pid());
    await settled(names);
  });

  it('follows displays that go, move and come', async () => {
    await settled(names);
    await xorg.show(['DUMMY0', 'DUMMY1', 'DUMMY3']);
    await settled(['DUMMY0', 'DUMMY1', 'DUMMY3']);
    await xorg.show(names);
    await settled(names);
  });

  it('closes the window of a display that disappears, and opens it there again when it returns', async () => {
    await settled(names);
    const before = windowOf('DUMMY2');
    const others = program.open().filter((window) => window !== before);
    await xorg.turnOff('DUMMY2');
    await settled(['DUMMY0', 'DUMMY1', null, 'DUMMY3']);
    expect(before?.closed).toBe(true);
    expect(feature.known.current().map(({ number, connector, connected }) => [number, connector, connected])).toEqual(
      names.map((name, index) => [index + 1, name, name !== 'DUMMY2']),
    );
    await xorg.show(names);
    await settled(names);
    expect(windowOf('DUMMY2')?.admission).toEqual(before?.admission);
    expect(others.map(({ closed }) => closed)).toEqual([false, false, false]);
  });

  it('has its windows follow two displays that swap their places', async () => {
    await settled(names);
    const before = program.open();
    const swapped = ['DUMMY0', 'DUMMY1', 'DUMMY3', 'DUMMY2'];
    await xorg.show(swapped);
    await settled(swapped);
    expect(before.map(({ closed }) => closed)).toEqual([false, false, false, false]);
    await xorg.show(names);
    await settled(names);
  });

  it('leaves no window and no process', async () => {
    await settled(names);
    const pid = host.windows?.pid();
    await host.close();
    expect(processes().filter((each) => each.group === pid)).toEqual([]);
    expect(otherPixels(await desktopPicture(xorg.env, 4 * width, height), ground)).toBe(4 * width * height);
  });
});
