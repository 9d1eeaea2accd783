import type { PicturedVideo } from './first-picture.ts';
import type { HeldStreams } from './held-streams.ts';
import type { Successor, SuccessorOptions } from './stream-successor.ts';
import type { WhepSession } from './whep-client.ts';

/** What a handover is made of. */
export interface HandoverOptions extends Omit<SuccessorOptions, 'path'> {
  readonly path: string;
  readonly video: PicturedVideo;
  /** What goes on coming when it is left. */
  readonly held: Pick<HeldStreams, 'wants'>;
  /** Hands over a connection that was opened beforehand; null where there is none. */
  prepared(path: string): Successor | null;
  /** The present session; null where none is open. */
  session(): WhepSession | null;
  /** Pictures with this mark may come in the present session: they are this path's. Before the other side is asked. */
  onAsked(path: string, mark: number): void;
  /** Takes the new connection in place of the present one. */
  take(successor: Successor): void;
  /** `wanted`, `shown` or `trouble` is another. */
  onChange(): void;
}
