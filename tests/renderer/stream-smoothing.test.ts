import { expect, it } from 'vitest';
import type { Peer } from '../../renderer/media/peer-session.ts';
import { readStatistics } from '../../renderer/media/statistics.ts';
import { createStreamSmoothing } from '../../renderer/media/stream-smoothing.ts';

function pretendPeer() {
  const asked: number[] = [];
  const peer: Peer = {
    offer: async () => '',
    accept: async () => {},
    counter: async () => '',
    lateCandidates: () => null,
    statistics: async () => new Map(),
    smooth: (targetMs) => asked.push(targetMs),
    close() {},
  };
  return { peer, asked };
}

function counted(second: number, waitMs = 5) {
  const pictures = second * 15;
  const report = {
    type: 'inbound-rtp',
    kind: 'video',
    jitterBufferEmittedCount: pictures,
    jitterBufferDelay: (pictures * waitMs) / 1_000,
    jitterBufferMinimumDelay: (pictures * 90) / 1_000,
    nackCount: 0,
  };
  const statistics = readStatistics(new Map([['I', report]]));
  if (statistics === null) throw new Error('no statistics');
  return statistics;
}

it('has a stream that froze wait longer, on the next connection too, and says why', () => {
  const smoothing = createStreamSmoothing(() => 0.5);
  const [first, second] = [pretendPeer(), pretendPeer()];
  smoothing.lead(first.peer);
  for (const at of [0, 3, 6, 9]) smoothing.count(counted(at), at === 9 ? 1 : 0, true, at * 1_000);
  expect(smoothing.fact()).toEqual({ targetMs: 90, why: 'froze' });
  smoothing.lead(null);
  smoothing.lead(second.peer);
  expect([first.asked, second.asked]).toEqual([[0, 90], [90]]);
});

it('learns nothing from a stream of which not every picture is decoded', () => {
  const smoothing = createStreamSmoothing(() => 0.5);
  const { peer, asked } = pretendPeer();
  smoothing.lead(peer);
  for (const at of [0, 3, 6, 9, 12]) smoothing.count(counted(at), at, at === 0 || at === 12, at * 1_000);
  expect(asked).toEqual([0]);
});

it('wants a new connection where pictures wait ever longer and nothing is wrong', () => {
  const smoothing = createStreamSmoothing(() => 0.5);
  smoothing.lead(pretendPeer().peer);
  for (const at of [0, 3, 6, 9]) smoothing.count(counted(at), 0, true, at * 1_000);
  expect(smoothing.wantsRejoin()).toBe(false);
  for (let at = 12; at < 60; at += 3) smoothing.count(counted(at, 5 + (at - 9) * 20), 0, true, at * 1_000);
  expect(smoothing.wantsRejoin()).toBe(true);
  smoothing.lead(pretendPeer().peer);
  expect(smoothing.wantsRejoin()).toBe(false);
});
