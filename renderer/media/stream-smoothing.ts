import { firstJitterTarget, type JitterReason, nextJitterTarget, renewedJitterTarget } from '../../core/streams/jitter-target.ts';
import type { Peer } from './peer-session.ts';
import type { PictureStatistics } from './statistics.ts';

/** How long a stream's pictures wait to be smoothed, and why. */
export interface SmoothingFact {
  /** The least wait that is asked of the browser (ms); 0: as little as it can. */
  readonly targetMs: number;
  readonly why: JitterReason;
}

/** Steers the wait of one stream's pictures, connection by connection. The rules are in `nextJitterTarget`. */
export interface StreamSmoothing {
  fact(): SmoothingFact;
  /** The connection that is steered from now on. */
  lead(peer: Peer | null): void;
  /** What its statistics say. `freezes`: without those that nobody saw; `whole`: all its pictures are decoded. */
  count(statistics: PictureStatistics, freezes: number, whole: boolean, atMs: number): void;
  /** Pictures wait longer and longer here, and nothing less than a new connection cures it. */
  wantsRejoin(): boolean;
}

export function createStreamSmoothing(random: () => number): StreamSmoothing {
  let target = firstJitterTarget;
  let led: Peer | null = null;
  return {
    fact: () => ({ targetMs: target.targetMs, why: target.why }),
    lead(peer) {
      if (peer !== led) target = renewedJitterTarget(target);
      led = peer;
      peer?.smooth?.(target.targetMs);
    },
    count({ buffered, bufferMs, reckonedMs, nacks }, freezes, whole, atMs) {
      const reading = { atMs, emitted: buffered, waitedMs: bufferMs, reckonedMs, freezes, nacks };
      const before = target.targetMs;
      target = whole ? nextJitterTarget(target, reading, random) : renewedJitterTarget(target);
      if (target.targetMs !== before) led?.smooth?.(target.targetMs);
    },
    wantsRejoin: () => target.rejoin,
  };
}
