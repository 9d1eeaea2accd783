import type { OpenSource } from '../source.ts';
import { createFileSource } from './file-source.ts';
import type { SimPorts } from './sim-source.ts';
import { createSimulatedSource } from './simulated-source.ts';

export interface FfmpegSources {
  /** `file:` a recorded file in a loop. */
  readonly file: OpenSource;
  /** `sim:` a camera of the demonstration city or province. */
  readonly sim: OpenSource;
}

/** Every source that needs ffmpeg. Without one (`ffmpegPath` null) each ends at once with `encoder-missing`. */
export function createFfmpegSources(ports: SimPorts): FfmpegSources {
  return { file: createFileSource(ports), sim: createSimulatedSource(ports) };
}
