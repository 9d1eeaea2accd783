import { describe, expect, it } from 'vitest';
import { displaysContract } from '../../core/displays/displays.contract.ts';
import { identifyMs } from '../../main/features/displays/displays-feature.ts';
import { fillableRegistry, type Monitor, startDisplays } from './displays-set-up.ts';

const three: readonly Monitor[] = [
  { digest: 'a', x: 0 },
  { digest: 'b', x: 1_920 },
  { digest: 'c', x: 3_840 },
];
const [first, , third] = three;
const two = three.slice(0, 2);

describe('what a display showed', () => {
  it('waits for one that is only away, and not for one that another took the place of', async () => {
    const { become, feature } = await startDisplays(two);
    const waiting = () =>
      feature.walls
        .current()
        .filter(({ waits }) => waits)
        .map(({ id }) => id);
    become(two.slice(0, 1));
    expect(waiting()).toEqual(['e-b']);
    become([...two.slice(0, 1), { digest: 'new', x: 1_920, connector: 'DP-b' }]);
    expect(waiting()).toEqual([]);
    become(two);
    expect(waiting()).toEqual([]);
  });
});

describe('the windows there should be', () => {
  it('are a console on the primary display and the wall on the others', async () => {
    const { wishes } = await startDisplays(three);
    expect(wishes()).toEqual([
      ['e-a', 'console', 0],
      ['e-b', 'wall', 1_920],
      ['e-c', 'wall', 3_840],
    ]);
  });

  it('are one for both on a single display, the wall alone in a kiosk, and none without a display', async () => {
    expect((await startDisplays(three.slice(0, 1))).wishes()).toEqual([['e-a', 'shared', 0]]);
    expect((await startDisplays(two, { kiosk: true })).wishes().map(([, kind]) => kind)).toEqual(['wall', 'wall']);
    expect((await startDisplays([])).wishes()).toEqual([]);
  });

  it('follow their displays to other places, and return to them after they were away', async () => {
    const { become, wishes } = await startDisplays(three);
    become([
      { digest: 'c', x: 0, primary: false },
      { digest: 'b', x: 1_920 },
      { digest: 'a', x: 3_840, primary: true },
    ]);
    expect(wishes()).toEqual([
      ['e-c', 'wall', 0],
      ['e-b', 'wall', 1_920],
      ['e-a', 'console', 3_840],
    ]);
    become([{ digest: 'a', x: 0 }]);
    expect(wishes()).toEqual([['e-a', 'shared', 0]]);
    become(three);
    expect(wishes().map(([id]) => id)).toEqual(['e-a', 'e-b', 'e-c']);
  });

  it('leave the console with its monitor when cables are exchanged, also after a restart, and let it go where a person names another connector', async () => {
    const on = (one: string, other: string, primary = 'DP-1'): readonly Monitor[] => [
      { digest: one, x: 0, connector: 'DP-1', primary: primary === 'DP-1' },
      { digest: other, x: 1_920, connector: 'DP-2', primary: primary === 'DP-2' },
    ];
    const { become, wishes, registry } = await startDisplays(on('a', 'b'));
    const console_ = (all: ReturnType<typeof wishes>) => all.filter(([, kind]) => kind === 'console').map(([id]) => id);
    expect(console_(wishes())).toEqual(['e-a']);
    become(on('b', 'a'));
    expect(console_(wishes())).toEqual(['e-a']);
    // While it is away the one in its place is; then it is again.
    become(on('b', 'c'));
    expect(console_(wishes())).toEqual(['e-b']);
    become(on('b', 'a'));
    expect(console_(wishes())).toEqual(['e-a']);
    const again = await startDisplays(on('b', 'a'), { registry });
    expect(console_(again.wishes())).toEqual(['e-a']);
    again.become(on('a', 'b', 'DP-2'));
    expect(console_(again.wishes())).toEqual(['e-b']);
  });

  it('change with what a supervisor wishes, also after a restart', async () => {
    const { calls, wishes, registry } = await startDisplays(two);
    expect(await calls.use('e-a', 'wall')).toEqual({ refusal: null });
    expect(await calls.use('e-b', 'console')).toEqual({ refusal: null });
    const swapped = ['wall', 'console'];
    expect(wishes().map(([, kind]) => kind)).toEqual(swapped);
    expect((await startDisplays(two, { registry })).wishes().map(([, kind]) => kind)).toEqual(swapped);
    expect(await calls.use('e-a', 'console')).toEqual({ refusal: 'last-wall' });
    expect(await calls.use('e-z', 'wall')).toEqual({ refusal: 'no-such-display' });
  });

  it('are told only when they change', async () => {
    const { become, feature, session } = await startDisplays(two);
    let told = 0;
    feature.windows.subscribe(() => (told += 1));
    become([...two]);
    session('e-a', 'console');
    expect(told).toBe(0);
    become(three);
    expect(told).toBe(1);
  });
});

