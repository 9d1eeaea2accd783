import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FrameLine } from '../../renderer/media/frame-lines.ts';
import type { TapFacts } from '../../renderer/media/frame-tap.ts';
import type { PeerEvents } from '../../renderer/media/peer-session.ts';
import { createPreparedStreams } from '../../renderer/media/prepared-streams.ts';
import type { Successor } from '../../renderer/media/stream-successor.ts';
import { pretendGateway } from './successor-gateway.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What is over after ten seconds is over by then. */
const pastKept = 11_000;
const gate = '/whep/gate/main';
const bazaar = '/whep/bazaar/main';

function start() {
  const gateway = pretendGateway();
  const lent = new Set<() => void>();
  const lend = (giveWay: () => void) => {
    lent.add(giveWay);
    return () => void lent.delete(giveWay);
  };
  const prepared = createPreparedStreams({ ...gateway, places: { lend } });
  return { ...gateway, prepared, lent };
}

/** A foreign server's connection that a tile leaves: what it is told, in order. `answers`: main's to each wish. */
function connection(answers: { readonly [wish: string]: Promise<'shown'> } = {}, hasLine = true) {
  const told: string[] = [];
  let events: PeerEvents | null = null;
  let broken = false;
  let lastMs: number | null = null;
  const fail = () => {
    broken = true;
    events?.onFailed();
  };
  const line: FrameLine = {
    walk: (gait) => void told.push(gait),
    ask() {},
    facts: () => (lastMs === null ? null : ({ lastMs } as TapFacts)),
    renew() {},
    own: (source) => void told.push(`pictures are ${source === null ? "nobody's" : `of ${source}`}`),
    taken() {},
    matter() {},
    end() {},
  };
  const track = { kind: 'video' } as unknown as MediaStreamTrack;
  const left: Successor = {
    track,
    peer: {
      offer: async () => '',
      accept: async () => {},
      counter: async () => '',
      lateCandidates: () => null,
      statistics: async () => new Map(),
      track: () => track,
      broken: () => broken,
      fail,
      hand(next) {
        events = next;
      },
      frames: () => (hasLine ? line : null),
      close() {},
    },
    session: {
      trickles: false,
      answer: async () => {},
      trickle: async () => {},
      switches: false,
      show(path) {
        told.push(path === null ? 'nobody watches' : `somebody watches ${path}`);
        return { mark: 0, answer: answers[path ?? 'nothing'] ?? Promise.resolve('shown' as const) };
      },
      close() {},
    },
    close: () => void told.push('ended'),
  };
  return {
    left,
    told,
    fail,
    disconnect: () => events?.onIce(false),
    pictureAt(atMs: number) {
      lastMs = atMs;
    },
    hand: (next: PeerEvents) => left.peer.hand(next),
  };
}

const resting = ['asleep', "pictures are nobody's", 'nobody watches'];

