import type { Clock } from '../../ports/clock.ts';
import { evenEncoding, flvOutput } from '../ffmpeg/encoder-args.ts';
import { createFlvSource } from '../ffmpeg/flv-source.ts';
import { recordingShape } from '../ffmpeg/recording.ts';
import type { Source, SourceEvents } from '../source.ts';
import { frameBytes, frameHeight, frameWidth } from './frame-size.ts';
import { textWidth, writeText } from './osd.ts';
import { renderView, type Scene } from './scene.ts';

export interface CityRecorderPorts {
  readonly ffmpegPath: string;
  readonly clock: Clock;
  readonly scene: Scene;
  readonly events: SourceEvents;
  onGone(): void;
}

/** Between two pictures the cameras that are live get their turn. */
const restMs = 10;
const margin = 14;

/**
 * Draws a recording of a scene into an encoder as fast as the live cameras leave time for it: `recordingShape.pictures` pictures, and then
 * nothing more. It is small, has no running clock, and says in the picture that it is a recording.
 */
export function createCityRecorder(ports: CityRecorderPorts): Source {
  const { clock, scene } = ports;
  const { framesPerSecond, width, height, quantiser, keyEvery, pictures } = recordingShape;
  const frame = Buffer.alloc(frameBytes);
  let drawn = 0;
  let over = false;
  let callOff = () => {};

  const source = createFlvSource({
    ffmpegPath: ports.ffmpegPath,
    clock,
    args: [
      ...['-probesize', '32', '-analyzeduration', '0', '-f', 'rawvideo', '-pix_fmt', 'yuv420p'],
      ...['-video_size', `${frameWidth}x${frameHeight}`, '-framerate', `${framesPerSecond}`, '-i', 'pipe:0'],
      ...['-vf', `scale=${width}:${height}`, ...evenEncoding({ quantiser, keyEvery }), ...flvOutput],
    ],
    input: 'pipe',
    events: {
      ...ports.events,
      onEnd(problem) {
        finish();
        ports.events.onEnd(problem);
      },
    },
    onGone: ports.onGone,
  });

  function draw(): void {
    if (over || source.input === null) return;
    renderView(scene, (drawn * 1_000) / framesPerSecond, frame);
    writeText(frame, 'RECORDING', margin, 10, 4.5);
    writeText(frame, scene.title, margin, frameHeight - 34, 3);
    writeText(frame, 'SIMULATED', frameWidth - margin - textWidth('SIMULATED', 3), 14, 3, 190);
    drawn += 1;
    source.input.write(frame, () => {
      if (over) return;
      if (drawn < pictures) callOff = clock.after(restMs, draw);
      else source.input?.end();
    });
  }
  function finish(): void {
    over = true;
    callOff();
  }

  callOff = clock.after(0, draw);
  return {
    close() {
      finish();
      source.close();
    },
  };
}
