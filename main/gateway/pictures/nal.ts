import type { VideoCodec } from '../source.ts';

/** NAL unit type: H.264 (ITU-T H.264 §7.3.1) in five bits, H.265 (ITU-T H.265 §7.3.1.2) in six. */
export function nalType(codec: VideoCodec, nal: Buffer): number {
  const first = nal[0] ?? 0;
  return codec === 'h264' ? first & 0x1f : (first >> 1) & 0x3f;
}

export type NalRole = 'parameters' | 'key' | 'slice' | 'noise' | 'other';

/**
 * What a NAL unit is to a gateway. `noise` (access unit delimiters, filler, ends of sequence) is not forwarded:
 * it costs packets and a decoder does without.
 */
export function nalRole(codec: VideoCodec, nal: Buffer): NalRole {
  const type = nalType(codec, nal);
  return codec === 'h264' ? roleH264(type) : roleH265(type);
}

function roleH264(type: number): NalRole {
  if (type === 7 || type === 8) return 'parameters';
  if (type === 5) return 'key';
  if (type >= 1 && type <= 4) return 'slice';
  return type >= 9 && type <= 12 ? 'noise' : 'other';
}

function roleH265(type: number): NalRole {
  if (type >= 32 && type <= 34) return 'parameters';
  if (type >= 16 && type <= 23) return 'key';
  if (type < 32) return 'slice';
  return type >= 35 && type <= 38 ? 'noise' : 'other';
}
