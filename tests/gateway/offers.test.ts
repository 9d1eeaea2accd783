import { describe, expect, it } from 'vitest';
import { chooseFormat } from '../../main/gateway/whep/choose-format.ts';
import { readOffer } from '../../main/gateway/whep/offer.ts';
import { readSdpFragment } from '../../main/gateway/whep/sdp-fragment.ts';
import { plainOffer } from './support/offer.ts';

function videoOf(text: string) {
  const offer = readOffer(text);
  if (typeof offer === 'string') throw new Error(offer);
  return offer.video;
}

describe('an offer', () => {
  it('loses the candidates nobody here can resolve, and keeps the rest', () => {
    const offer = readOffer(plainOffer.replace('a=candidate', 'a=candidate:2 1 udp 1 192.0.2.1 5 typ host\r\na=candidate'));
    expect(offer).toMatchObject({ video: { mid: '0', direction: 'recvonly' } });
    const { sdp } = typeof offer === 'string' ? { sdp: '' } : offer;
    expect(sdp).toContain('192.0.2.1');
    expect(sdp).not.toMatch(/\.local|end-of-candidates/);
  });

  it.each([
    ['nothing', ''],
    ['something else', 'hello'],
    ['no fingerprint', plainOffer.replace(/a=fingerprint.*\r\n/, '')],
    ['no ICE credentials', plainOffer.replace(/a=ice-pwd.*\r\n/, '')],
    ['no wish to receive', plainOffer.replace('recvonly', 'sendonly')],
    ['no video', plainOffer.replace('m=video', 'm=audio')],
    ['no mid', plainOffer.replace('a=mid:0\r\n', '')],
    ['too many lines', plainOffer + 'a=x\r\n'.repeat(3_000)],
  ])('with %s is refused in words', (_what, text) => {
    expect(readOffer(text)).toMatch(/offer/);
  });
});

describe('the payload type of the answer', () => {
  const video = videoOf(
    plainOffer.replace('packetization-mode=0;profile-level-id=64001f', 'packetization-mode=1;profile-level-id=64001f'),
  );
  const sps = (profile: string): Buffer => Buffer.from(`67${profile}`, 'hex');

  it.each([
    ['640028', 108, 'the same profile'],
    ['42e01e', 106, 'the same profile'],
    ['42c01e', 106, 'Baseline by another name'],
    ['4d0028', 106, 'constrained Baseline, since Main was not offered'],
  ])('for a stream of %s is %i: %s', (profile, payloadType) => {
    expect(chooseFormat(video, 'h264', sps(profile))?.payloadType).toBe(payloadType);
  });

  it('is constrained Baseline while the stream is unknown, and none without fragments or for another codec', () => {
    expect(chooseFormat(video, 'h264', null)?.payloadType).toBe(106);
    expect(chooseFormat(videoOf(plainOffer.replaceAll('packetization-mode=1', 'packetization-mode=0')), 'h264', null)).toBeNull();
    expect(chooseFormat(video, 'h265', null)).toBeNull();
    expect(chooseFormat(videoOf(plainOffer.replace('VP8', 'H265')), 'h265', null)?.payloadType).toBe(96);
  });
});

describe('a trickled fragment', () => {
  it('gives its candidates with their section', () => {
    const text =
      'a=ice-ufrag:x\r\nm=video 9 RTP/AVP 0\r\na=mid:v\r\na=candidate:1 1 UDP 5 192.0.2.9 9 typ host\r\na=candidate:2 1 udp 5 ab.local 9 typ host\r\n';
    expect(readSdpFragment(text)).toEqual({
      ufrag: 'x',
      candidates: [{ mid: 'v', candidate: 'candidate:1 1 UDP 5 192.0.2.9 9 typ host' }],
    });
  });

  it.each([
    ['hello', /SDP/],
    ['a=candidate:1 1 udp 5 192.0.2.9 9 typ host', /no section/],
    ['a=mid:0\na=candidate:rubbish', /malformed/],
    [`a=mid:0\n${'a=candidate:1 1 udp 5 192.0.2.9 9 typ host\n'.repeat(200)}`, /too many/],
  ])('that is wrong is refused in words', (text, words) => {
    expect(readSdpFragment(text)).toMatch(words);
  });
});
