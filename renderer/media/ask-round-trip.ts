/** A video codec that is decoded, not one that repairs. */
const videoFormat = /^a=rtpmap:(\d+) (?:H264|H265)\//i;

/**
 * An offer that also asks for the means to measure the round trip (`rrtr`, RFC 3611 §5.1). A browser that only receives has no other,
 * and without it says of no picture when it was taken; it can do it, and offers it only when told to. Whoever does not know it leaves it out.
 */
export function askRoundTrip(offer: string): string {
  return offer
    .split('\r\n')
    .flatMap((line) => {
      const format = videoFormat.exec(line)?.[1];
      return format === undefined ? [line] : [line, `a=rtcp-fb:${format} rrtr`];
    })
    .join('\r\n');
}
