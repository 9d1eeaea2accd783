import { preferredCodecs } from './preferred-codecs.ts';

let known: RTCRtpCodec[] | undefined;

/** What this browser should offer, asked once per program: the answer does not change and takes milliseconds. */
export function videoCodecPreferences(): RTCRtpCodec[] {
  known ??= preferredCodecs(RTCRtpReceiver.getCapabilities('video')?.codecs ?? []);
  return known;
}
