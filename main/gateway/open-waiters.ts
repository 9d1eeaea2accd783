import type { ProblemCode } from '../../core/streams/problem.ts';
import type { VideoCodec } from './source.ts';

/** How a try to open a source ended. `retryAfterMs` is set where trying earlier is of no use. */
export type OpenAnswer =
  | { readonly ok: true; readonly codec: VideoCodec }
  | { readonly ok: false; readonly code: ProblemCode; readonly retryAfterMs: number | null };

/** Those who wait for a source's present try to end. */
export interface OpenWaiters {
  add(listener: (answer: OpenAnswer) => void): () => void;
  answer(answer: OpenAnswer): void;
}

export function createOpenWaiters(): OpenWaiters {
  let listeners: ((answer: OpenAnswer) => void)[] = [];
  return {
    add(listener) {
      listeners.push(listener);
      return () => {
        listeners = listeners.filter((other) => other !== listener);
      };
    },
    answer(answer) {
      const present = listeners;
      listeners = [];
      for (const listener of present) listener(answer);
    },
  };
}
