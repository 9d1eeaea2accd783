import { expect, test } from 'vitest';
import { answerRoundTrip } from '../../main/gateway/whep/round-trip.ts';

test('an answer has the round trip where its format was offered with it, and only there', () => {
  const answer = 'm=video 9 UDP/TLS/RTP/SAVPF 102\r\na=rtpmap:102 H264/90000\r\na=rtcp-fb:102 nack\r\n';
  const asked = 'm=video 9 UDP/TLS/RTP/SAVPF 102\r\na=rtpmap:102 H264/90000\r\na=rtcp-fb:102 rrtr\r\na=rtcp-fb:102 nack\r\n';
  expect(answerRoundTrip(answer, 'v=0\r\na=rtcp-fb:102 rrtr\r\n', 102)).toBe(asked);
  expect(answerRoundTrip(answer, 'v=0\r\na=rtcp-fb:103 rrtr\r\n', 102)).toBe(answer);
  expect(answerRoundTrip(answer, 'v=0\r\n', 102)).toBe(answer);
});
