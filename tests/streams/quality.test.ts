import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importances, isSteppedDown, type QualityTile } from '../../core/streams/quality.ts';
import { calm, fail, large, mainOnly, small, stressed, tile, wall, window } from './quality-window.ts';

describe('the stream of a tile', () => {
  it('is the nearest one that is at least as large as the tile, in physical pixels', () => {
    const boxes = [small, { width: 640, height: 360 }, { width: 641, height: 361 }, large];
    expect(
      boxes.map(
        (box) =>
          window()
            .go([tile(0, { box })])
            .of(0).stream,
      ),
    ).toEqual(['sub', 'sub', 'main', 'main']);
    // Taller than the picture is, it is as wide as its box and no wider.
    expect(
      window()
        .go([tile(0, { box: { width: 600, height: 900 } })])
        .of(0).stream,
    ).toBe('sub');
  });

  it('is taken for what streams usually measure before it was seen, and is the larger one before the tile was measured', () => {
    const unseen = (box: QualityTile['box']) =>
      window()
        .go([tile(0, { rates: {}, box })])
        .of(0).stream;
    expect([unseen(small), unseen(large), unseen(null)]).toEqual(['sub', 'main', 'main']);
  });

  it('goes down after the tile was clearly small for a second, and not oftener than every five', () => {
    const made = window().go([tile(0, { box: large })], 10);
    expect(made.go([tile(0, { box: { width: 600, height: 340 } })], 20).of(0).stream).toBe('main');
    expect(made.go([tile(0)], 0.5).of(0).stream).toBe('main');
    expect(made.go([tile(0)], 1).of(0)).toEqual({ stream: 'sub', gait: 'full', reason: 'small' });
    expect(made.go([tile(0, { box: large })], 1).of(0).stream).toBe('sub');
    expect(made.go([tile(0, { box: large })], 5).of(0)).toEqual({ stream: 'main', gait: 'full', reason: null });
  });

  it('is the best at once in full screen and enlarged by hand', () => {
    const made = window().go([tile(0)], 1);
    expect(made.of(0).stream).toBe('sub');
    expect(made.go([tile(0, { best: true, importance: importances.whole })]).of(0)).toMatchObject({
      stream: 'main',
      reason: null,
    });
  });

  it('is the smaller one, and says why, where this PC has no decoder for the larger', () => {
    expect(
      window()
        .go([tile(0, { box: large, unable: ['main'] })])
        .of(0),
    ).toEqual({ stream: 'sub', gait: 'full', reason: 'no-decoder' });
    expect(
      window()
        .go([mainOnly(0, { unable: ['main'] })])
        .of(0),
    ).toMatchObject({ stream: 'main', reason: null });
  });

  it('is one that the camera has, and never changes by itself while nothing changes', () => {
    const side = fc.integer({ min: 40, max: 4_000 });
    const size = fc.record({ width: side, height: side });
    const rate = fc.option(fc.record({ size: fc.option(size), fps: fc.constant(null), kbps: fc.constant(null) }), {
      nil: undefined,
    });
    const any = fc.record({
      streams: fc.constantFrom(['main'] as const, ['sub'] as const, ['main', 'sub'] as const),
      main: rate,
      sub: rate,
      box: size,
      best: fc.boolean(),
    });
    fc.assert(
      fc.property(any, ({ main, sub, ...more }) => {
        const rates = { ...(main ? { main } : {}), ...(sub ? { sub } : {}) };
        const made = window({ hardware: true }).go([tile(0, { ...more, rates })]);
        const { stream } = made.of(0);
        expect(more.streams).toContain(stream);
        expect(made.go([tile(0, { ...more, rates })], 20).of(0).stream).toBe(stream);
      }),
    );
  });
});

