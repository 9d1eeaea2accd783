import { readFileSync } from 'node:fs';
import type { ContentFacts } from '../../core/streams/content-clock.ts';
import { nextStreamLife, openStreamLife, type StreamLife } from '../../core/streams/stream-life.ts';
import type { Verdict } from '../../core/streams/verdict.ts';
import { isOverdue, overdueMs } from '../../renderer/media/picture-overdue.ts';
import { watchPictures } from '../../renderer/media/picture-watch.ts';
import { createVerdictWatch } from '../../renderer/media/verdict-watch.ts';

/** One picture of a recorded sequence; ms since its beginning. */
export interface RecordedPicture {
  readonly arrived: number;
  readonly shown: number;
  readonly taken: number | null;
  readonly rtp: number;
}

/** A sequence as `make-sequences.ts` left it. */
export function sequence(name: string): RecordedPicture[] {
  const [, ...lines] = readFileSync(new URL(`sequences/${name}.csv`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => {
    const [arrived = 0, shown = 0, , rtp = 0] = line.split(',').map(Number);
    const taken = line.split(',')[2] ?? '';
    return { arrived, shown, taken: taken === '' ? null : Number(taken), rtp };
  });
}

export interface Replay {
  /** Every change of the verdict, with its time since the beginning (ms). */
  readonly changes: readonly { readonly atMs: number; readonly verdict: Verdict }[];
  /** What was said, in order. */
  readonly words: readonly string[];
  readonly last: Verdict;
  readonly offsetMs: number | null;
}

const lookEveryMs = 125;

/** Plays a sequence to what watches a video and judges it, by a clock that only this knows. */
export function replay(
  pictures: readonly RecordedPicture[],
  endMs: number,
  content: (atMs: number) => ContentFacts | null = () => null,
): Replay {
  const startMs = performance.now();
  const quality = { creationTime: 0, corruptedVideoFrames: 0, totalVideoFrames: 0, droppedVideoFrames: 0 };
  const asked: VideoFrameRequestCallback[] = [];
  let atMs = 0;
  let shownMs = 0;
  let life: StreamLife = nextStreamLife(openStreamLife(startMs), { type: 'opened', atMs: startMs });
  const watch = watchPictures(
    {
      requestVideoFrameCallback(callback) {
        return asked.push(callback);
      },
      cancelVideoFrameCallback: () => void asked.splice(0),
      getVideoPlaybackQuality: () => quality,
    },
    () => {
      life = nextStreamLife(life, { type: 'frame', atMs: startMs + atMs });
    },
    () => 0,
    () => startMs + shownMs,
  );
  const sources = {
    life: () => life,
    pictures: watch,
    content: () => content(atMs),
    rests: () => false,
    keysEveryMs: () => null,
  };
  const verdicts = createVerdictWatch(sources, startMs);
  const changes = [{ atMs: 0, verdict: verdicts.current() }];
  const look = () => {
    if (verdicts.look(startMs + atMs)) changes.push({ atMs, verdict: verdicts.current() });
  };
  let next = 0;
  for (let lookMs = lookEveryMs; lookMs <= endMs; lookMs += lookEveryMs) {
    for (let picture = pictures[next]; picture && picture.shown <= lookMs; picture = pictures[next]) {
      next += 1;
      atMs = picture.shown;
      shownMs = picture.shown;
      quality.totalVideoFrames += 1;
      for (const told of asked.splice(0)) told(startMs + atMs, metadata(picture, startMs));
    }
    atMs = lookMs;
    watch.look(startMs + atMs, life.state === 'live');
    if (isOverdue(life, watch, startMs + atMs)) {
      life = nextStreamLife(life, { type: 'frames-stopped', atMs: startMs + atMs, lastPictureMs: watch.lastFrameMs });
    }
    look();
    const dueMs = overdueMs(life, watch);
    if (dueMs === null || dueMs - startMs >= lookMs + lookEveryMs) continue;
    // As the pool does: a stop is said when it is due, unless a picture comes before.
    if ((pictures[next]?.shown ?? Number.POSITIVE_INFINITY) <= dueMs - startMs) continue;
    atMs = dueMs - startMs + 1;
    life = nextStreamLife(life, { type: 'frames-stopped', atMs: startMs + atMs, lastPictureMs: watch.lastFrameMs });
    look();
  }
  const { lateness } = watch;
  return {
    changes,
    words: changes.map(({ verdict }) => verdict.word).filter((word, index, all) => word !== all[index - 1]),
    last: verdicts.current(),
    offsetMs: lateness?.taken ? -lateness.taken.leastMs : null,
  };
}

function metadata({ arrived, shown, taken, rtp }: RecordedPicture, startMs: number): VideoFrameCallbackMetadata {
  const at = { presentationTime: startMs + shown, expectedDisplayTime: startMs + shown, receiveTime: startMs + arrived };
  const rest = {
    mediaTime: shown / 1_000,
    presentedFrames: 0,
    width: 640,
    height: 360,
    rtpTimestamp: (rtp * 90 + 4_294_000_000) % 2 ** 32,
  };
  return { ...at, ...rest, ...(taken === null ? {} : { captureTime: startMs + taken }) };
}
