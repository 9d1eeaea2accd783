import type { TileFact } from '../../../core/streams/tile-fact.ts';
import type { StreamSession } from '../../media/stream-session.ts';

/** What a stream's session knows, in the contract's form. */
export function readTileFact(session: StreamSession): Omit<TileFact, 'tile' | 'camera' | 'stream'> {
  const { pictures, firstFrameMs, countedAtMs, bytes, packetsLost, freezes, decoder } = session.facts();
  return {
    state: session.life().state,
    atMs: performance.now(),
    frames: pictures.frames,
    firstFrameMs,
    width: pictures.width,
    height: pictures.height,
    countedAtMs,
    bytes,
    packetsLost,
    freezes,
    ...decoder,
  };
}