describe('what is known of displays', () => {
  it('is a number each, in their order, which a missing one keeps', async () => {
    const { become, known, registry } = await startDisplays(two);
    become([third ?? { digest: 'c', x: 0 }]);
    const expected = [
      [1, 'e-a', 'wall', false],
      [2, 'e-b', 'wall', false],
      [3, 'e-c', 'shared', true],
    ];
    expect(known()).toEqual(expected);
    const again = await startDisplays([{ digest: 'c', x: 0 }], { registry });
    expect(again.known()).toEqual(expected);
  });

  it('keeps two equal displays apart while one of them sleeps, after a restart too', async () => {
    const twins: readonly Monitor[] = [
      { digest: 'a', x: 0, connector: 'DP-1' },
      { digest: 'a', x: 1_920, connector: 'DP-2' },
    ];
    const { known, become, registry, wishes } = await startDisplays(twins);
    expect(known().map(([, id]) => id)).toEqual(['e-a-DP-1', 'e-a-DP-2']);
    const [, right] = twins;
    become(right ? [right] : []);
    expect(wishes()).toEqual([['e-a-DP-2', 'shared', 1_920]]);
    const again = await startDisplays(right ? [right] : [], { registry });
    expect(again.wishes().map(([id]) => id)).toEqual(['e-a-DP-2']);
  });

  it('can be given names and numbers, each once', async () => {
    const { calls, known, feature, registry } = await startDisplays(two);
    expect(await calls.describe('e-a', 'Supervisor, left', 7)).toEqual({ refusal: null });
    expect(known()[1]).toEqual([7, 'e-a', 'console', true]);
    expect(feature.known.current()[1]?.name).toBe('Supervisor, left');
    expect(await calls.describe('e-b', 'Other', 7)).toEqual({ refusal: 'number-taken' });
    expect(await calls.describe('e-z', 'Other', 8)).toEqual({ refusal: 'no-such-display' });
    expect((await startDisplays(two, { registry })).feature.known.current()[1]?.name).toBe('Supervisor, left');
  });

  it('is forgotten on request where it is missing, with what it showed', async () => {
    const { become, calls, known, forgotten, registry } = await startDisplays(two);
    expect(await calls.forget('e-b')).toEqual({ refusal: 'still-connected' });
    become(two.slice(0, 1));
    expect(await calls.forget('e-b')).toEqual({ refusal: null });
    expect(known().map(([, id]) => id)).toEqual(['e-a']);
    expect(forgotten).toEqual(['e-b']);
    expect((await startDisplays(two.slice(0, 1), { registry })).known()).toHaveLength(1);
    expect(await calls.forget('e-b')).toEqual({ refusal: 'no-such-display' });
  });

  it('is bounded: those that have been missing for longest give way', async () => {
    const { become, known, forgotten, clock } = await startDisplays([]);
    for (let monitor = 0; monitor < 70; monitor += 1) {
      clock.pass(1_000);
      become([{ digest: String(monitor), x: 0 }]);
    }
    expect(known()).toHaveLength(63);
    expect(forgotten).toEqual(Array.from({ length: 7 }, (_, monitor) => `e-${monitor}`));
  });

  it('is not changed where the disk refuses, and displays that come have their windows all the same', async () => {
    const { registry, fill } = fillableRegistry();
    const { calls, become, wishes, known, lines } = await startDisplays(two, { registry });
    fill(true);
    expect(await calls.use('e-a', 'wall')).toEqual({ refusal: 'not-saved' });
    expect(known()[0]?.[2]).toBe('console');
    become(three);
    expect(wishes()).toHaveLength(3);
    become(two);
    expect(await calls.forget('e-c')).toEqual({ refusal: 'not-saved' });
    expect(lines.join()).toContain('The disk is full');
  });
});