describe('under stress', () => {
  it('a wall that fits stays as it is', () => {
    expect(window().go(wall(64, mainOnly), 60).count('full')).toBe(64);
  });

  it('more tiles than two cores are known to decode begin as key pictures, the unimportant ones', () => {
    const hundred = wall(100, (at) => mainOnly(at, { importance: at >= 84 ? importances.pinned : importances.plain }));
    const made = window().go(hundred);
    expect(made.gaits().slice(84)).toEqual(Array.from({ length: 16 }, () => 'full'));
    expect(made.count('keys')).toBeGreaterThan(30);
    expect(made.of(83)).toEqual({ stream: 'main', gait: 'keys', reason: 'decode' });
  });

  it('steps down main, sub, key pictures, still: each of a class before any of it steps further', () => {
    const inTurn = [importances.plain, importances.pinned, importances.steered, importances.selected, importances.whole];
    const made = window().go(
      wall(5, (at) => tile(at, { box: large, importance: inTurn[at] ?? 0 })),
      10,
    );
    expect(made.streams()).toEqual(['main', 'main', 'main', 'main', 'main']);
    const seen = new Set([`${made.of(0).stream} ${made.of(0).gait}`]);
    for (let turn = 0; turn < 240; turn += 1) {
      made.go(
        wall(5, (at) => tile(at, { box: large, importance: inTurn[at] ?? 0 })),
        0.5,
        // Of many windows, each of which has little of the PC.
        { ...stressed, windows: 8 },
      );
      seen.add(`${made.of(0).stream} ${made.of(0).gait}`);
    }
    expect([...seen]).toEqual(['main full', 'sub full', 'sub keys', 'sub still']);
    // Pinned, steered, selected and full screen never lose a picture.
    expect(made.gaits()).toEqual(['still', 'full', 'full', 'full', 'full']);
    expect(made.streams().slice(1)).toEqual(['sub', 'sub', 'sub', 'sub']);
  });

  it('a wall that decodes little keeps every picture, whatever else keeps the PC busy', () => {
    const starved = { ...stressed, droppedShare: 0.5, freezesPerSecond: 5, lagMs: 2_000, pcBusy: 1 };
    for (const count of [1, 4, 8])
      expect(window().go(wall(count, mainOnly), 10).go(wall(count, mainOnly), 600, starved).count('full')).toBe(count);
    // A larger one is left as much.
    const left = window().go(wall(16, mainOnly), 10).go(wall(16, mainOnly), 600, starved).count('full');
    expect(left).toBeGreaterThanOrEqual(4);
    expect(left).toBeLessThan(9);
  });

  it('one bad moment changes nothing', () => {
    const made = window().go(wall(16, mainOnly), 10);
    expect(made.go(wall(16, mainOnly), 1, stressed).count('full')).toBe(16);
  });

  it('is cut to what was decoded where that is clearly less than what comes, and by no more than a half at once', () => {
    const left = (decodedShare: number) =>
      window()
        .go(wall(40, mainOnly), 10)
        .go(wall(40, mainOnly), 3, { ...calm, decodedShare })
        .count('full');
    expect(left(0.75)).toBeGreaterThan(left(0.55));
    expect(left(0.2)).toBe(left(0.5));
    expect(left(0.2)).toBeGreaterThan(5);
  });

  it('is not cut again before the statistics tell of what the last cut did', () => {
    const made = window()
      .go(wall(40, mainOnly), 10)
      .go(wall(40, mainOnly), 3, { ...calm, freezesPerSecond: 2 });
    const once = made.count('full');
    expect(once).toBeLessThan(40);
    expect(made.go(wall(40, mainOnly), 4, { ...calm, freezesPerSecond: 2 }).count('full')).toBe(once);
    expect(made.go(wall(40, mainOnly), 4, { ...calm, freezesPerSecond: 2 }).count('full')).toBeLessThan(once);
  });

  it('steps up again where there is room, and waits longer where that was wrong', () => {
    const tiles = wall(16, mainOnly);
    const made = window().go(tiles, 10).go(tiles, 3, stressed);
    expect(made.count('full')).toBeLessThan(16);
    const secondsUntilWhole = () => {
      for (let second = 0; second < 3_000; second += 1) if (made.go(tiles, 1).count('full') === 16) return second;
      return fail();
    };
    const first = secondsUntilWhole();
    made.go(tiles, 3, stressed);
    const second = secondsUntilWhole();
    expect(second).toBeGreaterThan(first);
    expect(made.all().some(isSteppedDown)).toBe(false);
  });

  it('the more important is never worse off than a less important one of the same kind, whatever happens', () => {
    const rank = { full: 0, keys: 1, still: 2 };
    const step = fc.record({ seconds: fc.integer({ min: 1, max: 20 }), heavy: fc.boolean() });
    const many = fc.array(fc.constantFrom(0, 1, 2), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(many, fc.array(step, { maxLength: 12 }), (given, steps) => {
        const tiles = given.map((importance, at) => mainOnly(at, { importance }));
        const made = window().go(tiles);
        for (const { seconds, heavy } of steps) made.go(tiles, seconds, heavy ? stressed : calm);
        const all = made.all().map(({ gait }, at) => ({ worse: rank[gait], importance: given[at] ?? 0 }));
        for (const a of all) for (const b of all) if (a.importance > b.importance) expect(a.worse).toBeLessThanOrEqual(b.worse);
        expect(made.all().every(({ gait, reason }) => (gait === 'full') === (reason === null))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('two windows share the cores, and each begins with less', () => {
    const tiles = wall(50, mainOnly);
    expect(window().go(tiles).count('full')).toBe(50);
    const shared = { ...calm, windows: 2 };
    expect(window().go(tiles, 0, shared).count('keys')).toBeGreaterThan(20);
    expect(window().go(tiles, 10).go(tiles, 10, shared).count('full')).toBeLessThan(30);
  });

  it('that decoding takes long is a stress only where nobody knows how busy the PC is: pictures wait there for each other', () => {
    const slow = { ...calm, decodeCores: 4 };
    const left = (pcBusy: number | null) =>
      window()
        .go(wall(16, mainOnly), 10)
        .go(wall(16, mainOnly), 60, { ...slow, pcBusy });
    expect(left(0.6).count('full')).toBe(16);
    expect(left(null).count('full')).toBeLessThan(16);
  });

  it('on an idle PC that nothing has gone wrong on, all of it is raised within seconds, and slowly where that is not known', () => {
    const tiles = wall(100, mainOnly);
    const secondsUntilFull = (pcBusy: number | null) => {
      const made = window();
      made.go(tiles, 1);
      expect(made.count('full')).toBeLessThan(80);
      let seconds = 0;
      while (made.count('full') < 100 && seconds < 600) {
        made.go(tiles, 1, { ...calm, pcBusy });
        seconds += 1;
      }
      return seconds;
    };
    expect(secondsUntilFull(0.4)).toBeLessThan(20);
    expect(secondsUntilFull(null)).toBeGreaterThan(25);
    expect(secondsUntilFull(null)).toBeLessThan(120);
  });

  it('raises nothing while the PC is busy, whoever keeps it so', () => {
    const tiles = wall(16, mainOnly);
    const made = window().go(tiles, 10).go(tiles, 3, stressed);
    const left = made.count('full');
    expect(left).toBeLessThan(16);
    expect(made.go(tiles, 600, { ...calm, pcBusy: 0.9 }).count('full')).toBe(left);
    expect(made.go(tiles, 600, { ...calm, pcBusy: 0.5 }).count('full')).toBe(16);
  });

  it('raises as long as some of the cores is idle: of two a sixth, of many as much and no more', () => {
    const raises = (cores: number, pcBusy: number) => {
      const tiles = wall(32 * cores, mainOnly);
      const load = { ...calm, cores };
      const made = window()
        .go(tiles, 10, load)
        .go(tiles, 3, { ...stressed, cores });
      const left = made.count('full');
      expect(left).toBeLessThan(tiles.length);
      return made.go(tiles, 600, { ...load, pcBusy }).count('full') > left;
    };
    expect([raises(1, 0.75), raises(1, 0.8)]).toEqual([true, false]);
    expect([raises(2, 0.8), raises(2, 0.85)]).toEqual([true, false]);
    expect([raises(4, 0.9), raises(4, 0.95)]).toEqual([true, false]);
  });

  it('two freezes of what is important are enough, and a stress that nothing cures leaves most tiles their key pictures', () => {
    const tiles = wall(50, (at) => mainOnly(at, { importance: at < 8 ? importances.pinned : importances.plain }));
    const made = window().go(tiles, 10);
    made.go(tiles, 3_600, { ...calm, importantFreezesPerSecond: 1 });
    expect(made.count('full')).toBe(8);
    expect(made.count('keys')).toBeGreaterThan(20);
  });

  it('a stress while one tile lies over all others leaves those behind it their key pictures', () => {
    const tiles = wall(49, mainOnly);
    const made = window().go(tiles, 10);
    const covered = tiles.map((each, at) => (at === 0 ? { ...each, best: true } : { ...each, seen: false }));
    made.go(covered, 120, stressed);
    expect(made.go(tiles, 20).count('still')).toBeLessThan(25);
  });

  it('what nobody sees counts for nothing and keeps its rung', () => {
    const tiles = wall(200, mainOnly);
    const made = window().go(tiles, 10);
    expect(made.count('keys')).toBeGreaterThan(100);
    const covered = tiles.map((each, at) => (at === 0 ? { ...each, best: true } : { ...each, seen: false }));
    const before = made.gaits().slice(1);
    expect(made.go(covered, 30).gaits().slice(1)).toEqual(before);
  });
});
