import type { VideoCodec } from '../source.ts';
import type { OfferedFormat, OfferedSection } from './offer.ts';

/**
 * The offered payload type to answer with; null where the offer cannot carry the stream. H.264 is matched loosely:
 * browsers decode more than they offer, and most cameras send High whatever was asked for. Packetization-mode 1 is
 * needed (RFC 6184 §8.1): fragments are not allowed without it.
 *
 * @param sps the stream's sequence parameter set, where it is known
 */
export function chooseFormat(section: OfferedSection, codec: VideoCodec, sps: Buffer | null): OfferedFormat | null {
  const able = section.formats.filter((format) => format.codec === codec);
  if (codec === 'h265') return able[0] ?? null;
  const fragmenting = able.filter(({ fmtp }) => parameter(fmtp, 'packetization-mode') === '1');
  const score = (format: OfferedFormat): number => {
    const profile = parameter(format.fmtp, 'profile-level-id').toLowerCase();
    if (sps !== null && sps.length >= 4) {
      const own = sps.subarray(1, 4).toString('hex');
      if (profile.slice(0, 4) === own.slice(0, 4)) return 4;
      // Constraint flags say less than the profile itself: 66 is Baseline with or without them.
      if (profile.slice(0, 2) === own.slice(0, 2)) return profile.slice(2, 4) === 'e0' ? 3 : 2;
    }
    return profile === '42e01f' ? 1 : 0;
  };
  return fragmenting.toSorted((a, b) => score(b) - score(a))[0] ?? null;
}

/** A value of an fmtp line (`key=value;key=value`), or the empty string. */
function parameter(fmtp: string, name: string): string {
  for (const pair of fmtp.split(';')) {
    const [key = '', value = ''] = pair.split('=');
    if (key.trim().toLowerCase() === name) return value.trim();
  }
  return '';
}
