import { describe, expect, it } from 'vitest';
import { cameraIdSchema } from '../../core/cameras/camera.ts';
import type { RewindAct } from '../../core/rewind/rewind.contract.ts';
import { createCell } from '../../core/rpc/cell.ts';
import type { Session } from '../../core/rpc/handlers.ts';
import { gridLayout } from '../../core/wall/layout.ts';
import type { TileContent } from '../../core/wall/tile-content.ts';
import type { DisplayWall } from '../../core/wall/wall.contract.ts';
import { createRewindFeature } from '../../main/features/rewind/rewind-feature.ts';
import type { Log } from '../../main/ports/log.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };
const camera = (number: number): TileContent => ({ kind: 'camera', camera: cameraIdSchema.parse(`c${number}`) });

function display(displayId: string, contents: readonly TileContent[]): DisplayWall {
  const tiles = contents.map((content) => ({ content, pinned: false, zoom: null, back: [], forward: [] }));
  return { displayId, layout: gridLayout(contents.length, 1), tiles, enlarged: null, blank: false, arranged: true };
}

function session(id: string, number = 1): Session {
  const seat = { number, role: 'operator', priority: 50, signedIn: false } as const;
  return { id, seat, displayId: 'wall', windowKind: 'wall', ended: new AbortController().signal };
}

function main() {
  const clock = createFakeClock();
  const wall = createCell<readonly DisplayWall[]>([
    display('a', [camera(1), camera(2), { kind: 'empty' }]),
    display('b', [camera(3)]),
  ]);
  const rows: [string, unknown][] = [];
  /** What the window has in memory; null: nobody has told. */
  const kept: { ms: number | null } = { ms: null };
  /** What the clock of the day is behind the one that timers go by. */
  const day = { behindMs: 0 };
  const feature = createRewindFeature({
    clock: { ...clock, utcMs: () => clock.utcMs() - day.behindMs },
    wall,
    journal: {
      append(kind, data) {
        rows.push([kind, data]);
        return Promise.resolve({ sequence: rows.length, utcMs: 0, monotonicMs: 0 });
      },
      read: () => Promise.resolve([]),
      readTopic: async () => [],
      linkAt: async () => null,
    },
    log: silent,
    settings: createCell({ rewind: { seconds: 120, megabytes: 512 } }),
    displayOf: ({ windowKind }) => (windowKind === 'console' ? null : 'a'),
    keptMs: () => kept.ms,
  });
  const one = session('one');
  return {
    clock,
    day,
    wall,
    rows,
    kept,
    feature,
    one,
    go: async (at: [string, number] | null, what: RewindAct, by = one) =>
      (
        await feature.calls['rewind.go'](
          { at: at && { displayId: at[0], tile: at[1] }, what },
          { session: by, signal: new AbortController().signal },
        )
      ).refusal,
    /** A window tells what is on the glass for the present position of a tile. */
    found: (
      tile: number,
      shownUtcMs: number,
      { steps, waits = false, ...more }: Partial<Session> & { steps?: number; waits?: boolean } = {},
    ) => {
      const position = feature.states['rewind.tiles'](one).current()[tile]?.position;
      const told = { saidUtcMs: position?.saidUtcMs ?? 0, steps: steps ?? position?.steps ?? 0 };
      const by = { session: { ...one, ...more }, signal: new AbortController().signal };
      return feature.calls['rewind.found']({ at: { displayId: 'a', tile }, position: told, shownUtcMs, waits }, by);
    },
    tiles: () => feature.states['rewind.tiles'](one).current(),
    names: () =>
      feature.states['rewind.tiles'](one)
        .current()
        .map(({ at }) => `${at.displayId}${at.tile}`),
  };
}
const back = { act: 'back', byMs: 10_000 } as const;

