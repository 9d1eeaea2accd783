import { expect, test } from 'vitest';
import { paint, startOn, two } from './host-on-displays.ts';
import { PretendScreen, pretendDisplay } from './pretend-electron.ts';

test('windows follow displays that come, move and go', () => {
  const screen = two();
  const { windows, open } = startOn(screen);
  windows.forEach(paint);
  screen.become(pretendDisplay(11, 0), pretendDisplay(22, 3840), pretendDisplay(33, 1920));
  expect(open().map((window) => window.bounds.x)).toEqual([0, 3840, 1920]);
  expect(windows[1]?.fullScreen).toBe(true);
  screen.become(pretendDisplay(11, 0));
  expect(open().map((window) => window.bounds.x)).toEqual([0]);
});

test('displays that swap their places take their windows along', () => {
  const screen = two();
  const { windows, open } = startOn(screen);
  windows.forEach(paint);
  screen.become(pretendDisplay(22, 0), pretendDisplay(11, 1920));
  expect(open()).toHaveLength(2);
  expect(windows.map((window) => [window.bounds.x, window.fullScreen])).toEqual([
    [1920, true],
    [0, true],
  ]);
});

test('a window that is to serve another purpose is closed and opened anew, as another window', async () => {
  const { windows, open, wishes, admitted, connect } = startOn(two());
  const [first] = windows;
  if (first !== undefined) await connect(first);
  wishes.set(wishes.current().map((wish, index) => (index === 0 ? { ...wish, windowKind: 'console' } : wish)));
  expect(first?.isDestroyed()).toBe(true);
  expect(open()).toHaveLength(2);
  const again = windows[2];
  if (again !== undefined) await connect(again);
  expect(admitted.map(({ windowKind }) => windowKind)).toEqual(['wall', 'console']);
  expect(admitted[1]?.displayId).toBe(admitted[0]?.displayId);
  expect(admitted[1]?.windowId).not.toBe(admitted[0]?.windowId);
});

test('nobody closes a window of a kiosk, and the kiosk’s own end does', () => {
  const { host, windows } = startOn(two(), 'linux', true);
  for (const window of windows) window.close();
  expect(windows.map((window) => window.isDestroyed())).toEqual([false, false]);
  host.close();
  expect(windows.map((window) => window.isDestroyed())).toEqual([true, true]);
  const [open] = startOn(two()).windows;
  open?.close();
  expect(open?.isDestroyed()).toBe(true);
});

test('a display that slept comes back with the same window id', async () => {
  const screen = two();
  const { windows, admitted, connect } = startOn(screen);
  const [, second] = windows;
  if (second !== undefined) await connect(second);
  screen.become(pretendDisplay(11, 0));
  screen.become(pretendDisplay(11, 0), pretendDisplay(22, 1920));
  const [, , again] = windows;
  if (again !== undefined) await connect(again);
  expect(admitted).toHaveLength(2);
  expect(admitted[1]).toEqual(admitted[0]);
});

test('a display that Chromium does not know yet, or that has no size, gets no window', () => {
  const empty = { ...pretendDisplay(44, 0), bounds: { x: 0, y: 0, width: 0, height: 0 } };
  const { windows } = startOn(new PretendScreen(pretendDisplay(-1, 0), empty));
  expect(windows).toHaveLength(0);
});
