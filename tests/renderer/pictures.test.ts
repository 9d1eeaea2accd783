import { describe, expect, it } from 'vitest';
import { createDecoderProbe, measuredDecoder } from '../../renderer/media/decoder-probe.ts';
import { createPictureRhythm } from '../../renderer/media/picture-rhythm.ts';
import { preferredCodecs } from '../../renderer/media/preferred-codecs.ts';
import { sdpFragment } from '../../renderer/media/sdp-fragment.ts';
import { readStatistics } from '../../renderer/media/statistics.ts';

const inbound = {
  id: 'I',
  type: 'inbound-rtp',
  kind: 'video',
  codecId: 'C',
  bytesReceived: 5_000,
  packetsLost: -1,
  freezeCount: 2,
  frameWidth: 640,
  frameHeight: 360,
};
const codec = { id: 'C', type: 'codec', mimeType: 'video/H264', sdpFmtpLine: 'profile-level-id=42e01f' };
const report = (extra: Record<string, unknown> = {}) =>
  new Map<string, Record<string, unknown>>([
    ['T', { type: 'transport' }],
    ['I', { ...inbound, ...extra }],
    ['C', codec],
  ]);
function statisticsOf(extra: Record<string, unknown> = {}) {
  const statistics = readStatistics(report(extra));
  if (!statistics) throw new Error('no statistics');
  return statistics;
}

describe('the statistics of a picture', () => {
  it('are read from the inbound video and its codec', () => {
    expect(statisticsOf()).toMatchObject({ bytes: 5_000, packetsLost: -1, freezes: 2, width: 640, height: 360 });
    expect(statisticsOf().codec).toEqual({ mimeType: 'video/H264', fmtp: 'profile-level-id=42e01f' });
  });

  it('are none before there is an inbound video', () => {
    expect(readStatistics(new Map())).toBeNull();
    expect(readStatistics(new Map([['A', { type: 'inbound-rtp', kind: 'audio' }]]))).toBeNull();
  });

  it('count 0 for what a browser leaves out', () => {
    expect(readStatistics(new Map([['I', { type: 'inbound-rtp', kind: 'video' }]]))).toMatchObject({
      bytes: 0,
      freezes: 0,
      codec: null,
    });
  });
});

describe('what decodes a picture', () => {
  const capabilities = (
    answer: { supported: boolean; powerEfficient: boolean } | Error,
    told: 'hardware' | 'software' | 'unknown' | null = null,
  ) => {
    const asked: string[] = [];
    const questions: boolean[] = [];
    let lose = () => {};
    const probe = createDecoderProbe({
      capabilities: {
        decodingInfo: async ({ video }) => {
          asked.push(`${video.contentType} ${video.width}`);
          if (answer instanceof Error) throw answer;
          return answer;
        },
      },
      once: async (_kind, lost, ask) => {
        questions.push(lost);
        return told ?? ask();
      },
      onGpuLost(listener) {
        lose = listener;
      },
    });
    return { asked, questions, probe, lose: () => lose() };
  };

  it.each([
    [{ powerEfficientDecoder: true }, 'hardware'],
    [{ powerEfficientDecoder: false }, 'software'],
    [{ decoderImplementation: 'FFmpeg' }, 'software'],
    [{ decoderImplementation: 'libvpx' }, 'software'],
    [{ decoderImplementation: 'ExternalDecoder' }, 'hardware'],
  ])('is known from statistics that say %o', (extra, decoder) => {
    expect(measuredDecoder(statisticsOf(extra))).toEqual({ decoder, decoderSource: 'statistics' });
  });

  it.each([{}, { decoderImplementation: 'unknown' }, { decoderImplementation: 'SomethingNew' }])(
    'is not guessed from %o',
    (extra) => {
      expect(measuredDecoder(statisticsOf(extra))).toBeNull();
    },
  );

  it('is what the browser expects where the statistics keep silent, asked once for each codec and size', async () => {
    const { asked, probe } = capabilities({ supported: true, powerEfficient: false });
    for (const width of [640, 640, 1280]) {
      const fact = await probe.probe(statisticsOf({ frameWidth: width }));
      expect(fact).toEqual({ decoder: 'software', decoderSource: 'media-capabilities' });
    }
    expect(asked).toEqual(['video/H264;profile-level-id=42e01f 640', 'video/H264;profile-level-id=42e01f 1280']);
    expect((await capabilities({ supported: true, powerEfficient: true }).probe.probe(statisticsOf())).decoder).toBe('hardware');
  });

  it('is what another window was told, without asking the browser again', async () => {
    const { asked, probe } = capabilities({ supported: true, powerEfficient: false }, 'hardware');
    expect(await probe.probe(statisticsOf())).toEqual({ decoder: 'hardware', decoderSource: 'media-capabilities' });
    expect(asked).toEqual([]);
  });

  it('is asked for anew when the GPU process died, and main is told once why', async () => {
    const { asked, questions, probe, lose } = capabilities({ supported: true, powerEfficient: true });
    await probe.probe(statisticsOf());
    lose();
    for (const width of [640, 640, 1280]) await probe.probe(statisticsOf({ frameWidth: width }));
    expect(asked).toHaveLength(3);
    expect(questions).toEqual([false, true, false]);
  });

  it('is unknown where nobody knows', async () => {
    const unknown = { decoder: 'unknown', decoderSource: 'none' };
    expect(await capabilities({ supported: false, powerEfficient: true }).probe.probe(statisticsOf())).toEqual(unknown);
    expect(await capabilities(new TypeError('bad type')).probe.probe(statisticsOf())).toEqual(unknown);
    expect(await capabilities({ supported: true, powerEfficient: true }).probe.probe(statisticsOf({ frameWidth: 0 }))).toEqual(
      unknown,
    );
  });
});

