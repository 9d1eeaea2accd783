import { describe, expect, it } from 'vitest';
import { importances, steppedDown, whyOf } from '../../core/streams/quality.ts';
import { calm, large, mainOnly, small, stressed, tile, wall, window } from './quality-window.ts';

describe('the limits of the settings', () => {
  const two = { limits: { mostHighStreams: 2, mostFullStreams: null, bandwidthKbps: null }, hardware: true };

  it('leave the large streams to the tiles that matter, and the others say so', () => {
    const four = (selected: number) =>
      wall(4, (at) => tile(at, { box: large, importance: at === selected ? importances.selected : importances.plain }));
    const made = window(two).go(four(3));
    expect(made.streams()).toEqual(['main', 'sub', 'sub', 'main']);
    expect(made.of(1)).toEqual({ stream: 'sub', gait: 'full', reason: 'most-high' });
    expect(steppedDown(made.all())).toEqual({ 'most-high': 2 });
    expect(made.go(four(2), 6).streams()).toEqual(['main', 'sub', 'main', 'sub']);
  });

  it('never take it from full screen, do not count cameras with one stream only, and change nothing that nobody sees', () => {
    const best = wall(3, (at) => tile(at, { best: true }));
    expect(window(two).go(best).streams()).toEqual(['main', 'main', 'main']);
    const single = wall(5, (at) => mainOnly(at, { box: large }));
    expect(
      window(two)
        .go(single)
        .all()
        .every(({ reason }) => reason === null),
    ).toBe(true);
    const four = wall(4, (at) => tile(at, { box: large }));
    const made = window(two).go(four, 10);
    const covered = four.map((each, at) => (at === 1 ? { ...each, best: true } : { ...each, seen: false }));
    expect(made.go(covered, 30).streams()).toEqual(['main', 'main', 'sub', 'sub']);
  });

  it('leave whole streams to the tiles that matter, then to the largest; the others show key pictures and say why', () => {
    const limits = { mostHighStreams: 16, mostFullStreams: 3, bandwidthKbps: null };
    const tiles = wall(5, (at) =>
      mainOnly(at, {
        box: at === 3 ? large : small,
        importance: at === 4 ? importances.pinned : importances.plain,
      }),
    );
    const made = window({ limits }).go(tiles, 10);
    expect(made.gaits()).toEqual(['full', 'keys', 'keys', 'full', 'full']);
    expect(made.of(1)).toEqual({ stream: 'main', gait: 'keys', reason: 'most-full' });
    expect(whyOf(made.of(1))).toBe('most-full');
    expect(steppedDown(made.all())).toEqual({ 'most-full': 2 });
    // Who has a whole stream keeps it when another tile grows; who is selected gets one at once.
    expect(
      made
        .go(
          tiles.map((each, at) => (at === 2 ? { ...each, box: large } : each)),
          10,
        )
        .gaits()[0],
    ).toBe('full');
    const selected = tiles.map((each, at) => (at === 1 ? { ...each, importance: importances.selected } : each));
    expect(made.go(selected, 1).gaits()).toEqual(['keys', 'full', 'keys', 'full', 'full']);
  });

  it('never take whole streams from pinned, selected and enlarged tiles, and have all again when they are lifted', () => {
    const none = { mostHighStreams: 16, mostFullStreams: 0, bandwidthKbps: null };
    const tiles = wall(4, (at) => mainOnly(at, { importance: at < 2 ? importances.pinned : importances.plain, best: at === 2 }));
    const made = window({ limits: none }).go(tiles, 10);
    expect(made.gaits()).toEqual(['full', 'full', 'full', 'keys']);
    expect(made.go(tiles, 30, stressed).gaits().slice(0, 2)).toEqual(['full', 'full']);
    const lifted = window({ limits: none }).go(tiles, 10);
    // At once, also on a PC that is too busy for anything to be raised: it was not too busy for this.
    const busy = { ...calm, pcBusy: 1 };
    expect(
      lifted
        .limit({ ...none, mostFullStreams: null })
        .go(tiles, 0, busy)
        .gaits(),
    ).toEqual(['full', 'full', 'full', 'full']);
  });

  it('keep the bandwidth, as far as smaller streams can', () => {
    const kept = { limits: { mostHighStreams: 16, mostFullStreams: null, bandwidthKbps: 10_000 }, hardware: true };
    const made = window(kept).go(
      wall(4, (at) => tile(at, { box: large })),
      10,
    );
    expect(made.streams()).toEqual(['main', 'main', 'sub', 'sub']);
    expect(made.of(3).reason).toBe('bandwidth');
    expect(
      made
        .go(
          wall(4, (at) => tile(at, { box: large })),
          60,
        )
        .streams(),
    ).toEqual(['main', 'main', 'sub', 'sub']);
  });
});
