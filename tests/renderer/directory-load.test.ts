import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CamerasClient, createDirectory } from '../../renderer/features/cameras/directory.ts';
import { noFilter } from '../../renderer/features/cameras/directory-filter.ts';
import type { DirectoryQuestion } from '../../renderer/features/cameras/directory-messages.ts';
import { whenWallIsCalm } from '../../renderer/features/cameras/when-wall-is-calm.ts';
import { wallOf } from '../support/preview/peshawar.ts';

const view = { query: '', filter: noFilter, open: [], named: [], conditions: [] };

/** Main as a directory knows it: its states are told by the test. */
function pretendMain() {
  const listeners = new Map<string, (value: never) => void>();
  const calls: unknown[] = [];
  const client = {
    watch: (name: string, listener: (value: never) => void) => {
      listeners.set(name, listener);
      return () => listeners.delete(name);
    },
    call: async (name: string, input: unknown) => {
      calls.push([name, input]);
      return { camera: null };
    },
  } as unknown as CamerasClient;
  return { client, calls, watched: listeners, tell: (name: string, value: unknown) => listeners.get(name)?.(value as never) };
}

function open(count: number) {
  const main = pretendMain();
  const asked: DirectoryQuestion[] = [];
  const calm = Promise.withResolvers<void>();
  const directory = createDirectory({
    client: main.client,
    token: async () => 't',
    startWorker: () => ({ ask: (question) => void asked.push(question), listen: () => {}, close: () => {} }),
    calm: () => calm.promise,
  });
  const loads = async () => {
    // Promises that are resolved already have their turn.
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    return asked.filter(({ t }) => t === 'load').length;
  };
  main.tell('cameras.directory', { revision: 'a', count, origin: 'stored' });
  directory.show(view);
  return { ...main, directory, calm, loads };
}

beforeEach(() => vi.stubGlobal('location', { href: 'http://127.0.0.1/' }));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a large directory in a window', () => {
  it('is loaded when the wall is calm', async () => {
    const { loads, calm } = open(50_000);
    expect(await loads()).toBe(0);
    calm.resolve();
    expect(await loads()).toBe(1);
  });

  it.each<[string, (directory: ReturnType<typeof open>['directory']) => unknown]>([
    ['turns to it', (directory) => directory.hurry()],
    ['searches', (directory) => directory.show({ ...view, query: 'k' })],
    ['filters', (directory) => directory.show({ ...view, filter: { ...noFilter, kind: 'ptz' } })],
    ['looks for a camera elsewhere', (directory) => directory.search('k', 5)],
  ])('is loaded at once when somebody %s', async (_what, turn) => {
    const { loads, directory } = open(50_000);
    void turn(directory);
    expect(await loads()).toBe(1);
  });

  it('is not hurried by groups and favourites that are told', async () => {
    const { loads, directory } = open(50_000);
    directory.show({ ...view, named: [{ key: 'g', level: 'group', name: 'G', cameras: [] }] });
    expect(await loads()).toBe(0);
  });

  it('asks main for a number while it is not here', async () => {
    const { directory, calls, loads } = open(50_000);
    expect(await directory.byNumber(4_711)).toBeNull();
    expect(await directory.byNumber(0)).toBeNull();
    expect(calls).toEqual([['cameras.with-number', { number: 4_711 }]]);
    expect(await loads()).toBe(0);
  });

  it('gives way to another that comes meanwhile', async () => {
    const { tell, loads, calm } = open(50_000);
    tell('cameras.directory', { revision: 'b', count: 3, origin: 'stored' });
    expect(await loads()).toBe(1);
    calm.resolve();
    expect(await loads()).toBe(1);
  });
});

describe('a small directory', () => {
  it('waits for nothing', async () => {
    expect(await open(16).loads()).toBe(1);
  });
});

describe('a wall is calm', () => {
  const wall = wallOf('a', 2, 1, ['c-1', 'c-2']);
  const report = (...states: string[]) => [{ displayId: 'a', tiles: states.map((state) => ({ state })) }];
  function watch() {
    vi.useFakeTimers();
    const main = pretendMain();
    let calm = false;
    void whenWallIsCalm(main.client).then(() => (calm = true));
    const isCalm = async () => {
      await vi.advanceTimersByTimeAsync(0);
      return calm;
    };
    return { ...main, isCalm };
  }
  it('when no tile is opening any more, whether live or not; then it is watched no longer', async () => {
    const { tell, isCalm, watched } = watch();
    tell('wall.display', wall);
    tell('wall.displays', [wall]);
    expect(await isCalm()).toBe(false);
    tell('streams.tiles', report('live', 'opening'));
    expect(await isCalm()).toBe(false);
    tell('streams.tiles', report('live', 'refused'));
    expect(await isCalm()).toBe(true);
    expect(watched.size).toBe(0);
  });

  it('when there is nothing to show, or all is blanked', async () => {
    const { tell, isCalm } = watch();
    tell('wall.display', wallOf('a', 2, 1, []));
    expect(await isCalm()).toBe(false);
    tell('wall.displays', [{ ...wall, blank: true }]);
    expect(await isCalm()).toBe(true);
  });

  it('after ten seconds in any case', async () => {
    const { isCalm, watched } = watch();
    await vi.advanceTimersByTimeAsync(9_900);
    expect(await isCalm()).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(await isCalm()).toBe(true);
    expect(watched.size).toBe(0);
  });
});