describe('the patience with a camera', () => {
  function patienceAfter(gapMs: number, count: number) {
    const rhythm = createPictureRhythm();
    for (let index = 0; index < count; index += 1) rhythm.add(gapMs);
    return rhythm.patienceMs();
  }

  it('is half a second for a fast camera and three intervals for a slow one', () => {
    expect(patienceAfter(40, 200)).toBe(500);
    expect(patienceAfter(1_000, 200)).toBeCloseTo(3_000, 0);
  });

  it('lets a camera of one picture in two seconds live from its first pictures on', () => {
    const rhythm = createPictureRhythm();
    for (let index = 0; index < 20; index += 1) {
      expect(rhythm.patienceMs()).toBeGreaterThan(2_000);
      rhythm.add(2_000);
    }
  });

  it('forgives an uneven camera its usual gap', () => {
    const rhythm = createPictureRhythm();
    for (let index = 0; index < 100; index += 1) rhythm.add(index % 10 === 0 ? 600 : 40);
    expect(rhythm.patienceMs()).toBeGreaterThan(600);
  });

  it('is not lengthened by pictures that came late once and were no stop', () => {
    const rhythm = createPictureRhythm();
    for (let index = 0; index < 60; index += 1) rhythm.add(67);
    for (const late of [190, 240, 320]) {
      rhythm.add(late);
      expect(rhythm.patienceMs()).toBe(500);
    }
    rhythm.add(450);
    expect(rhythm.patienceMs()).toBeGreaterThan(600);
  });

  it('learns nothing from a stop, and from one long gap no more than two seconds', () => {
    const rhythm = createPictureRhythm();
    for (let index = 0; index < 200; index += 1) rhythm.add(40);
    rhythm.add(60_000);
    expect(rhythm.patienceMs()).toBe(500);
    rhythm.add(499);
    rhythm.add(1_400);
    expect(rhythm.patienceMs()).toBeLessThanOrEqual(2_000);
  });
});

describe('an offer', () => {
  const h264 = (line: string) => ({ mimeType: 'video/H264', sdpFmtpLine: line });
  it('has H.264 in fragmenting mode, H.265 only where the browser lists it, and retransmission', () => {
    const vp8 = { mimeType: 'video/VP8' };
    const rtx = { mimeType: 'video/rtx' };
    const modes = [h264('packetization-mode=1;profile-level-id=42e01f'), h264('packetization-mode=0;profile-level-id=42e01f')];
    expect(preferredCodecs([vp8, ...modes, rtx])).toEqual([modes[0], rtx]);
    const h265 = { mimeType: 'video/H265' };
    expect(preferredCodecs([h265, ...modes, vp8])).toEqual([modes[0], h265]);
  });

  it('has whatever H.264 there is where none is fragmenting', () => {
    expect(preferredCodecs([h264('profile-level-id=42e01f')])).toHaveLength(1);
  });

  it('is completed by a fragment with credentials, media line and candidates', () => {
    const sdp = 'v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=ice-ufrag:u\r\na=ice-pwd:p\r\na=mid:0\r\n';
    const one =
      'a=ice-ufrag:u\r\na=ice-pwd:p\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\n' +
      'a=candidate:1 1 udp 1 10.0.0.1 5000 typ host\r\n';
    const candidates = ['candidate:1 1 udp 1 10.0.0.1 5000 typ host'];
    expect(sdpFragment(sdp, candidates, false)).toBe(one);
    expect(sdpFragment(sdp, candidates, true)).toBe(`${one}a=end-of-candidates\r\n`);
  });
});
