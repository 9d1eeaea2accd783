/** The part of RTCRtpCodec that is looked at. */
export interface CodecLike {
  readonly mimeType: string;
  readonly sdpFmtpLine?: string;
}

/**
 * What to offer, out of what the browser can receive: H.264 in packetization mode 1, and H.265 where the browser lists it (it
 * does so only with a hardware decoder). Cameras send nothing else without re-encoding, and a short offer takes a quarter
 * of the time of a full one. Mode 0 cannot carry pictures larger than a packet. And retransmission (RFC 4588): a server that probes the link sends its
 * padding there; among the pictures' own packets a receiver with a transform took it for a gap, and waited for the next key picture.
 */
export function preferredCodecs<C extends CodecLike>(receivable: readonly C[]): C[] {
  const h264 = receivable.filter((codec) => codec.mimeType.toLowerCase() === 'video/h264');
  const fragmenting = h264.filter((codec) => /packetization-mode=1/.test(codec.sdpFmtpLine ?? ''));
  const h265 = receivable.filter((codec) => codec.mimeType.toLowerCase() === 'video/h265');
  const rtx = receivable.filter((codec) => codec.mimeType.toLowerCase() === 'video/rtx');
  return [...(fragmenting.length > 0 ? fragmenting : h264), ...h265, ...rtx];
}
