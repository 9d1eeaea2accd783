import type { Credentials } from '../../../core/cameras/camera.ts';
import type { AccessUnit, OpenTranscoder, Source, SourceEvents, SourceProblem } from '../../../main/gateway/source.ts';
import type { Clock } from '../../../main/ports/clock.ts';
import { createRtspSource } from '../../../main/protocols/rtsp/rtsp-source.ts';

/** A source with everything it said, and the means to wait for it. */
export interface RecordedSource {
  readonly source: Source;
  readonly opens: readonly Parameters<SourceEvents['onOpen']>[0][];
  readonly units: readonly AccessUnit[];
  readonly ends: readonly SourceProblem[];
  readonly droppedPictures: () => number;
}

export function recordSource(
  clock: Clock,
  url: string,
  credentials: Credentials | null = null,
  transcode?: OpenTranscoder,
): RecordedSource {
  const opens: Parameters<SourceEvents['onOpen']>[0][] = [];
  const units: AccessUnit[] = [];
  const ends: SourceProblem[] = [];
  let dropped = 0;
  const open = createRtspSource({
    clock,
    ...(transcode ? { transcode } : {}),
    onDropped: ({ pictures }) => {
      dropped += pictures;
    },
  });
  const scheme = url.startsWith('rtsps') ? 'rtsps' : 'rtsp';
  const source = open(
    { scheme, url, credentials },
    { onOpen: (facts) => opens.push(facts), onUnit: (unit) => units.push(unit), onEnd: (problem) => ends.push(problem) },
  );
  return { source, opens, units, ends, droppedPictures: () => dropped };
}

const untilLimitMs = 30_000;

/** Resolves when `condition` is true. Rejects after 30 s, with the condition in words. */
export async function until(condition: () => boolean): Promise<void> {
  const endMs = performance.now() + untilLimitMs;
  while (!condition()) {
    if (performance.now() > endMs) throw new Error(`never came: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
