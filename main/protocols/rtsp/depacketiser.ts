import type { VideoCodec } from '../../gateway/source.ts';
import { createH264Depacketiser } from './h264-depacketiser.ts';
import { createH265Depacketiser } from './h265-depacketiser.ts';

/** Takes NAL units out of the payloads of one stream, given in order. */
export interface Depacketiser {
  /** The units this payload completes; null if it is malformed or what it continues is missing. Never throws. */
  push(payload: Buffer): readonly Buffer[] | null;
  /** A unit is begun and not ended. */
  midway(): boolean;
  /** Forgets a begun unit, because packets were lost. */
  reset(): void;
}

export function createDepacketiser(codec: VideoCodec): Depacketiser {
  return codec === 'h264' ? createH264Depacketiser() : createH265Depacketiser();
}
