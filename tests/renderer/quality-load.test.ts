import { describe, expect, it } from 'vitest';
import { unknownPcLoad } from '../../core/streams/pc-load.ts';
import { nextStreamLife, openStreamLife, type StreamInput } from '../../core/streams/stream-life.ts';
import { createQualityLoad, type LoadedSession } from '../../renderer/features/wall/quality-load.ts';

/** A tile of 15 pictures a second whose statistics are read every three seconds, as the test plays it. */
function playedTile() {
  const inputs: StreamInput[] = [
    { type: 'opened', atMs: 1 },
    { type: 'frame', atMs: 2 },
  ];
  const now = { countedAtMs: 0, decoded: 0, freezes: 0, packetsLost: 0, coded: 0 };
  const path = '/whep/a/main';
  return {
    now,
    stalls: (atMs: number) => void inputs.push({ type: 'frames-stopped', atMs, lastPictureMs: atMs - 600 }),
    session: {
      path: () => path,
      wanted: () => path,
      life: () => inputs.reduce(nextStreamLife, openStreamLife(0)),
      facts: () => ({
        gait: 'full',
        countedAtMs: now.countedAtMs,
        decoded: now.decoded,
        decodeMs: now.decoded,
        dropped: 0,
        freezes: now.freezes,
        packetsLost: now.packetsLost,
        pictures: { decoded: now.decoded },
        tap: { frames: now.coded },
        decoder: { decoder: 'software' },
      }),
    } satisfies LoadedSession,
  };
}

type Played = ReturnType<typeof playedTile>;

/** Plays it for so many seconds and tells the most freezes a second that were noticed. `freezesAt`: in which seconds it freezes. */
function noticed(seconds: number, freezesAt: readonly number[], each: (tile: Played, second: number) => void = () => {}): number {
  const load = createQualityLoad(2);
  const tile = playedTile();
  let most = 0;
  for (let second = 0; second <= seconds; second += 0.5) {
    const ms = second * 1_000;
    if (freezesAt.includes(second)) tile.now.freezes += 1;
    each(tile, second);
    if (second % 3 === 0) Object.assign(tile.now, { countedAtMs: ms, decoded: second * 15 });
    tile.now.coded = second * 15;
    const { importantFreezesPerSecond, freezesPerSecond } = load.look(
      [{ session: tile.session, important: true }],
      0,
      ms,
      unknownPcLoad,
    );
    expect(importantFreezesPerSecond).toBe(freezesPerSecond);
    most = Math.max(most, freezesPerSecond);
  }
  return most;
}

describe('the freezes of a window', () => {
  it('are those of tiles that freeze again: what held up all of them once is no want of room', () => {
    expect(noticed(60, [20])).toBe(0);
    expect(noticed(60, [20, 50])).toBe(0);
    expect(noticed(60, [20, 26])).toBeCloseTo(1 / 3);
    expect(noticed(60, [20, 38])).toBeCloseTo(1 / 3);
  });

  it('count for as long as one reading, and not where packets were lost', () => {
    expect(noticed(26, [20, 26])).toBe(0);
    expect(noticed(60, [20, 26], ({ now }, second) => void (now.packetsLost = second))).toBe(0);
  });

  it('are those of a tile that stalls, too, as long as its pictures come', () => {
    const stalling = (tile: Played, second: number) => {
      if (second === 20) tile.stalls(20_000);
    };
    expect(noticed(60, [20, 26], stalling)).toBeCloseTo(1 / 3);
  });
});

describe('the share of pictures that are decoded', () => {
  it('is noticed of tiles that are live and of those that stall here', () => {
    const load = createQualityLoad(2);
    const tile = playedTile();
    let share: number | null = null;
    for (let ms = 0; ms <= 20_000; ms += 500) {
      Object.assign(tile.now, { coded: ms * 0.015, decoded: ms * 0.006 });
      if (ms === 5_000) tile.stalls(ms);
      share = load.look([{ session: tile.session, important: false }], 0, ms, unknownPcLoad).decodedShare;
    }
    expect(share).toBeCloseTo(0.4);
  });
});
