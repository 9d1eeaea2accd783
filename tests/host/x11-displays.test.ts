import { describe, expect, it } from 'vitest';
import { createX11Displays } from '../../main/hosts/x11-displays.ts';
import { parseX11Monitors } from '../../main/hosts/x11-monitors.ts';
import { createHandClock } from './support/hand-clock.ts';

const two = `Monitors: 2
 0: +*HDMI-1 1920/509x1080/286+1920+0  HDMI-1
 1: +DP-2 1920/509x1080/286+0+0  DP-2
`;
const one = `Monitors: 1
 0: +*HDMI-1 1920/509x1080/286+0+0  HDMI-1
`;
const env = { DISPLAY: ':9' };
/** Lets what was started within this turn come to its end. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('reading the monitors of X11', () => {
  it('gives them from left to right', () => {
    expect(parseX11Monitors(two)).toEqual([
      { id: 'DP-2', name: 'DP-2', primary: false, bounds: { x: 0, y: 0, width: 1920, height: 1080 } },
      { id: 'HDMI-1', name: 'HDMI-1', primary: true, bounds: { x: 1920, y: 0, width: 1920, height: 1080 } },
    ]);
  });
  it('leaves out mirrors, empty ones and lines it does not understand', () => {
    const text = `Monitors: 5
 0: +*A 800/1x600/1+0+0  A
 1: +B 800/1x600/1+0+0  B
 2: +C 0/0x0/0+0+0  C
 3: nonsense
 4: +D 800/1x600/1-800+0  D
`;
    expect(parseX11Monitors(text).map((display) => [display.id, display.bounds.x])).toEqual([
      ['D', -800],
      ['A', 0],
    ]);
    expect(parseX11Monitors('')).toEqual([]);
  });
  it('takes a monitor that somebody defined without an output by its own name', () => {
    expect(parseX11Monitors(' 0: left 960/254x1080/286+0+0')[0]?.id).toBe('left');
  });
});

describe('following the displays of X11', () => {
  it('tells when they change, and not when they do not', async () => {
    const clock = createHandClock();
    let text = two;
    const x11 = createX11Displays({ clock, env, platform: 'linux', run: () => Promise.resolve(text) });
    await x11.ready;
    const told: string[][] = [];
    x11.displays.subscribe((displays) => told.push(displays.map((display) => display.id)));
    for (const next of [two, one, one, two]) {
      text = next;
      clock.pass(2_000);
      await settle();
    }
    expect(told).toEqual([['HDMI-1'], ['DP-2', 'HDMI-1']]);
    x11.close();
  });

  it('keeps what it knew when it cannot ask', async () => {
    const clock = createHandClock();
    let fails = false;
    const run = () => (fails ? Promise.reject(new Error('busy')) : Promise.resolve(two));
    const x11 = createX11Displays({ clock, env, platform: 'linux', run });
    await x11.ready;
    fails = true;
    clock.pass(10_000);
    await settle();
    expect(x11.displays.current().length).toBe(2);
    x11.close();
  });

  it('asks no more once it is closed', async () => {
    const clock = createHandClock();
    let asked = 0;
    const run = () => {
      asked += 1;
      return Promise.resolve(one);
    };
    const x11 = createX11Displays({ clock, env, platform: 'linux', run });
    await x11.ready;
    x11.close();
    clock.pass(60_000);
    await settle();
    expect(asked).toBe(1);
  });

  it('has none without a display server, and one of unknown size where nobody can be asked', async () => {
    const clock = createHandClock();
    const missing = () => Promise.reject(Object.assign(new Error('spawn xrandr ENOENT'), { code: 'ENOENT' }));
    const sizes = async (platform: NodeJS.Platform, own: NodeJS.ProcessEnv) => {
      const x11 = createX11Displays({ clock, platform, env: own, run: missing });
      await x11.ready;
      x11.close();
      return x11.displays.current().map((display) => display.bounds.width);
    };
    expect(await sizes('linux', {})).toEqual([]);
    expect(await sizes('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toEqual([0]);
    expect(await sizes('linux', env)).toEqual([0]);
    expect(await sizes('darwin', {})).toEqual([0]);
    expect(await sizes('win32', {})).toEqual([0]);
  });
});
