import type { ProblemCode } from '../../core/streams/problem.ts';
import type { SourceState } from '../../core/streams/source-state.ts';
import type { StreamLife } from '../../core/streams/stream-life.ts';
import type { Verdict } from '../../core/streams/verdict.ts';
import type { StreamFacts } from './stream-facts.ts';
import type { SightWishes } from './stream-sight.ts';

/** One stream in one `<video>`. */
export interface StreamSession extends SightWishes {
  /** The present life; a new object only when it changes, never per picture. */
  life(): StreamLife;
  /** What is to be said of the picture; a new object only when it says something else. */
  verdict(): Verdict;
  /** When it tries again by itself (monotonic ms); null while it waits for something else. */
  nextTryMs(): number | null;
  subscribe(listener: () => void): () => void;
  facts(): StreamFacts;
  tellSource(source: SourceState | null): void;
  tellGateway(run: number | null): void;
  tellCredentials(): void;
  /** The path whose pictures are on the glass. It changes in the callback of the new one's first picture; listeners hear then. */
  path(): string;
  /** The path that is to be shown; the same as `path` where nothing is awaited. Listeners hear. */
  wanted(): string;
  /** Why the wanted path could not be shown when it was last tried; null while that is not known. Listeners hear. */
  trouble(): ProblemCode | null;
  /** Goes over to another stream; a live picture stays until the other one's is there. */
  change(path: string): void;
  /** The wanted path is told to have pictures by now. */
  hurry(): void;
  /** This way of its stream (from 1) is open: a later one is left for it once it has pictures, and at once where there is none. */
  tryWay(number: number): void;
  close(): void;
}

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
