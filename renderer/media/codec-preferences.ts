import { preferredCodecs } from './preferred-codecs.ts';

let known: RTCRtpCodec[] | undefined;

/** What this browser should offer, asked once per window: it takes milliseconds, and is needed before main could tell what another window was answered. */
export function videoCodecPreferences(): RTCRtpCodec[] {
  known ??= preferredCodecs(RTCRtpReceiver.getCapabilities('video')?.codecs ?? []);
  return known;
}
