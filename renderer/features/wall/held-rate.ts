import type { TapFacts } from '../../media/frame-tap.ts';

/** A stream that comes and that no tile shows. */
export interface HeldSession {
  facts(): { readonly tap: Pick<TapFacts, 'bytes'> | null };
}

/** What streams that no tile shows take of this window's bandwidth. */
export interface HeldRate {
  /** To be called about once a second. */
  look(sessions: readonly HeldSession[], nowMs: number): void;
  /** Of all of them together; at least 0. */
  kbps(): number;
}

const leastSpanMs = 2_000;

export function createHeldRate(): HeldRate {
  let from: { readonly atMs: number; readonly bytes: ReadonlyMap<HeldSession, number> } | null = null;
  let kbps = 0;
  return {
    look(sessions, nowMs) {
      if (from !== null && nowMs - from.atMs < leastSpanMs && sessions.length > 0) return;
      const now = new Map(sessions.map((session) => [session, session.facts().tap?.bytes ?? 0]));
      const before = from;
      from = { atMs: nowMs, bytes: now };
      if (before === null || sessions.length === 0) {
        kbps = 0;
        return;
      }
      let bytes = 0;
      // One that began anew, or comes over another connection, counts from its next look on.
      for (const [session, count] of now) bytes += Math.max(0, count - (before.bytes.get(session) ?? count));
      kbps = (bytes * 8) / (nowMs - before.atMs);
    },
    kbps: () => kbps,
  };
}
