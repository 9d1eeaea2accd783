import { describe, expect, it } from 'vitest';
import { createX11Displays } from '../../main/hosts/x11-displays.ts';
import { parseX11Monitors } from '../../main/hosts/x11-monitors.ts';
import { parseX11Outputs } from '../../main/hosts/x11-outputs.ts';
import { edidHex, type ShownMonitor, xrandrTexts } from './support/edid-text.ts';
import { createHandClock } from './support/hand-clock.ts';

const dell = edidHex({ product: 1, serial: 11, name: 'DELL U2415' });
const eizo = edidHex({ product: 2, serial: 22, name: 'EV2456' });
const two: readonly ShownMonitor[] = [
  { output: 'HDMI-1', x: 1_920, edid: dell, primary: true },
  { output: 'DP-2', x: 0, edid: eizo },
];
const one: readonly ShownMonitor[] = [{ output: 'HDMI-1', x: 0, edid: dell, primary: true }];
const env = { DISPLAY: ':9' };
/** Lets what was started within this turn come to its end. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('reading the monitors of X11', () => {
  it('gives them from left to right', () => {
    expect(parseX11Monitors(xrandrTexts(two).list)).toEqual([
      { output: 'DP-2', primary: false, bounds: { x: 0, y: 0, width: 1920, height: 1080 } },
      { output: 'HDMI-1', primary: true, bounds: { x: 1920, y: 0, width: 1920, height: 1080 } },
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
    expect(parseX11Monitors(text).map((monitor) => [monitor.output, monitor.bounds.x])).toEqual([
      ['D', -800],
      ['A', 0],
    ]);
    expect(parseX11Monitors('')).toEqual([]);
  });
  it('takes a monitor that somebody defined without an output by its own name', () => {
    expect(parseX11Monitors(' 0: left 960/254x1080/286+0+0')[0]?.output).toBe('left');
  });
});

describe('reading the outputs of X11', () => {
  it('gives what is plugged in, what is lit, and what each display says of itself', () => {
    const outputs = parseX11Outputs(xrandrTexts([...two, { output: 'DP-3', x: 3_840, edid: dell, asleep: true }]).props);
    expect(Object.fromEntries(outputs)).toEqual({
      'HDMI-1': { connected: true, lit: true, millimetres: { width: 509, height: 286 }, edid: dell },
      'DP-2': { connected: true, lit: true, millimetres: { width: 509, height: 286 }, edid: eizo },
      'DP-3': { connected: false, lit: true, millimetres: { width: 509, height: 286 }, edid: null },
      'DP-9': { connected: false, lit: false, millimetres: null, edid: null },
    });
  });
  it('reads outputs left of the desktop’s corner, and nothing where there is nothing', () => {
    expect(parseX11Outputs('A unknown connection 800x600+-800+0 0mm x 0mm\n').get('A')).toMatchObject({
      lit: true,
      millimetres: null,
    });
    expect(parseX11Outputs('').size).toBe(0);
  });
});

/** The displays of X11 over an xrandr that says what it is told. */
async function follow(first: readonly ShownMonitor[]) {
  const clock = createHandClock();
  let shown = first;
  const x11 = createX11Displays({
    clock,
    env,
    platform: 'linux',
    run: (_command, words) => Promise.resolve(xrandrTexts(shown)[words.includes('--props') ? 'props' : 'list']),
  });
  await x11.ready;
  return {
    x11,
    clock,
    /** Id by place, from left to right. */
    ids: () => x11.displays.current().map(({ id }) => id),
    async become(next: readonly ShownMonitor[]) {
      shown = next;
      clock.pass(2_000);
      await settle();
    },
  };
}