describe('the shares of the wall', () => {
  it('are on all displays but consoles, with their sizes; missing ones wait', async () => {
    const { feature, become } = await startDisplays(three);
    const share = (id: string, contentOf: string | null = id) => ({
      id,
      width: 1_920,
      height: 1_080,
      contentOf,
      waits: contentOf === null,
    });
    expect(feature.walls.current()).toEqual([share('e-b'), share('e-c')]);
    become(two);
    expect(feature.walls.current()).toEqual([share('e-b'), share('e-c', null)]);
  });

  it('of a missing display can be shown elsewhere until it returns', async () => {
    const { feature, become, calls, registry } = await startDisplays(three);
    const contents = () => Object.fromEntries(feature.walls.current().map(({ id, contentOf }) => [id, contentOf]));
    expect(await calls.showElsewhere('e-c', 'e-b')).toEqual({ refusal: 'still-connected' });
    become(two);
    expect(await calls.showElsewhere('e-c', 'e-a')).toEqual({ refusal: 'not-connected' });
    expect(await calls.showElsewhere('e-c', 'e-z')).toEqual({ refusal: 'no-such-display' });
    expect(await calls.showElsewhere('e-c', 'e-b')).toEqual({ refusal: null });
    expect(contents()).toEqual({ 'e-b': 'e-c', 'e-c': null });
    expect((await startDisplays(two, { registry })).feature.known.current()[2]?.shownOn).toBe('e-b');
    become(three);
    expect(contents()).toEqual({ 'e-b': 'e-b', 'e-c': 'e-c' });
    become(two);
    expect(contents()['e-b']).toBe('e-b');
    await calls.showElsewhere('e-c', 'e-b');
    await calls.showElsewhere('e-c', null);
    expect(contents()['e-b']).toBe('e-b');
  });

  it('of two missing displays are not shown on one: the later one is', async () => {
    const { feature, become, calls } = await startDisplays([...three, { digest: 'd', x: 5_760 }]);
    become(two);
    await calls.showElsewhere('e-c', 'e-b');
    await calls.showElsewhere('e-d', 'e-b');
    expect(feature.known.current().map(({ shownOn }) => shownOn)).toEqual([null, null, null, 'e-b']);
  });

  it('are on the display `wall` too while a browser stands there, and where there is no display', async () => {
    const { feature, session, known } = await startDisplays(two);
    const walls = () => feature.walls.current().map(({ id }) => id);
    const browser = session('wall', 'shared');
    expect(walls()).toEqual(['e-b', 'wall']);
    expect(known().at(-1)).toEqual([3, 'wall', 'shared', true]);
    feature.sessionEnded?.(browser);
    expect(walls()).toEqual(['e-b']);
    const headless = await startDisplays([]);
    expect(headless.feature.walls.current()).toEqual([
      { id: 'wall', width: 1_920, height: 1_080, contentOf: 'wall', waits: false },
    ]);
    headless.session('wall', 'wall');
    expect(headless.known()).toEqual([[1, 'wall', 'wall', true]]);
  });
});

describe('what a window is told of itself', () => {
  it('is what it is for, its number while displays are identified, and whether its miniature is wanted', async () => {
    const { feature, session, calls, clock } = await startDisplays(two);
    const wall = session('e-b', 'wall');
    const told = feature.states['displays.window'](wall);
    const heard: unknown[] = [];
    told.subscribe((value) => heard.push(value));
    const resting = { kind: 'wall', displayId: 'e-b', identify: null, miniatures: false };
    expect(told.current()).toEqual(resting);
    const desk = session('e-a', 'console');
    expect(heard).toEqual([{ ...resting, miniatures: true }]);
    expect(feature.states['displays.window'](desk).current()).toMatchObject({ kind: 'console', miniatures: false });
    void calls.identify();
    expect(told.current()).toMatchObject({ identify: { number: 2, name: 'Monitor b' } });
    clock.pass(identifyMs - 1);
    void calls.identify();
    clock.pass(identifyMs - 1);
    expect(told.current().identify).not.toBeNull();
    clock.pass(1);
    expect(told.current().identify).toBeNull();
    feature.sessionEnded?.(desk);
    expect(told.current()).toEqual(resting);
  });

  it('is what the contract says', async () => {
    const { feature, session, miniatures } = await startDisplays([first ?? { digest: 'a', x: 0 }]);
    const own = session('wall', 'shared');
    miniatures.set([{ displayId: 'e-a', revision: 1, atUtcMs: 0 }]);
    for (const name of ['displays.all', 'displays.window', 'displays.miniatures'] as const) {
      const value: unknown = feature.states[name](own).current();
      expect(displaysContract[name].value.safeParse(value).success, name).toBe(true);
    }
  });
});
