import { describe, expect, it } from 'vitest';
import { addCounters, noCounters, readStatistics } from '../../renderer/media/statistics.ts';

const inbound = {
  type: 'inbound-rtp',
  kind: 'video',
  bytesReceived: 5_000,
  packetsReceived: 40,
  packetsLost: 2,
  freezeCount: 1,
  framesReceived: 21,
  framesDecoded: 20,
  framesDropped: 1,
  totalDecodeTime: 0.05,
  jitter: 0.004,
  jitterBufferDelay: 1.6,
  jitterBufferEmittedCount: 20,
};

describe("a receiver's statistics", () => {
  it('are read in milliseconds, and from the video alone', () => {
    const report = [
      ['audio', { type: 'inbound-rtp', kind: 'audio', packetsReceived: 9 }],
      ['video', inbound],
    ] as const;
    expect(readStatistics(report)).toMatchObject({
      packets: 40,
      decoded: 20,
      decodeMs: 50,
      dropped: 1,
      buffered: 20,
      bufferMs: 1_600,
      jitterMs: 4,
    });
    expect(readStatistics([['audio', { type: 'inbound-rtp', kind: 'audio' }]])).toBe(null);
  });

  it('grow over connections, but for what is measured anew', () => {
    const first = readStatistics([['video', inbound]]) ?? noCounters;
    const second = readStatistics([['video', { ...inbound, jitter: undefined }]]) ?? noCounters;
    expect(addCounters(addCounters(noCounters, first), second)).toMatchObject({
      bytes: 10_000,
      packets: 80,
      packetsLost: 4,
      freezes: 2,
      decodeMs: 100,
      bufferMs: 3_200,
      jitterMs: null,
    });
  });
});
