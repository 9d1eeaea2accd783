import { expect, test } from 'vitest';
import { askRoundTrip } from '../../renderer/media/ask-round-trip.ts';

test('an offer asks for the round trip with each format that is decoded, and is otherwise as it was', () => {
  const offer = ['v=0', 'm=video 9 UDP/TLS/RTP/SAVPF 102 103', 'a=rtpmap:102 H264/90000', 'a=rtpmap:103 rtx/90000', ''];
  const asked = [
    'v=0',
    'm=video 9 UDP/TLS/RTP/SAVPF 102 103',
    'a=rtpmap:102 H264/90000',
    'a=rtcp-fb:102 rrtr',
    'a=rtpmap:103 rtx/90000',
    '',
  ];
  expect(askRoundTrip(offer.join('\r\n'))).toBe(asked.join('\r\n'));
});
