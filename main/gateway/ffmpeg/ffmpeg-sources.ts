import type { OpenSource } from '../source.ts';
import { createFileSource } from './file-source.ts';
import { createSimSource, type SimPorts } from './sim-source.ts';

export interface FfmpegSources {
  /** `file:` a recorded file in a loop. */
  readonly file: OpenSource;
  /** `sim:` a camera of the demonstration city. */
  readonly sim: OpenSource;
}

/** Every source that needs ffmpeg. Without one (`ffmpegPath` null) each ends at once with `encoder-missing`. */
export function createFfmpegSources(ports: SimPorts): FfmpegSources {
  return { file: createFileSource(ports), sim: createSimSource(ports) };
}
