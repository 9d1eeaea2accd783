import type { ProblemCode } from '../../core/streams/problem.ts';
import type { SourceState } from '../../core/streams/source-state.ts';
import type { StreamInput } from '../../core/streams/stream-life.ts';
import type { LeftWay } from '../../core/streams/way-fact.ts';
import type { Handover } from './stream-handover.ts';
import type { WayWish, WhepSession } from './whep-client.ts';

/** By which of several ways a stream's session goes, and what follows from that. */
export interface StreamWay {
  /** A connection is left: main hears with the next question by which way, and that it gave no picture. */
  left(path: string, why: ProblemCode | null): void;
  /** What is to be told with a question for `path`; nothing the second time. */
  wish(path: string): WayWish;
  /** What the embedded gateway says of the stream concerns a session of its own only. */
  tellSource(source: SourceState | null): void;
  /** The session is another. */
  look(): void;
  tryWay(number: number): void;
}

export interface StreamWayPorts {
  session(): WhepSession | null;
  handover(): Pick<Handover, 'back'>;
  apply(input: StreamInput): void;
  nowMs(): number;
}

export function createStreamWay({ session, handover, apply, nowMs }: StreamWayPorts): StreamWay {
  let last: (LeftWay & { readonly path: string }) | null = null;
  let source: SourceState | null = null;
  const present = () => session()?.way ?? null;
  function look(): void {
    const foreign = present() !== null && session()?.switches === false;
    apply({ type: 'source', source: foreign ? null : source, foreign, atMs: nowMs() });
  }
  return {
    left(path, why) {
      const way = present();
      last = way && { path, number: way.number, why };
    },
    wish(path) {
      const told = last;
      last = null;
      return told?.path === path ? { left: { number: told.number, why: told.why } } : {};
    },
    tellSource(next) {
      source = next;
      look();
    },
    look,
    tryWay(number) {
      const way = present();
      if (way !== null && number < way.number) handover().back();
      // Only where there is no picture: a live one stays.
      if (way?.number !== number) apply({ type: 'way-open', atMs: nowMs() });
    },
  };
}
