import type { TileFact, TileMeasures } from '../../../core/streams/tile-fact.ts';
import { clockOffsetMs, growthMs } from '../../../core/streams/lateness.ts';
import type { VerdictFact } from '../../../core/streams/verdict-fact.ts';
import type { StreamSession } from '../../media/pooled-session.ts';
import { utcOfMonotonic } from '../../ui/clock-text.ts';

type SessionFact = Omit<TileFact, 'tile' | 'camera' | 'stream' | 'quality' | 'keptMs'>;

/** What a stream's session knows, in the contract's form. */
export function readTileFact(session: StreamSession): SessionFact {
  const { pictures, firstFrameMs, countedAtMs, bytes, packetsLost, freezes, decoder, smoothing } = session.facts();
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
    verdict: readVerdict(session),
    way: session.facts().way,
    smoothing,
    measures: countedAtMs === null ? null : readMeasures(session),
  };
}

/** Of a tile in which an old picture of the camera that it waits for hides another one's: nothing came of it yet, and nothing of the other is to be seen. */
export function coveredFact(session: StreamSession): SessionFact {
  return {
    ...readTileFact(session),
    state: 'opening',
    frames: 0,
    firstFrameMs: null,
    width: 0,
    height: 0,
    verdict: opening,
    way: null,
    measures: null,
  };
}

const opening: VerdictFact = {
  word: 'opening',
  hop: null,
  sinceUtcMs: null,
  why: null,
  timeKnown: false,
  unchanged: false,
  lateMs: null,
  clockOffsetMs: null,
};

function readMeasures(session: StreamSession): TileMeasures {
  const { packets, decoded, decodeMs, dropped, buffered, bufferMs, jitterMs, pictures } = session.facts();
  // The time of a camera whose clock is wrong says nothing of the way of its pictures.
  const travelMs = session.verdict().timeKnown ? pictures.travelMs : null;
  return { packets, decoded, decodeMs, dropped, buffered, bufferMs, jitterMs, travelMs };
}

function readVerdict(session: StreamSession): VerdictFact {
  const { sinceMs, ...said } = session.verdict();
  const { lateness } = session.facts().pictures;
  return {
    ...said,
    sinceUtcMs: sinceMs === null ? null : utcOfMonotonic(sinceMs),
    lateMs: said.word === 'late' && lateness !== null ? growthMs(lateness) : null,
    clockOffsetMs: lateness === null ? null : clockOffsetMs(lateness),
  };
}