describe('who the displays of X11 are', () => {
  it('is told by their EDID: they keep their ids when they swap their places and their cables', async () => {
    const { ids, become, x11 } = await follow(two);
    const [left, right] = ids();
    expect(x11.displays.current().map(({ name, connector }) => [name, connector])).toEqual([
      ['EV2456', 'DP-2'],
      ['DELL U2415', 'HDMI-1'],
    ]);
    await become(two.map((monitor) => ({ ...monitor, x: 1_920 - monitor.x })));
    expect(ids()).toEqual([right, left]);
    await become([
      { output: 'HDMI-1', x: 1_920, edid: eizo },
      { output: 'DP-2', x: 0, edid: dell },
    ]);
    expect(ids()).toEqual([right, left]);
    x11.close();
  });

  it('is told by connector and size where they say nothing, as in a machine without real ones', async () => {
    const { ids, x11 } = await follow([
      { output: 'DUMMY0', x: 0 },
      { output: 'DUMMY1', x: 1_920 },
    ]);
    expect(ids()).toEqual(['c-DUMMY0-1920x1080', 'c-DUMMY1-1920x1080']);
    x11.close();
  });

  it('is decided by the connector where two say the same', async () => {
    const { ids, x11 } = await follow([
      { output: 'DP-1', x: 0, edid: dell },
      { output: 'DP-2', x: 1_920, edid: dell },
      { output: 'DP-3', x: 3_840, edid: eizo },
    ]);
    expect(ids().slice(0, 2)).toEqual([expect.stringMatching(/-DP-1$/), expect.stringMatching(/-DP-2$/)]);
    expect(ids()[2]).not.toContain('DP');
    x11.close();
  });

  it('stays the same while one sleeps and says nothing, and changes where another one is plugged in', async () => {
    const { ids, become, x11 } = await follow(two);
    const before = ids();
    await become(two.map((monitor) => ({ ...monitor, asleep: monitor.output === 'DP-2' })));
    expect(ids()).toEqual(before);
    await become(two.map((monitor) => (monitor.output === 'DP-2' ? { output: 'DP-2', x: 0 } : monitor)));
    expect(ids()).toEqual(['c-DP-2-1920x1080', before[1]]);
    x11.close();
  });

  it('waits where the two readings contradict each other, because something changed between them', async () => {
    const clock = createHandClock();
    let dark = true;
    const run = (_command: string, words: readonly string[]) => {
      const { list, props } = xrandrTexts(two);
      const darkProps = props.replace('DP-2 connected 1920x1080+0+0', 'DP-2 connected');
      return Promise.resolve(words.includes('--props') ? (dark ? darkProps : props) : list);
    };
    const x11 = createX11Displays({ clock, env, platform: 'linux', run });
    await x11.ready;
    expect(x11.displays.current()).toEqual([]);
    dark = false;
    await x11.look();
    expect(x11.displays.current().length).toBe(2);
    x11.close();
  });
});

describe('following the displays of X11', () => {
  it('tells when they change, and not when they do not', async () => {
    const { x11, become } = await follow(two);
    const told: string[][] = [];
    x11.displays.subscribe((displays) => told.push(displays.map((display) => display.connector)));
    for (const next of [two, one, one, two]) await become(next);
    expect(told).toEqual([['HDMI-1'], ['DP-2', 'HDMI-1']]);
    x11.close();
  });

  it('keeps what it knew when it cannot ask', async () => {
    const clock = createHandClock();
    let fails = false;
    const run = () => (fails ? Promise.reject(new Error('busy')) : Promise.resolve(xrandrTexts(two).list));
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
      return Promise.resolve(xrandrTexts(one).list);
    };
    const x11 = createX11Displays({ clock, env, platform: 'linux', run });
    await x11.ready;
    x11.close();
    clock.pass(60_000);
    await settle();
    await x11.look();
    expect(asked).toBe(2);
  });

  it('has none without a display server, one of unknown size where nobody can be asked, and one window on Wayland', async () => {
    const clock = createHandClock();
    const missing = () => Promise.reject(Object.assign(new Error('spawn xrandr ENOENT'), { code: 'ENOENT' }));
    const sizes = async (platform: NodeJS.Platform, own: NodeJS.ProcessEnv) => {
      const x11 = createX11Displays({ clock, platform, env: own, run: missing });
      await x11.ready;
      x11.close();
      return [x11.displays.current().map((display) => display.bounds.width), x11.oneWindow];
    };
    expect(await sizes('linux', {})).toEqual([[], false]);
    expect(await sizes('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toEqual([[0], true]);
    expect(await sizes('linux', env)).toEqual([[0], false]);
    expect(await sizes('darwin', {})).toEqual([[0], false]);
    expect(await sizes('win32', {})).toEqual([[0], false]);
  });
});