describe('rewinding the wall', () => {
  it('rewinds a tile, records who and to which moment, and ends it', async () => {
    const { go, tiles, rows, clock } = main();
    expect(await go(['a', 1], back)).toBeNull();
    expect(tiles()).toMatchObject([{ at: { displayId: 'a', tile: 1 }, camera: 'c2', seat: 1 }]);
    expect(rows).toMatchObject([
      [
        'rewind.shown',
        { displayId: 'a', tile: 1, camera: 'c2', momentUtcMs: clock.utcMs() - 10_000, seat: 'seat 1 (not signed in)' },
      ],
    ]);
    expect(await go(['a', 1], { act: 'live' })).toBeNull();
    expect(tiles()).toEqual([]);
    expect(rows.at(-1)).toMatchObject(['rewind.ended', { why: 'asked' }]);
  });

  it('tells windows how much to keep', () => {
    const { feature, one } = main();
    expect(feature.states['rewind.limits'](one).current()).toEqual({ mostMs: 120_000, mostBytes: 536_870_912 });
  });

  it('refuses where there is no camera, and a pace where the tile is live', async () => {
    const { go } = main();
    expect(await go(['a', 2], back)).toBe('no-camera');
    expect(await go(['c', 0], back)).toBe('no-camera');
    expect(await go(['a', 0], { act: 'pace', speed: 2 })).toBe('live');
  });

  it('rewinds all tiles with a camera to one moment', async () => {
    const { go, tiles, names } = main();
    await go(['b', 0], back);
    await go(null, back);
    expect(names()).toEqual(['a0', 'a1', 'b0']);
    expect(new Set(tiles().map(({ position }) => position.momentUtcMs)).size).toBe(1);
    await go(null, { act: 'live' });
    expect(names()).toEqual([]);
  });

  it('ends what has caught up with the present, and leaves the others', async () => {
    const { go, names, clock, rows } = main();
    await go(['a', 0], back);
    await go(['a', 1], back);
    await go(['a', 1], { act: 'pace', speed: 8 });
    clock.pass(1_000);
    expect(names()).toEqual(['a0', 'a1']);
    clock.pass(1_000);
    expect(names()).toEqual(['a0']);
    expect(rows.at(-1)).toMatchObject(['rewind.ended', { tile: 1, why: 'caught-up' }]);
  });

  it('ends what has caught up also where its timer was early by the clock of the day', async () => {
    const { go, names, clock, day } = main();
    await go(['a', 0], back);
    await go(['a', 0], { act: 'faster', by: 1 });
    day.behindMs = 3;
    clock.pass(9_600);
    expect(names()).toEqual(['a0']);
    clock.pass(3);
    expect(names()).toEqual([]);
  });

  it('ends where another camera comes into the tile', async () => {
    const { go, names, wall } = main();
    await go(null, back);
    wall.set([display('a', [camera(1), camera(4), camera(2)]), display('b', [camera(3)])]);
    expect(names()).toEqual(['a0', 'b0']);
  });

  it('ends with the session that asked', async () => {
    const { go, names, feature, one } = main();
    await go(['a', 0], back);
    await go(['b', 0], back, session('two', 2));
    feature.sessionEnded?.(one);
    expect(names()).toEqual(['b0']);
  });

  it('writes no row for each picture that is stepped over', async () => {
    const { go, rows } = main();
    await go(['a', 0], { act: 'step', by: -1 });
    for (let step = 0; step < 20; step += 1) await go(['a', 0], { act: 'step', by: -1 });
    expect(rows.map(([kind]) => kind)).toEqual(['rewind.shown']);
  });

  it('goes on from what its window found, where memory does not reach so far back, and records that', async () => {
    const { go, found, tiles, rows, clock, feature, kept } = main();
    const at = { displayId: 'a', tile: 0 };
    const shown = () => feature.shownAt(at, cameraIdSchema.parse('c1'));
    await go(['a', 0], { act: 'back', byMs: 600_000 });
    // Before its window has told anything a flag is not of what cannot be shown.
    kept.ms = 30_000;
    expect(shown()).toBe(clock.utcMs() - 30_000);
    kept.ms = null;
    const oldestUtcMs = clock.utcMs() - 25_000;
    await found(0, oldestUtcMs);
    expect(shown()).toBe(oldestUtcMs);
    expect(rows.at(-1)).toMatchObject(['rewind.found', { tile: 0, shownUtcMs: oldestUtcMs }]);
    clock.pass(5_000);
    expect(shown()).toBe(oldestUtcMs + 5_000);
    await go(['a', 0], { act: 'pace', speed: 0 });
    expect(tiles()[0]?.position.momentUtcMs).toBe(oldestUtcMs + 5_000);
    await go(['a', 0], { act: 'pace', speed: 8 });
    clock.pass(4_500);
    expect(tiles()).toEqual([]);
    expect(shown()).toBeNull();
  });

  it('is at the picture that waits where it goes on over a gap, until its window tells of the next one; a pace counts on', async () => {
    const { go, found, tiles, rows, clock, feature } = main();
    const at = { displayId: 'a', tile: 0 };
    const shown = () => feature.shownAt(at, cameraIdSchema.parse('c1'));
    await go(['a', 0], { act: 'back', byMs: 60_000 });
    clock.pass(5_000);
    const lastUtcMs = clock.utcMs() - 58_000;
    await found(0, lastUtcMs, { waits: true });
    clock.pass(5_000);
    expect(shown()).toBe(lastUtcMs);
    expect(rows.filter(([kind]) => kind === 'rewind.found')).toMatchObject([['rewind.found', { shownUtcMs: lastUtcMs }]]);
    await go(['a', 0], { act: 'pace', speed: 2 });
    expect(shown()).toBe(lastUtcMs);
    expect(tiles()[0]?.position.momentUtcMs).toBe(clock.utcMs() - 60_000);
    clock.pass(10_000);
    await found(0, clock.utcMs() - 50_100);
    expect(shown()).toBe(clock.utcMs() - 50_000);
    expect(rows.filter(([kind]) => kind === 'rewind.found')).toHaveLength(1);
    // Who goes back from a picture that waits goes back from that.
    await found(0, lastUtcMs, { waits: true });
    await go(['a', 0], { act: 'back', byMs: 10_000 });
    expect(shown()).toBe(lastUtcMs - 10_000);
  });

  it('goes on from the picture that it was stepped to', async () => {
    const { go, found, tiles, rows, clock } = main();
    await go(['a', 0], { act: 'to', momentUtcMs: clock.utcMs() - 10_000 });
    await go(['a', 0], { act: 'step', by: -20 });
    await found(0, clock.utcMs() - 12_000);
    // The steps that follow count from where they counted before.
    await go(['a', 0], { act: 'step', by: -5 });
    expect(tiles()[0]?.position).toMatchObject({ momentUtcMs: clock.utcMs() - 10_000, steps: -25, foundUtcMs: null });
    await found(0, clock.utcMs() - 12_500);
    await go(['a', 0], { act: 'pace', speed: 1 });
    expect(tiles()[0]?.position).toMatchObject({ momentUtcMs: clock.utcMs() - 12_500, steps: 0, speed: 1 });
    expect(rows.map(([kind]) => kind)).not.toContain('rewind.found');
  });

  it('believes only the window that shows the tile, of the position that it was told last, and nothing that is to come', async () => {
    const { go, found, tiles, clock } = main();
    await go(['a', 0], { act: 'step', by: -1 });
    const before = tiles()[0]?.position;
    await found(0, clock.utcMs() - 3_000, { windowKind: 'console' });
    await found(0, clock.utcMs() - 3_000, { steps: -7 });
    await found(1, clock.utcMs() - 3_000);
    expect(tiles()[0]?.position).toEqual(before);
    await found(0, clock.utcMs() + 60_000);
    expect(tiles()[0]?.position.foundUtcMs).toBe(clock.utcMs());
  });
});
