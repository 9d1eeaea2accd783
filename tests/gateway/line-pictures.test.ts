import { expect, test } from 'vitest';
import { createLinePictures } from '../../main/gateway/line-pictures.ts';
import { rtpHeaderBytes } from '../../main/gateway/pictures/packetize.ts';

const sps = Buffer.from([0x67, 0x42, 0xe0, 0x1f, 0x80]);
const pps = Buffer.from([0x68, 0x80]);
const slice = Buffer.from([0x65, 9, 9]);

test('a key picture carries each parameter set once, however often its camera repeats them', () => {
  const pictures = createLinePictures(1_200);
  pictures.begin('h264', [sps, pps]);
  for (const nals of [[slice], [sps, pps, slice], [sps, pps, sps, pps, slice], [pps, sps, slice, pps]]) {
    const unit = pictures.take({ codec: 'h264', nals, key: true, rtpTimestamp: 0, captureUtcMs: null }, 0);
    const payloads = unit?.packets.map(({ bytes }) => bytes.subarray(rtpHeaderBytes).toString('hex'));
    // One aggregation packet with both sets (RFC 6184 §5.7.1), then the slice.
    expect(payloads).toEqual(['7800056742e01f8000026880', '650909']);
  }
});
