import type { ForeignCodec, ForeignPicture } from '../../gateway/source.ts';
import { createJpegAssembly } from './jpeg-assembly.ts';
import { createMpeg4Assembly } from './mpeg4-assembly.ts';
import type { VideoTrack } from './sdp.ts';

/** One RTP packet of a stream, given in order. */
export interface ForeignPacket {
  readonly payload: Buffer;
  readonly rtpTimestamp: number;
  /** The last one of its picture, as the sender says. */
  readonly last: boolean;
  /** Packets before this one are missing. */
  readonly gap: boolean;
}

/** Puts packets together to whole pictures; a torn one never leaves. Never throws. */
export interface ForeignAssembly {
  push(packet: ForeignPacket): void;
  /** Pictures that were held back because something of them, or of what they lean on, was missing. */
  dropped(): number;
}

export type OnForeignPicture = (picture: Omit<ForeignPicture, 'captureUtcMs'>) => void;

export function createForeignAssembly(track: VideoTrack<ForeignCodec>, onPicture: OnForeignPicture): ForeignAssembly {
  if (track.codec === 'jpeg') return createJpegAssembly(track.size, onPicture);
  return createMpeg4Assembly(track.parameterSets[0] ?? null, onPicture);
}
