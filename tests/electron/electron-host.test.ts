import { expect, test } from 'vitest';
import { windowReturn } from '../../main/hosts/electron/window-return-policy.ts';
import { paint, startOn, two } from './host-on-displays.ts';
import { PretendWindow, preventable } from './pretend-electron.ts';

test('each display gets one window of its own, which covers it once it has painted', () => {
  const { windows } = startOn(two());
  expect(windows.map((window) => [window.bounds.x, window.shown])).toEqual([
    [0, false],
    [1920, false],
  ]);
  windows.forEach(paint);
  expect(windows.map((window) => [window.shown, window.fullScreen, window.loads])).toEqual([
    [true, true, ['app://deedban/']],
    [true, true, ['app://deedban/']],
  ]);
});

test('a window that never paints is shown all the same', () => {
  const { windows, clock } = startOn(two());
  clock.pass(windowReturn.showMs);
  expect(windows.map((window) => window.shown)).toEqual([true, true]);
});

test('a window that somebody closes is back within two seconds, with the rights it had', async () => {
  const { displays, windows, open, clock, admitted, connect, used } = startOn(two());
  const [first] = windows;
  await connect(first ?? new PretendWindow({ x: 0, y: 0, width: 1, height: 1 }));
  first?.destroy();
  expect(open()).toHaveLength(1);
  clock.pass(2_000);
  expect(open()).toHaveLength(2);
  const back = windows[2];
  expect(back?.bounds.x).toBe(0);
  if (back !== undefined) expect(await connect(back)).toBe('open');
  const [left] = displays.displays.current();
  expect(admitted.map((admission) => admission.displayId)).toEqual([left?.id, left?.id]);
  expect(admitted[0]?.windowKind).toBe('wall');
  expect(admitted[1]?.windowId).toBe(admitted[0]?.windowId);
  expect(used[2]).toBe(used[0]);
});

test('a window that was closed is back although its page’s end is heard after it', () => {
  const { windows, open, clock } = startOn(two());
  windows[0]?.destroy();
  windows[0]?.webContents.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 });
  clock.pass(2_000);
  expect(open()).toHaveLength(2);
});

test('a window whose page crashed loads it again within two seconds', () => {
  const { windows, open, clock } = startOn(two());
  windows[0]?.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 139 });
  clock.pass(2_000);
  expect(windows[0]?.loads).toHaveLength(2);
  expect(windows[1]?.loads).toHaveLength(1);
  expect(open()).toHaveLength(2);
});

test('a page that crashes again and again is loaded ever more slowly, and at once again after it stood', () => {
  const { windows, clock } = startOn(two());
  const contents = windows[0]?.webContents;
  const crash = () => contents?.emit('render-process-gone', {}, { reason: 'oom', exitCode: 1 });
  for (let failure = 0; failure < 12; failure += 1) {
    crash();
    clock.pass(windowReturn.slowestMs);
  }
  const loads = windows[0]?.loads.length ?? 0;
  crash();
  clock.pass(2_000);
  expect(windows[0]?.loads).toHaveLength(loads);
  clock.pass(windowReturn.standingMs + 1);
  crash();
  clock.pass(2_000);
  expect(windows[0]?.loads).toHaveLength(loads + 2);
});

test('a page that hangs is ended and loaded again, one that answers in time is not', () => {
  const { windows, clock } = startOn(two());
  windows[0]?.emit('unresponsive');
  windows[1]?.emit('unresponsive');
  clock.pass(windowReturn.unresponsiveMs - 1);
  windows[1]?.emit('responsive');
  clock.pass(3_000);
  expect(windows.map((window) => [window.webContents.crashes, window.loads.length])).toEqual([
    [1, 2],
    [0, 1],
  ]);
});

test('a load that fails is tried again', async () => {
  const { windows, clock } = startOn(two());
  const [first] = windows;
  if (first !== undefined) first.failLoads = new Error('ERR_FAILED');
  first?.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
  clock.pass(1_000);
  await Promise.resolve();
  await Promise.resolve();
  clock.pass(2_000);
  expect(first?.loads.length).toBeGreaterThanOrEqual(3);
});

test('a window that was minimised or taken out of full screen covers its display again', () => {
  const { windows, clock } = startOn(two());
  windows.forEach(paint);
  clock.pass(windowReturn.moveMs + 1);
  windows[0]?.setFullScreen(false);
  if (windows[1] !== undefined) windows[1].minimized = true;
  windows[1]?.emit('minimize');
  clock.pass(windowReturn.coverMs);
  expect(windows.map((window) => [window.fullScreen, window.minimized])).toEqual([
    [true, false],
    [true, false],
  ]);
});

test('each window has a session of its own in memory, and main knows which window asks', async () => {
  const { sessions, admitted, windows, askedBy, connect } = startOn(two());
  for (const window of windows) await connect(window);
  expect(sessions.size).toBe(2);
  expect([...sessions.keys()].some((partition) => partition.startsWith('persist:'))).toBe(false);
  for (const session of sessions.values()) {
    await session.handlers.get('app')?.(new Request('app://deedban/whep/a/main', { method: 'POST' }));
    expect(session.permissionCheck).not.toBeNull();
  }
  expect(askedBy).toEqual(admitted.map((admission) => admission.windowId));
  expect(new Set(askedBy).size).toBe(2);
});

test('every web contents there ever is stays on its page', () => {
  const { windows } = startOn(two());
  for (const window of windows) {
    const event = preventable();
    window.webContents.emit('will-navigate', { url: 'https://example.org/', preventDefault: event.preventDefault });
    expect(event.prevented).toBe(true);
  }
});

test('the host’s end closes the windows for good', () => {
  const { host, open, windows, clock } = startOn(two());
  host.close();
  clock.pass(60_000);
  expect(open()).toHaveLength(0);
  expect(windows).toHaveLength(2);
});

test('a second start brings the primary display’s window to the front', () => {
  const { host, windows } = startOn(two());
  host.focus();
  expect(windows.map((window) => window.focused)).toEqual([true, false]);
});

test('on macOS a window covers its display without a space of its own', () => {
  const { windows } = startOn(two(), 'darwin');
  const simple: boolean[] = [];
  for (const window of windows) {
    window.setFullScreen = () => expect.unreachable();
    window.setSimpleFullScreen = (on) => simple.push(on);
  }
  windows.forEach(paint);
  expect(simple).toEqual([false, true, false, true]);
});
