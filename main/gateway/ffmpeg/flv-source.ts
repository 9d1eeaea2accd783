import type { Writable } from 'node:stream';
import type { Clock } from '../../ports/clock.ts';
import type { Source, SourceEvents, SourceProblem } from '../source.ts';
import { startFfmpeg } from './ffmpeg-child.ts';
import { createFlvReader, type FlvPicture } from './flv-reader.ts';

export interface PictureTimes {
  readonly rtpTimestamp: number;
  readonly captureUtcMs: number | null;
}

export interface FlvSourcePorts {
  readonly ffmpegPath: string;
  readonly clock: Clock;
  readonly args: readonly string[];
  readonly input: 'pipe' | 'none' | number;
  readonly events: SourceEvents;
  /** The times of the next picture out of the encoder; pictures come in the order they went in. */
  timesOf?(picture: FlvPicture): PictureTimes;
  /** Called once when the child is really gone, after `close` too. */
  onGone?(): void;
}

export interface FlvSource extends Source {
  readonly input: Writable | null;
}

/** How long an encoder may say nothing before it counts as silent, in milliseconds. */
export const silentAfterMs = 10_000;

/** A source whose pictures come out of one ffmpeg that writes FLV (see `flv-reader`). */
export function createFlvSource(ports: FlvSourcePorts): FlvSource {
  let over = false;
  let parameterSets: readonly Buffer[] = [];
  let opened = false;
  const timesOf = ports.timesOf ?? streamTimes;

  const reader = createFlvReader({
    onConfiguration(sets) {
      if (over) return;
      parameterSets = sets;
      if (opened) return;
      opened = true;
      ports.events.onOpen({ codec: 'h264', parameterSets: sets });
    },
    onPicture(picture) {
      if (over) return;
      const times = timesOf(picture);
      // The parameter sets are beside the stream in FLV; a viewer who joins at a key picture needs them in it.
      const nals = picture.key ? [...parameterSets, ...picture.nals] : picture.nals;
      ports.events.onUnit({ codec: 'h264', nals, key: picture.key, ...times });
      watchSilence();
    },
  });
  const child = startFfmpeg({
    ffmpegPath: ports.ffmpegPath,
    clock: ports.clock,
    args: ports.args,
    input: ports.input,
    onData(chunk) {
      if (over) return;
      try {
        reader.push(chunk);
      } catch (error) {
        end({ code: 'camera-protocol', detail: error instanceof Error ? error.message : 'the encoder wrote what is not FLV' });
      }
    },
    onExit({ log, started }) {
      end(started ? exitProblem(log) : { code: 'encoder-missing', detail: 'ffmpeg could not be started' });
      ports.onGone?.();
    },
  });

  let callOffSilence = () => {};
  function watchSilence(): void {
    callOffSilence();
    callOffSilence = ports.clock.after(silentAfterMs, () =>
      end({ code: 'camera-silent', detail: 'ffmpeg gave no picture for 10 s' }),
    );
  }
  watchSilence();

  function finish(): boolean {
    if (over) return false;
    over = true;
    callOffSilence();
    child.stop();
    return true;
  }
  function end(problem: SourceProblem): void {
    if (finish()) ports.events.onEnd(problem);
  }
  return { input: child.input, close: () => void finish() };
}

function streamTimes(picture: FlvPicture): PictureTimes {
  return { rtpTimestamp: ((picture.timestampMs + picture.compositionMs) * 90) % 2 ** 32, captureUtcMs: null };
}

function exitProblem(log: string): SourceProblem {
  if (/Unknown encoder|Error (selecting|while opening) encoder/.test(log)) {
    return { code: 'encoder-missing', detail: 'this ffmpeg has no H.264 encoder (libx264)' };
  }
  return { code: 'camera-protocol', detail: `ffmpeg ended${log === '' ? '' : `: ${log.slice(-300)}`}` };
}
