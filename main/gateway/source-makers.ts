import type { StreamAddress } from '../../core/cameras/camera.ts';
import { createRtspSource } from '../protocols/rtsp/rtsp-source.ts';
import type { Clock } from '../ports/clock.ts';
import { createFfmpegSources } from './ffmpeg/ffmpeg-sources.ts';
import { createPictureTranscoder } from './ffmpeg/picture-transcoder.ts';
import type { CityHeads } from './simulated-ptz/city-heads.ts';
import type { OpenSource } from './source.ts';

/** Where pictures come from, by the address's scheme. */
export interface SourceMakers {
  /** Null where the embedded gateway does not serve that scheme (a foreign WHEP server is main's own business). */
  forAddress(address: StreamAddress): OpenSource | null;
  /** The steerable cameras among those we draw. */
  readonly heads?: CityHeads;
}

export function createSourceMakers(ports: {
  clock: Clock;
  ffmpegPath: string | null;
  /** For main's log. */
  note?(words: string): void;
  readonly heads?: CityHeads;
}): SourceMakers {
  const rtsp = createRtspSource({ clock: ports.clock, transcode: createPictureTranscoder(ports) });
  const ffmpeg = createFfmpegSources(ports);
  const byScheme = { rtsp, rtsps: rtsp, file: ffmpeg.file, sim: ffmpeg.sim, http: null, https: null };
  return { forAddress: (address) => byScheme[address.scheme], ...(ports.heads === undefined ? {} : { heads: ports.heads }) };
}
