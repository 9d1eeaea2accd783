import { describe, expect, it } from 'vitest';
import { type PcLoad, unknownPcLoad } from '../../core/streams/pc-load.ts';
import { nextStreamLife, openStreamLife, type StreamInput } from '../../core/streams/stream-life.ts';
import { createQualityLoad, type LoadedSession } from '../../renderer/features/wall/quality-load.ts';

/** A tile of 15 pictures a second whose statistics are read every three seconds, as the test plays it. */
function playedTile() {
  const inputs: StreamInput[] = [
    { type: 'opened', atMs: 1 },
    { type: 'frame', atMs: 2 },
  ];
  const now = {
    countedAtMs: 0,
    decoded: 0,
    freezes: 0,
    packetsLost: 0,
    keysAsked: 0,
    dropped: 0,
    coded: 0,
    /** Of each picture. */
    decodeMs: 1,
  };
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
        decodeMs: now.decoded * now.decodeMs,
        dropped: now.dropped,
        freezes: now.freezes,
        packetsLost: now.packetsLost,
        keysAsked: now.keysAsked,
        bytes: now.coded * 2_000,
        pictures: { decoded: now.decoded },
        tap: { frames: now.coded },
        decoder: { decoder: 'software' },
      }),
    } satisfies LoadedSession,
  };
}

type Played = ReturnType<typeof playedTile>;

/** Plays it for so many seconds and tells the most freezes a second that were noticed. `freezesAt`: in which seconds it freezes. */
function noticed(
  seconds: number,
  freezesAt: readonly number[],
  each: (tile: Played, second: number) => void = () => {},
  pc: PcLoad = unknownPcLoad,
): number {
  const load = createQualityLoad(2);
  const tile = playedTile();
  let most = 0;
  for (let second = 0; second <= seconds; second += 0.5) {
    const ms = second * 1_000;
    if (freezesAt.includes(second)) tile.now.freezes += 1;
    each(tile, second);
    if (second % 3 === 0) Object.assign(tile.now, { countedAtMs: ms, decoded: second * 15 });
    tile.now.coded = second * 15;
    const { importantFreezesPerSecond, freezesPerSecond } = load.look([{ session: tile.session, important: true }], 0, ms, pc);
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

  it('are not those of a PC that has room to spare: whatever holds up a picture, leaving others out does not cure it', () => {
    const on = (busy: number, decodeMs = 1) =>
      noticed(60, [20, 26], ({ now }) => void Object.assign(now, { decodeMs }), { windows: 1, busy });
    expect(on(0.5)).toBe(0);
    expect(on(0.75)).toBeCloseTo(1 / 3);
    // A decoder that is full has no room, however idle everything else is.
    expect(on(0.5, 60)).toBeCloseTo(1 / 3);
  });

  it('are those of a tile that stalls, too, as long as its pictures come', () => {
    const stalling = (tile: Played, second: number) => {
      if (second === 20) tile.stalls(20_000);
    };
    expect(noticed(60, [20, 26], stalling)).toBeCloseTo(1 / 3);
  });
});

/** Plays a tile of which two pictures in five are decoded, and tells the least share and the largest share of dropped ones that were noticed. */
function missed(each: (tile: Played, ms: number) => void, pc: PcLoad = unknownPcLoad) {
  const load = createQualityLoad(2);
  const tile = playedTile();
  const seen: { decodedShare: number | null; droppedShare: number | null }[] = [];
  for (let ms = 0; ms <= 40_000; ms += 500) {
    Object.assign(tile.now, { coded: ms * 0.015, decoded: ms * 0.006, dropped: ms * 0.002 });
    if (ms % 3_000 === 0) tile.now.countedAtMs = ms;
    each(tile, ms);
    seen.push(load.look([{ session: tile.session, important: false }], 0, ms, pc));
  }
  const known = (shares: (number | null)[]) => shares.filter((share) => share !== null);
  return {
    least: Math.min(1, ...known(seen.map(({ decodedShare }) => decodedShare))),
    dropped: Math.max(0, ...known(seen.map(({ droppedShare }) => droppedShare))),
  };
}

describe('the share of pictures that are decoded', () => {
  it('is noticed of tiles that are live and of those that stall here', () => {
    const stalling = missed((tile, ms) => void (ms === 5_000 && tile.stalls(ms)));
    expect(stalling.least).toBeCloseTo(0.4);
    expect(stalling.dropped).toBeCloseTo(0.25);
  });

  it('is not of pictures that came after a fault, whose decoder waits for a key picture: no room would help them', () => {
    const missingOf = (ms: number) => Math.min(2_000, Math.max(0, ms - 20_000));
    /** All is decoded but what comes between 20 s and the next key picture, two seconds later; that it was dropped is told a reading later. */
    const atFault = (asks: boolean) =>
      missed(({ now }, ms) => {
        const missing = missingOf(ms);
        Object.assign(now, { decoded: (ms - missing) * 0.015, dropped: missingOf(ms - 3_000) * 0.015 });
        if (asks && missing > 0 && missing < 2_000) now.keysAsked += 1;
      });
    expect(atFault(true)).toEqual({ least: 1, dropped: 0 });
    const withoutAsking = atFault(false);
    expect(withoutAsking.least).toBeLessThan(0.8);
    expect(withoutAsking.dropped).toBeGreaterThan(0.1);
  });

  it('is not after a link was cut either, all the while that browsers ask for key pictures on and on', () => {
    const cut = missed(({ now }, ms) => {
      const gone = Math.min(9_000, Math.max(0, ms - 20_000));
      const missing = Math.min(2_000, Math.max(0, ms - 29_000));
      const came = (ms - gone) * 0.015;
      Object.assign(now, { coded: came, decoded: came - missing * 0.015, dropped: missing * 0.015 });
      if (gone > 0 && missing < 2_000) now.keysAsked += 1;
    });
    expect(cut).toEqual({ least: 1, dropped: 0 });
  });

  it('is not of what came too late behind such a cut, although nobody asks for a key picture', () => {
    const late = missed(({ now }, ms) => {
      const missing = Math.min(2_000, Math.max(0, ms - 20_000)) * 0.015;
      Object.assign(now, { decoded: ms * 0.015 - missing, dropped: missing });
      if (missing > 0 && missing < 30) now.packetsLost += 10;
    });
    expect(late).toEqual({ least: 1, dropped: 0 });
  });

  it('is noticed over a link that loses packets all the time', () => {
    const lossy = missed(({ now }) => void (now.packetsLost += 1));
    expect(lossy.least).toBeCloseTo(0.4);
    expect(lossy.dropped).toBeCloseTo(0.25);
  });

  it('says nothing of a PC that has room to spare', () => {
    expect(missed(() => {}, { windows: 1, busy: 0.5 })).toEqual({ least: 1, dropped: 0 });
  });

  it('is noticed again where a decoder asks for key pictures on and on', () => {
    const asking = missed(({ now }) => void (now.keysAsked += 1));
    expect(asking.least).toBeCloseTo(0.4);
    expect(asking.dropped).toBeCloseTo(0.25);
  });
});
