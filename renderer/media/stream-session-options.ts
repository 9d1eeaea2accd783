import type { DecoderProbe } from './decoder-probe.ts';
import type { HeldStreams } from './held-streams.ts';
import type { OpenPeer } from './peer-session.ts';
import type { PreparedStreams } from './prepared-streams.ts';
import type { SpareStreams } from './spare-streams.ts';
import type { Successor } from './stream-successor.ts';
import type { Turns } from './turns.ts';
import type { WhepClient } from './whep-client.ts';

/** What a stream's session is made of. */
export interface StreamSessionOptions {
  /** `/whep/<camera>/<stream>` on this window's own origin. */
  readonly path: string;
  readonly video: HTMLVideoElement;
  /** Hands over a connection that was opened beforehand, whose pictures decode; null where there is none of that path. */
  prepared(path: string): Successor | null;
  /** Keeps a foreign server's connection for whoever shows it again; false where it is of no use. */
  readonly keep: PreparedStreams['keep'];
  /** Open connections at nobody's. */
  readonly spares: Pick<SpareStreams, 'take' | 'park' | 'unfit'>;
  /** What goes on coming when this stream is left. */
  readonly held: Pick<HeldStreams, 'wants' | 'take'>;
  readonly whep: Pick<WhepClient, 'open'>;
  readonly openPeer: OpenPeer;
  readonly decoderProbe: DecoderProbe;
  readonly turns: Pick<Turns, 'take'>;
  readonly hidden: boolean;
  readonly nowMs: () => number;
  readonly random: () => number;
}
