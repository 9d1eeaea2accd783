import { describe, expect, it } from 'vitest';
import { pacedPeers } from '../../renderer/media/paced-peers.ts';
import type { Peer } from '../../renderer/media/peer-session.ts';
import { createTurns } from '../../renderer/media/turns.ts';

/** A window whose frames and timers come when the test says so. */
function heldWindow() {
  const frames: (() => void)[] = [];
  const timers: { work: () => void; delayMs: number }[] = [];
  const clock = { ms: 0 };
  const turns = createTurns({
    requestAnimationFrame: (then) => frames.push(then),
    setTimeout: (work, delayMs) => timers.push({ work, delayMs }),
    nowMs: () => clock.ms,
  });
  const runTimers = (upToMs: number) => {
    const due = timers.filter(({ delayMs }) => delayMs <= upToMs);
    for (const timer of due) timers.splice(timers.indexOf(timer), 1);
    for (const { work } of due) work();
  };
  return { turns, clock, frame: () => frames.splice(0).forEach((then) => then()), runTimers };
}

describe('turns', () => {
  it('begin behind the next frame, keep their order, and let other work in between', () => {
    const { turns, clock, frame, runTimers } = heldWindow();
    const done: number[] = [];
    for (let number = 0; number < 5; number += 1) {
      turns.take(() => {
        done.push(number);
        clock.ms += 4;
      });
    }
    runTimers(0);
    expect(done).toEqual([]);
    frame();
    expect(done).toEqual([]);
    runTimers(0);
    expect(done).toEqual([0, 1]);
    runTimers(0);
    expect(done).toEqual([0, 1, 2, 3]);
    runTimers(0);
    expect(done).toEqual([0, 1, 2, 3, 4]);
  });

  it('come in a window that draws no frame too, and only once', () => {
    const { turns, frame, runTimers } = heldWindow();
    let times = 0;
    turns.take(() => {
      times += 1;
    });
    runTimers(1_000);
    expect(times).toBe(1);
    frame();
    runTimers(1_000);
    expect(times).toBe(1);
  });

  it('take work that comes while others wait or run', () => {
    const { turns, frame, runTimers } = heldWindow();
    const done: string[] = [];
    turns.take(() => {
      done.push('a');
      turns.take(() => done.push('c'));
    });
    turns.take(() => done.push('b'));
    frame();
    for (let round = 0; round < 4; round += 1) {
      runTimers(0);
      frame();
    }
    expect(done).toEqual(['a', 'b', 'c']);
  });
});

describe('turns of a page that is being left', () => {
  it('are all taken at once, and none of them twice', () => {
    const { turns, frame, runTimers } = heldWindow();
    const done: string[] = [];
    turns.take(() => done.push('a'));
    turns.take(() => done.push('b'));
    turns.finish();
    expect(done).toEqual(['a', 'b']);
    frame();
    runTimers(1_000);
    turns.take(() => done.push('c'));
    frame();
    runTimers(1_000);
    expect(done).toEqual(['a', 'b', 'c']);
  });
});

describe('a paced peer', () => {
  const never = { onTrack() {}, onIce() {}, onFailed() {}, onGathered() {} };
  function paced() {
    const work: (() => void)[] = [];
    const log: string[] = [];
    const peer: Peer = {
      offer: async () => 'offer',
      accept: async (answer) => void log.push(`accept ${answer}`),
      counter: async (offer) => `answer to ${offer}`,
      lateCandidates: () => 'late',
      statistics: () => Promise.reject(new Error('none')),
      close: () => log.push('close'),
    };
    const open = pacedPeers(
      () => {
        log.push('open');
        return peer;
      },
      { take: (each) => work.push(each) },
    );
    return { peer: open(never), log, next: () => work.shift()?.() };
  }

  it('is opened and closed in its turn, and offers once however often it is asked', async () => {
    const { peer, log, next } = paced();
    const offer = peer.offer();
    expect(peer.offer()).toBe(offer);
    expect(log).toEqual([]);
    expect(peer.lateCandidates()).toBeNull();
    next();
    expect(await offer).toBe('offer');
    await peer.accept('sdp');
    peer.close();
    peer.close();
    expect(log).toEqual(['open', 'accept sdp']);
    next();
    next();
    expect(log).toEqual(['open', 'accept sdp', 'close']);
  });

  it('is never opened where it was closed before its turn', async () => {
    const { peer, log, next } = paced();
    const offer = peer.offer();
    peer.close();
    next();
    next();
    await expect(offer).rejects.toThrow('closed');
    expect(log).toEqual([]);
  });
});
