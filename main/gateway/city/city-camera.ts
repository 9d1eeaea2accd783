import type { Clock } from '../../ports/clock.ts';
import { flvOutput, evenEncoding } from '../ffmpeg/encoder-args.ts';
import { createFlvSource, type PictureTimes } from '../ffmpeg/flv-source.ts';
import type { Source, SourceEvents } from '../source.ts';
import { frameBytes, frameHeight, frameWidth, mainScale } from './frame-size.ts';
import { framesPerSecond, nextFrame } from './frame-pace.ts';
import { headAt, type Head } from '../simulated-ptz/ptz-head.ts';
import { sharedNowMs } from '../simulated-ptz/shared-clock.ts';
import { lookThrough, writeAngles } from './ptz-picture.ts';
import { renderFrame, renderView, type Scene, writeLines } from './scene.ts';

export interface CityCameraPorts {
  readonly ffmpegPath: string;
  readonly clock: Clock;
  readonly scene: Scene;
  /** Its main stream: enlarged. */
  readonly large: boolean;
  /** Spreads the cameras over a frame's time. */
  readonly slot: number;
  /** Where it looks; null: it is fixed. */
  head(): Head | null;
  readonly events: SourceEvents;
  onGone(): void;
}

/** An encoder that has not taken a picture for this long is not asked to remember more of them. */
const maxInFlight = 60;

/** Draws one camera at its pace into its own encoder. The pictures are stamped with the moment they were drawn. */
export function createCityCamera(ports: CityCameraPorts): Source {
  const { clock, scene } = ports;
  const inFlight: PictureTimes[] = [];
  const frame = Buffer.alloc(frameBytes);
  let whole: Buffer | null = null;
  let callOff = () => {};
  let over = false;
  let free = true;
  let lastIndex = -1;

  const source = createFlvSource({
    ffmpegPath: ports.ffmpegPath,
    clock,
    args: [
      // Not `-fflags nobuffer`: it throws away the first picture, and every later one would get its neighbour's time.
      ...['-probesize', '32', '-analyzeduration', '0', '-f', 'rawvideo', '-pix_fmt', 'yuv420p'],
      ...['-video_size', `${frameWidth}x${frameHeight}`, '-framerate', `${framesPerSecond}`, '-i', 'pipe:0'],
      ...(ports.large ? ['-vf', `scale=${frameWidth * mainScale}:${frameHeight * mainScale}:flags=fast_bilinear`] : []),
      ...evenEncoding({ quantiser: 24, keyEvery: 2 * framesPerSecond }),
      ...flvOutput,
    ],
    input: 'pipe',
    events: {
      ...ports.events,
      onEnd(problem) {
        finish();
        ports.events.onEnd(problem);
      },
    },
    // One picture in, one out, in order: the encoder has neither B-frames nor a rate to keep up by dropping.
    timesOf: () => inFlight.shift() ?? { rtpTimestamp: 0, captureUtcMs: clock.utcMs() },
    onGone: ports.onGone,
  });

  function plan(): void {
    const next = nextFrame(ports.slot, clock.monotonicMs(), lastIndex);
    lastIndex = next.index;
    callOff = clock.after(Math.max(0, next.dueMs - clock.monotonicMs()), () => draw(next.rtpTimestamp));
  }
  function draw(rtpTimestamp: number): void {
    if (over) return;
    if (free && inFlight.length < maxInFlight && source.input !== null) {
      const captureUtcMs = clock.utcMs();
      drawPicture(captureUtcMs);
      inFlight.push({ rtpTimestamp, captureUtcMs });
      free = false;
      // The buffer is ours again when the pipe has taken all of it; until then pictures are left out.
      source.input.write(frame, () => {
        free = true;
      });
    }
    plan();
  }
  function drawPicture(utcMs: number): void {
    const head = ports.head();
    if (head === null) return renderFrame(scene, utcMs, utcMs, frame);
    const position = headAt(head, sharedNowMs());
    whole ??= Buffer.alloc(frameBytes);
    renderView(scene, utcMs, whole);
    lookThrough(whole, position, frame, head.magnification);
    writeLines(scene, utcMs, frame);
    writeAngles(frame, position, head.magnification);
  }
  function finish(): void {
    over = true;
    callOff();
  }

  plan();
  return {
    close() {
      finish();
      source.close();
    },
  };
}
