import type { StreamSession } from './stream-session.ts';

/** What the pool does to its sessions. */
export interface PooledSession extends StreamSession {
  setHidden(hidden: boolean): void;
  /** When a live picture counts as stopped unless another one comes (monotonic ms); null while it is not live. */
  overdueMs(): number | null;
  /** Looks whether pictures still come. `windowHeldUp`: the window was late for it again, so that it may be what shows none. */
  check(nowMs: number, windowHeldUp: boolean): void;
  readStatistics(): Promise<void>;
  /** Connects anew, with the present picture on the glass until the new one's is there, where that is the last means; whether it began. */
  renew(): boolean;
}
