import type { Clock } from '../../ports/clock.ts';
import type { AccessUnit, Source, SourceEvents } from '../source.ts';

/** A recording of the demonstration city: small and slow, because dozens of them are decoded beside the live ones. */
export const recordingShape = {
  width: 320,
  height: 180,
  framesPerSecond: 8,
  /** 0 (best) to 51 (worst). */
  quantiser: 28,
  /** A viewer that joins waits for a key picture: 2 s. */
  keyEvery: 16,
  /** 8 s; whole groups, so that the loop begins with a key picture. */
  pictures: 64,
} as const;

export interface Recording {
  readonly parameterSets: readonly Buffer[];
  readonly pictures: readonly Pick<AccessUnit, 'nals' | 'key'>[];
}

const periodMs = 1_000 / recordingShape.framesPerSecond;
const ticksPerPicture = 90_000 / recordingShape.framesPerSecond;

/**
 * Plays a recording at its pace, round and round, from its group of pictures number `turn`. No child and no copy of it: the pictures are
 * those in memory. Capture times are null: they were not taken now.
 */
export function playRecording(clock: Clock, recording: Recording, turn: number, events: SourceEvents): Source {
  const { pictures } = recording;
  let at = (turn * recordingShape.keyEvery) % pictures.length;
  let shown = 0;
  let dueMs = clock.monotonicMs();
  let callOff = clock.after(0, () => {
    events.onOpen({ codec: 'h264', parameterSets: recording.parameterSets });
    show();
  });

  function show(): void {
    const picture = pictures[at];
    if (picture === undefined) return;
    const nowMs = clock.monotonicMs();
    // After a standstill it goes on from now instead of hurrying.
    dueMs = Math.max(dueMs + periodMs, nowMs);
    callOff = clock.after(dueMs - nowMs, show);
    at = (at + 1) % pictures.length;
    const rtpTimestamp = (shown * ticksPerPicture) % 2 ** 32;
    shown += 1;
    events.onUnit({ codec: 'h264', nals: picture.nals, key: picture.key, rtpTimestamp, captureUtcMs: null });
  }

  return { close: () => callOff() };
}
