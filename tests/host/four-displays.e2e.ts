import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BrowserHost, createBrowserHost } from '../../main/hosts/browser/browser-host.ts';
import { createX11Displays, type X11Displays } from '../../main/hosts/x11-displays.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { firstSeat } from '../../main/ports/settings.ts';
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
const program: FakeProgram = createFakeProgram();

beforeAll(async () => {
  expect(missingForXorgDummy()).toEqual([]);
  renderer = await makeTestRenderer();
  xorg = await startXorgDummy({ count: 4, width, height });
  const env = { ...process.env, ...xorg.env };
  displays = createX11Displays({ clock: systemClock, env });
  await displays.ready;
  host = await createBrowserHost({
    program,
    clock: systemClock,
    log: createRememberingLog().log,
    rendererDir: renderer.dir,
    port: null,
    preferredPort: null,
    sessionKey: randomBytes(32),
    seats: [firstSeat],
    displays: displays.displays,
    windows: 'displays',
    sandbox: process.env['CI'] !== 'true',
    env,
  });
});
afterAll(async () => {
  displays?.close();
  await host?.close();
  await xorg?.close();
  await renderer?.remove();
});

/** Where the page of each display says that it is, once all pages that are open have said the same as before. */
function places(): Record<string, string | null> {
  for (const window of program.open()) window.transport.send('where are you?').catch(() => {});
  const said = program.open().map(({ admission, said }) => {
    const where = said();
    return [admission.displayId, where && `${where.width}x${where.height}+${where.left}+${where.top} ${where.visible}`] as const;
  });
  return Object.fromEntries(said);
}
const expected = (shown: readonly string[]) =>
  Object.fromEntries(shown.map((name, index) => [name, `${width}x${height}+${index * width}+0 visible`]));
const settled = (shown: readonly string[]) =>
  until(
    `one window covers each of ${shown.join(', ')}`,
    () =>
      program.open().length === shown.length &&
      JSON.stringify(Object.entries(places()).sort()) === JSON.stringify(Object.entries(expected(shown)).sort()),
    60_000,
  );

describe('a wall of four displays', () => {
  it('has one full-screen window on each, and nothing else is seen', async () => {
    await settled(names);
    expect(places()).toEqual(expected(names));
    expect(new Set(program.open().map(({ admission }) => admission.windowId)).size).toBe(4);
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

  it('leaves no window and no process', async () => {
    await settled(names);
    const pid = host.windows?.pid();
    await host.close();
    expect(processes().filter((each) => each.group === pid)).toEqual([]);
    expect(otherPixels(await desktopPicture(xorg.env, 4 * width, height), ground)).toBe(4 * width * height);
  });
});
