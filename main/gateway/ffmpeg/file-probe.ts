import type { Clock } from '../../ports/clock.ts';
import { flvOutput } from './encoder-args.ts';
import { startFfmpeg } from './ffmpeg-child.ts';
import { createFlvReader } from './flv-reader.ts';

const looksAtFrames = 300;
/** A viewer waits for a key picture; footage with fewer is encoded anew. */
const maxFramesBetweenKeys = 150;
const limitMs = 8_000;

export interface ProbePorts {
  readonly ffmpegPath: string;
  readonly clock: Clock;
  readonly input: number | 'none';
  /** The file as ffmpeg is to open it. */
  readonly name: string;
  readonly signal: AbortSignal;
}

/**
 * Whether a file's pictures can go to a browser as they are: H.264 without B-frames (their presentation never differs
 * from their decoding order) and with key pictures often enough, in its first 300 pictures.
 * There is no ffprobe beside every ffmpeg, so this asks for a copy and looks at what comes.
 */
export function probeFootage(ports: ProbePorts): Promise<'pass-through' | 'encode'> {
  return new Promise((resolve) => {
    let frames = 0;
    let sinceKey = 0;
    let fit = true;
    const unfit = (): void => {
      fit = false;
      child.stop();
    };
    const reader = createFlvReader({
      onConfiguration() {},
      onPicture(picture) {
        if (frames === 0 && !picture.key) fit = false;
        sinceKey = picture.key ? 0 : sinceKey + 1;
        frames += 1;
        if (picture.compositionMs !== 0 || sinceKey > maxFramesBetweenKeys) unfit();
      },
    });
    const child = startFfmpeg({
      ffmpegPath: ports.ffmpegPath,
      clock: ports.clock,
      args: ['-i', ports.name, '-map', '0:v:0', '-c:v', 'copy', '-frames:v', `${looksAtFrames}`, ...flvOutput],
      input: ports.input,
      onData(chunk) {
        if (!fit) return;
        try {
          reader.push(chunk);
        } catch {
          unfit();
        }
      },
      onExit() {
        callOffLimit();
        ports.signal.removeEventListener('abort', unfit);
        resolve(fit && frames > 0 ? 'pass-through' : 'encode');
      },
    });
    const callOffLimit = ports.clock.after(limitMs, unfit);
    ports.signal.addEventListener('abort', unfit);
  });
}
