import type { StreamAddress } from '../../core/cameras/camera.ts';
import { createRtspSource } from '../protocols/rtsp/rtsp-source.ts';
import type { Clock } from '../ports/clock.ts';
import { createFfmpegSources } from './ffmpeg/ffmpeg-sources.ts';
import type { OpenSource } from './source.ts';

/** Where pictures come from, by the address's scheme. */
export interface SourceMakers {
  /** Null where the embedded gateway does not serve that scheme (a foreign WHEP server is main's own business). */
  forAddress(address: StreamAddress): OpenSource | null;
  /** For an RTSP camera whose codec no browser decodes; null where there is no means, and the camera stays `codec-unsupported`. */
  readonly transcode: OpenSource | null;
}

export function createSourceMakers(ports: { clock: Clock; ffmpegPath: string | null }): SourceMakers {
  const rtsp = createRtspSource({ clock: ports.clock });
  const ffmpeg = createFfmpegSources(ports);
  const byScheme = { rtsp, rtsps: rtsp, file: ffmpeg.file, sim: ffmpeg.sim, http: null, https: null };
  return { forAddress: (address) => byScheme[address.scheme], transcode: null };
}
