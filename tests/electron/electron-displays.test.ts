import { expect, test } from 'vitest';
import { createCell } from '../../core/rpc/cell.ts';
import { createElectronDisplays } from '../../main/hosts/electron/electron-displays.ts';
import { createX11Displays } from '../../main/hosts/x11-displays.ts';
import type { Display } from '../../main/ports/displays.ts';
import { edidHex, type ShownMonitor, xrandrTexts } from '../host/support/edid-text.ts';
import { createHandClock } from '../host/support/hand-clock.ts';
import { PretendScreen, pretendDisplay } from './pretend-electron.ts';

const dell = edidHex({ product: 1, serial: 11, name: 'DELL U2415' });
const settle = () => new Promise((resolve) => setImmediate(resolve));

async function x11On(first: readonly ShownMonitor[]) {
  let shown = first;
  const x11 = createX11Displays({
    clock: createHandClock(),
    env: { DISPLAY: ':9' },
    platform: 'linux',
    run: (_command, words) => Promise.resolve(xrandrTexts(shown)[words.includes('--props') ? 'props' : 'list']),
  });
  await x11.ready;
  return {
    x11,
    show(next: readonly ShownMonitor[]) {
      shown = next;
    },
  };
}

test('a display has the same id in both hosts', async () => {
  const { x11 } = await x11On([
    { output: 'HDMI-1', x: 0, edid: dell },
    { output: 'DP-2', x: 1_920 },
  ]);
  const { displays } = createElectronDisplays(new PretendScreen(pretendDisplay(5, 0, 'DELL'), pretendDisplay(6, 1_920)), x11);
  const who = (all: readonly Display[]) => all.map(({ id, connector, name }) => [id, connector, name]);
  expect(who(displays.current())).toEqual(who(x11.displays.current()));
  expect(displays.current().map(({ primary }) => primary)).toEqual([true, false]);
});

test('displays with a scale are found by their place in pixels, and their windows placed in Electron’s unit', async () => {
  const { x11 } = await x11On([
    { output: 'HDMI-1', x: 0, edid: dell },
    { output: 'DP-2', x: 1_920 },
  ]);
  const large = {
    ...pretendDisplay(6, 1_920),
    bounds: { x: 1_920, y: 0, width: 1_280, height: 720 },
    scaleFactor: 1.5,
    nativeOrigin: { x: 1_920, y: 0 },
  };
  const [, second] = createElectronDisplays(new PretendScreen(pretendDisplay(5, 0), large), x11).displays.current();
  expect(second).toMatchObject({
    id: 'c-DP-2-1920x1080',
    bounds: { x: 1_920, y: 0, width: 1_280, height: 720 },
    pixels: { x: 1_920, y: 0, width: 1_920, height: 1_080 },
    scale: 1.5,
  });
});

test('after a change nothing is told before X11 was asked again, so no display is known by two names', async () => {
  const { x11, show } = await x11On([{ output: 'HDMI-1', x: 0, edid: dell }]);
  const screen = new PretendScreen(pretendDisplay(5, 0));
  const { displays } = createElectronDisplays(screen, x11);
  const told: string[][] = [];
  displays.subscribe((all) => told.push(all.map(({ connector }) => connector)));
  show([
    { output: 'HDMI-1', x: 1_920, edid: dell },
    { output: 'DP-2', x: 0 },
  ]);
  screen.become(pretendDisplay(6, 0), pretendDisplay(5, 1_920));
  expect(told).toEqual([]);
  await settle();
  expect(told).toEqual([['DP-2', 'HDMI-1']]);
});

test('elsewhere label and size tell who a display is, and of two equal ones Electron’s own id', () => {
  const ids = (...all: Parameters<typeof pretendDisplay>[]) =>
    createElectronDisplays(new PretendScreen(...all.map((each) => pretendDisplay(...each))), null)
      .displays.current()
      .map(({ id }) => id);
  const [first, second] = ids([1, 0, 'A'], [2, 1_920, 'B']);
  expect(first).not.toBe(second);
  // Other numbers and other places: the same displays.
  expect(ids([8, 0, 'B'], [9, 1_920, 'A'])).toEqual([second, first]);
  const equal = ids([1, 0, 'A'], [2, 1_920, 'A']);
  expect(equal).toEqual([`${first}-1`, `${first}-2`]);
  expect(ids([3, 0, ''])).toEqual(['c-3-1920x1080']);
});

test('where windows cannot be placed there is only the primary display', () => {
  const x11 = { displays: createCell([]), oneWindow: true, look: () => Promise.resolve() };
  const screen = new PretendScreen(pretendDisplay(5, 0), pretendDisplay(6, 1_920));
  expect(
    createElectronDisplays(screen, x11)
      .displays.current()
      .map(({ primary }) => primary),
  ).toEqual([true]);
});
