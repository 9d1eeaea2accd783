/**
 * The answer with the offered means to measure the round trip (`rrtr`, RFC 3611 §5.1), where the format that was chosen has it. The
 * library does not know it, and does nothing for it: we answer those reports ourselves.
 */
export function answerRoundTrip(answer: string, offer: string, payloadType: number): string {
  if (!new RegExp(`^a=rtcp-fb:(${payloadType}|\\*) rrtr\\r?$`, 'm').test(offer)) return answer;
  return answer.replace(new RegExp(`^a=rtpmap:${payloadType} .*\r\n`, 'm'), (line) => `${line}a=rtcp-fb:${payloadType} rrtr\r\n`);
}