describe('a foreign connection that a tile has left', () => {
  it('is kept with nothing decoded, kept or watched, and handed over once to whoever shows its camera again', () => {
    const { prepared, asked, lent } = start();
    const { left, told } = connection();
    expect(prepared.keep(gate, left)).toBe(true);
    expect([told, lent.size, prepared.take(bazaar)]).toEqual([resting, 1, null]);
    const again = prepared.take(gate);
    expect([again?.peer, again?.session, again?.used]).toEqual([left.peer, left.session, true]);
    expect(told).toEqual([...resting, `pictures are of ${gate}`, `somebody watches ${gate}`]);
    expect([prepared.take(gate), lent.size, asked]).toEqual([null, 0, []]);
    vi.advanceTimersByTime(pastKept);
    expect(told).not.toContain('ended');
  });

  it('is ended when its time is over', () => {
    const { prepared, lent } = start();
    const { left, told } = connection();
    prepared.keep(gate, left);
    vi.advanceTimersByTime(pastKept);
    expect([told, lent.size, prepared.take(gate)]).toEqual([[...resting, 'ended'], 0, null]);
  });

  it('is one of sixteen: the oldest ends', () => {
    const { prepared, lent } = start();
    const all = Array.from({ length: 17 }, () => connection());
    for (const [index, { left }] of all.entries()) prepared.keep(`/whep/c${index}/main`, left);
    expect(all.map(({ told }) => told.includes('ended'))).toEqual([true, ...Array.from({ length: 16 }, () => false)]);
    expect(lent.size).toBe(16);
  });

  it('gives way where an opening has to wait for a place', () => {
    const { prepared, lent } = start();
    const { left, told } = connection();
    prepared.keep(gate, left);
    for (const giveWay of [...lent]) giveWay();
    expect([told.at(-1), lent.size, prepared.take(gate)]).toEqual(['ended', 0, null]);
  });

  it('is not ended by what is prepared, opened a second time by it, nor ended while it is prepared', async () => {
    const { prepared, asked, decode } = start();
    decode();
    const [one, other] = [connection(), connection()];
    prepared.keep(gate, one.left);
    prepared.keep(bazaar, other.left);
    prepared.prepare('next', [gate, '/whep/crossing/sub'], 60_000, 64);
    await vi.advanceTimersByTimeAsync(100);
    expect([asked, one.told, other.told]).toEqual([['/whep/crossing/sub'], resting, resting]);
    await vi.advanceTimersByTimeAsync(pastKept);
    expect([one.told.at(-1), other.told.at(-1)]).toEqual(['nobody watches', 'ended']);
    prepared.prepare('next', [], 0, 64);
    expect(one.told.at(-1)).toBe('ended');
    prepared.close();
  });

  it('ends when the page goes, and nothing is kept from then on', () => {
    const { prepared } = start();
    const [one, late] = [connection(), connection()];
    prepared.keep(gate, one.left);
    prepared.close();
    expect(one.told.at(-1)).toBe('ended');
    expect([prepared.keep(gate, late.left), late.told]).toEqual([false, []]);
  });

  it('ends where it is lost, or its camera is to be had in another way now', () => {
    const { prepared } = start();
    const [failed, disconnected, readdressed] = [connection(), connection(), connection()];
    prepared.keep(gate, failed.left);
    prepared.keep(bazaar, disconnected.left);
    prepared.keep('/whep/crossing/sub', readdressed.left);
    failed.fail();
    disconnected.disconnect();
    prepared.forget('/whep/crossing/sub');
    for (const { told } of [failed, disconnected, readdressed]) expect(told).toEqual([...resting, 'ended']);
    expect(prepared.take(gate)).toBeNull();
  });

  it('ends where main did not hear that nobody watches it', async () => {
    const { prepared } = start();
    const { left, told } = connection({ nothing: Promise.reject(new Error('no answer')) });
    prepared.keep(gate, left);
    await vi.advanceTimersByTimeAsync(0);
    expect([told.at(-1), prepared.take(gate)]).toEqual(['ended', null]);
  });

  it('has failed for whoever took it where main does not let its camera be watched again', async () => {
    const { prepared } = start();
    const { left, hand } = connection({ [gate]: Promise.reject(new Error('locked')) });
    prepared.keep(gate, left);
    prepared.take(gate);
    const onFailed = vi.fn();
    hand({ onTrack() {}, onIce() {}, onFailed, onGathered() {} });
    await vi.advanceTimersByTimeAsync(0);
    expect(onFailed).toHaveBeenCalledOnce();
  });

  it('is not handed over where no picture came for seconds', () => {
    const { prepared } = start();
    const { left, told, pictureAt } = connection();
    pictureAt(performance.now());
    prepared.keep(gate, left);
    vi.advanceTimersByTime(5_000);
    expect([prepared.take(gate), told]).toEqual([null, [...resting, 'ended']]);
  });

  it('is not kept where it is broken, or what comes would be decoded', () => {
    const { prepared } = start();
    const [broken, bare] = [connection(), connection({}, false)];
    broken.fail();
    expect([prepared.keep(gate, broken.left), prepared.keep(gate, bare.left)]).toEqual([false, false]);
    expect([broken.told, bare.told]).toEqual([[], []]);
  });
});
