import { describe, expect, it } from 'vitest';
import { packetize, rtpHeaderBytes } from '../../main/gateway/pictures/packetize.ts';
import { tellPlayoutDelay } from '../../main/gateway/rtp/playout-delay.ts';
import { answerPlayoutDelay, askedPlayoutDelay } from '../../main/gateway/whep/playout-delay.ts';
import { askAtOnce } from '../../renderer/media/ask-at-once.ts';

const extension = 'a=extmap:6 http://www.webrtc.org/experiments/rtp-hdrext/playout-delay';
const offered = ['v=0', 'm=video 9 UDP/TLS/RTP/SAVPF 102', 'a=mid:0', extension, 'a=recvonly', ''].join('\r\n');

describe('how long pictures may wait at a viewer', () => {
  it('is read from an offer of ours', () => {
    expect(askedPlayoutDelay(askAtOnce(offered).split('\r\n'))).toEqual({ id: 6, minMs: 0, maxMs: 500 });
  });

  it('is left to the viewer where it does not ask, or asks what cannot be told', () => {
    const asked = (...lines: string[]) => askedPlayoutDelay(lines);
    expect(asked(...offered.split('\r\n'))).toBeNull();
    expect(asked('a=x-deedban-playout:0-500')).toBeNull();
    expect(asked(extension, 'a=x-deedban-playout:500-0')).toBeNull();
    expect(asked(extension, 'a=x-deedban-playout:0-50000')).toBeNull();
    expect(asked(extension.replace(':6', ':15'), 'a=x-deedban-playout:0-500')).toBeNull();
    expect(asked(extension.replace(':6', ':6/sendonly'), 'a=x-deedban-playout:0-500')).toBeNull();
  });

  it('is asked for only where the browser can be told', () => {
    const unable = offered.replace(`${extension}\r\n`, '');
    expect(askAtOnce(unable)).toBe(unable);
  });

  it('is answered in its section', () => {
    const answer = ['v=0', 'm=audio 9 X 0', 'a=mid:1', 'm=video 9 X 102', 'a=mid:0', 'a=sendonly', ''].join('\r\n');
    const told = answerPlayoutDelay(answer, '0', { id: 6, minMs: 0, maxMs: 500 });
    expect(told).toBe(answer.replace('a=mid:0\r\n', `a=mid:0\r\n${extension}\r\n`));
  });

  it('is told in the first packet of a picture, and what others send stays as it is', () => {
    const nal = Buffer.alloc(3_000, 0x11);
    nal[0] = 0x65;
    const packets = packetize('h264', [nal], 1_200);
    const before = packets.map(({ bytes }) => Buffer.from(bytes));
    const [first, ...others] = tellPlayoutDelay(packets, { id: 6, minMs: 0, maxMs: 500 });
    expect(packets.map(({ bytes }) => bytes)).toEqual(before);
    expect(others).toEqual(packets.slice(1));
    expect(first?.extended).toBe(true);
    // RFC 8285 §4.2: 0xBEDE, one word; id 6 with three bytes; 12 bits of least and most, in steps of 10 ms.
    expect(first?.bytes.subarray(rtpHeaderBytes, rtpHeaderBytes + 8).toString('hex')).toBe('bede000162000032');
    expect(first?.bytes.subarray(rtpHeaderBytes + 8)).toEqual(packets[0]?.bytes.subarray(rtpHeaderBytes));
    expect(tellPlayoutDelay([], { id: 6, minMs: 0, maxMs: 500 })).toEqual([]);
  });
});
