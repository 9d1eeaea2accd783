import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createConnectionPlaces, hasRoom, placeBounds } from '../../renderer/media/connection-places.ts';
import { sweepFrom } from '../../renderer/media/connection-sweep.ts';
import { pacedPeers } from '../../renderer/media/paced-peers.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A page whose browser collects when the test says so, or (`willing`) whenever it is asked. */
function page(willing = false) {
  const watched: (() => void)[] = [];
  const counts = { asked: 0 };
  const ends: (() => void)[] = [];
  const collectEnded = () => {
    for (const collected of watched.splice(0, places.held().ended)) collected();
  };
  const places = createConnectionPlaces({
    watch: (_connection, collected) => void watched.push(collected),
    collect() {
      counts.asked += 1;
      if (willing) collectEnded();
    },
    nowMs: () => performance.now(),
  });
  const open = (count: number) => {
    for (let each = 0; each < count; each += 1) ends.push(places.take({}));
  };
  const end = (count: number) => {
    for (const over of ends.splice(0, count)) over();
  };
  return { places, counts, open, end, collectEnded };
}

/** Whether what `room` gave has resolved. */
function watchRoom(room: Promise<void> | null): { free: boolean } {
  const seen = { free: room === null };
  void room?.then(() => {
    seen.free = true;
  });
  return seen;
}

describe('the room for one more connection', () => {
  it.each([
    ['an empty page', { live: 0, ended: 0 }, 0, true],
    ['many live ones', { live: 128, ended: 0 }, 0, true],
    ['many that are not collected', { live: 16, ended: placeBounds.ended }, 0, false],
    ['the same after a while', { live: 16, ended: placeBounds.ended }, placeBounds.patienceMs, true],
    ['a full page', { live: 1, ended: placeBounds.held - 1 }, 3_600_000, false],
    ['a page full of live ones', { live: placeBounds.held, ended: 0 }, 3_600_000, false],
  ])('%s', (_what, held, waitedMs, room) => expect(hasRoom(held, waitedMs)).toBe(room));
});

describe('the places for connections', () => {
  it('count what is live, and what is ended until it is collected', () => {
    const { places, open, end, collectEnded } = page();
    open(3);
    expect(places.held()).toEqual({ live: 3, ended: 0 });
    end(2);
    expect(places.held()).toEqual({ live: 1, ended: 2 });
    collectEnded();
    expect(places.held()).toEqual({ live: 1, ended: 0 });
  });

  it('count a connection once that is ended twice, or collected without a word', () => {
    const counted: (() => void)[] = [];
    const places = createConnectionPlaces({ watch: (_, gone) => void counted.push(gone), collect() {}, nowMs: () => 0 });
    const over = places.take({});
    over();
    over();
    expect(places.held()).toEqual({ live: 0, ended: 1 });
    places.take({});
    for (const gone of counted) gone();
    expect(places.held()).toEqual({ live: 0, ended: 0 });
  });

  it('let somebody wait who comes when too many are not collected, until they are', async () => {
    const { places, open, end, collectEnded } = page();
    open(placeBounds.ended);
    end(placeBounds.ended);
    const waiting = watchRoom(places.room());
    await vi.advanceTimersByTimeAsync(placeBounds.patienceMs / 2);
    expect(waiting.free).toBe(false);
    collectEnded();
    await vi.advanceTimersByTimeAsync(0);
    expect(waiting.free).toBe(true);
    expect(places.room()).toBeNull();
  });

  it('let nobody wait for ever for a browser that collects nothing, while the page bears more', async () => {
    const { places, open, end } = page();
    open(placeBounds.ended);
    end(placeBounds.ended);
    const waiting = watchRoom(places.room());
    await vi.advanceTimersByTimeAsync(placeBounds.patienceMs * 2);
    expect(waiting.free).toBe(true);
    open(placeBounds.held - placeBounds.ended);
    const full = watchRoom(places.room());
    await vi.advanceTimersByTimeAsync(placeBounds.patienceMs * 10);
    expect(full.free).toBe(false);
  });

  it('ask for a collection only when there is enough to collect', async () => {
    const { counts, open, end } = page(true);
    open(sweepFrom);
    end(sweepFrom - 1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(counts.asked).toBe(0);
    end(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(counts.asked).toBe(1);
  });

  it('ask less and less often for what cannot be collected', async () => {
    const { counts, open, end } = page();
    open(sweepFrom);
    end(sweepFrom);
    await vi.advanceTimersByTimeAsync(60_000);
    const atFirst = counts.asked;
    expect(atFirst).toBeGreaterThan(3);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(counts.asked - atFirst).toBeLessThanOrEqual(2);
  });

  it('keep ten thousand openings in one page within what it bears', async () => {
    const { places, open, end } = page(true);
    let most = 0;
    open(16);
    for (let opened = 0; opened < 10_000; opened += 16) {
      await places.room();
      open(16);
      end(16);
      most = Math.max(most, places.held().ended);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(most).toBeLessThanOrEqual(100);
  });

  it('count what could be done without as ended, and have it give way when somebody has to wait', async () => {
    const { places, open, end, collectEnded } = page();
    const given: string[] = [];
    open(placeBounds.ended);
    end(placeBounds.ended - 2);
    const takeBack = [1, 2].map((each) => places.lend(() => void given.push(`connection ${each}`)));
    expect(places.held()).toEqual({ live: 2, ended: placeBounds.ended - 2 });
    const waiting = watchRoom(places.room());
    expect([waiting.free, given]).toEqual([false, ['connection 1', 'connection 2']]);
    for (const each of takeBack) each();
    await vi.advanceTimersByTimeAsync(placeBounds.patienceMs / 2);
    expect(waiting.free).toBe(true);
    collectEnded();
    expect(places.room()).toBeNull();
    expect(given).toHaveLength(2);
  });

  it('hold back an offer until there is room, and forget it where nobody wants it any more', async () => {
    let free = (): void => {};
    let made = 0;
    const peers = pacedPeers(
      () => {
        made += 1;
        throw new Error('made');
      },
      { take: (work) => work() },
      { room: () => new Promise((go) => (free = go)) },
    );
    const events = { onTrack() {}, onIce() {}, onFailed() {}, onGathered() {} };
    const wanted = peers(events).offer();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(made).toBe(0);
    free();
    await expect(wanted).rejects.toThrow('made');
    const unwanted = peers(events);
    const offer = unwanted.offer();
    unwanted.close();
    free();
    await expect(offer).rejects.toThrow('closed');
    expect(made).toBe(1);
  });
});
