import fc from 'fast-check';
import { expect, test } from 'vitest';
import { baseUrl, controlUrl } from '../../main/protocols/rtsp/control-url.ts';
import { problemOf, RtspFailure } from '../../main/protocols/rtsp/rtsp-failure.ts';
import { pickVideoTrack } from '../../main/protocols/rtsp/sdp.ts';

function codeOf(sdp: string): string {
  try {
    pickVideoTrack(sdp);
    return 'taken';
  } catch (error) {
    return problemOf(error).code;
  }
}

test('a camera with sound and metadata gives its video', () => {
  const track = pickVideoTrack(
    [
      'v=0\r\no=- 1 1 IN IP4 10.0.0.9\r\ns=Media\r\nt=0 0\r\na=control:*',
      'm=audio 0 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\na=control:trackID=2',
      'm=video 0 RTP/AVP 96\r\nb=AS:4096\r\na=rtpmap:96 H264/90000\r\na=control:trackID=1',
      'a=fmtp:96 packetization-mode=1; profile-level-id=42001F; sprop-parameter-sets=Z0IAHpWoKA9k,aM48gA==; x=1',
      'm=application 0 RTP/AVP 107\r\na=rtpmap:107 vnd.onvif.metadata/90000\r\na=control:trackID=3\r\n',
    ].join('\r\n'),
  );
  expect(track).toMatchObject({ codec: 'h264', payloadType: 96, control: 'trackID=1', sessionControl: '*' });
  expect(track.parameterSets.map((set) => set.toString('base64'))).toEqual(['Z0IAHpWoKA9k', 'aM48gA==']);
});

test('H.265 gives its three parameter sets in their order, wherever they stand', () => {
  const track = pickVideoTrack(
    'v=0\nm=video 554 RTP/AVP/TCP 98\na=RTPMAP:98 h265/90000\na=fmtp:98 sprop-pps=RAHBcrRiQA==;sprop-vps=QAEMAf//AWA=; sprop-sps=QgEBAWAAAAM=\n',
  );
  expect(track).toMatchObject({ codec: 'h265', payloadType: 98, control: null });
  expect(track.parameterSets.map((set) => ((set[0] ?? 0) >> 1) & 0x3f)).toEqual([32, 33, 34]);
});

test('of several formats and several videos the first of use is taken', () => {
  const track = pickVideoTrack(
    'v=0\nm=video 0 RTP/AVP 26\na=control:jpeg\nm=video 0 RTP/SAVP 99\na=rtpmap:99 H264/90000\nm=video 0 RTP/AVP 97 100\na=rtpmap:97 MP4V-ES/90000\na=rtpmap:100 H264/90000\na=control:good\nm=video 0 RTP/AVP 96\na=rtpmap:96 H265/90000\n',
  );
  expect(track).toMatchObject({ codec: 'h264', payloadType: 100, control: 'good' });
});

test('missing or broken parameter sets do not matter', () => {
  for (const fmtp of [
    '',
    'a=fmtp:96',
    'a=fmtp:96 sprop-parameter-sets=',
    'a=fmtp:96 sprop-parameter-sets=,%%,',
    'a=fmtp:96 ;;=;',
  ]) {
    expect(pickVideoTrack(`v=0\nm=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\n${fmtp}`).parameterSets).toEqual([]);
  }
});

test('without H.264 and H.265 JPEG is taken, by its fixed number or by name, and only without it MPEG-4', () => {
  const mpeg4 = 'm=video 0 RTP/AVP 97\na=rtpmap:97 MP4V-ES/90000\na=fmtp:97 profile-level-id=1; config=000001B001 \n';
  const fixed = pickVideoTrack(`v=0\n${mpeg4}m=video 0 RTP/AVP 26\na=framesize:26 2592-1944\na=control:j\n`);
  expect(fixed).toMatchObject({ codec: 'jpeg', payloadType: 26, control: 'j', size: { width: 2592, height: 1944 } });
  const named = pickVideoTrack('v=0\nm=video 0 RTP/AVP 98\na=rtpmap:98 JPEG/90000\na=x-dimensions:2560,1440\n');
  expect(named).toMatchObject({ codec: 'jpeg', payloadType: 98, size: { width: 2560, height: 1440 } });
  expect(pickVideoTrack('v=0\nm=video 0 RTP/AVP 26\na=framesize:97 1-1\n').size).toBeNull();
  const last = pickVideoTrack(`v=0\n${mpeg4}`);
  expect(last).toMatchObject({ codec: 'mpeg4', payloadType: 97, parameterSets: [Buffer.from('000001b001', 'hex')] });
  for (const config of ['', 'config=', 'config=0', 'config=xx', 'config']) {
    const broken = pickVideoTrack(`v=0\nm=video 0 RTP/AVP 97\na=rtpmap:97 mp4v-es/90000\na=fmtp:97 ${config}\n`);
    expect(broken.parameterSets).toEqual([]);
  }
});

test('a description without video we know is another codec, and none at all is no protocol', () => {
  expect(codeOf('v=0\nm=video 0 RTP/AVP 32\n')).toBe('codec-unsupported');
  expect(codeOf('v=0\nm=video 0 RTP/AVP 26\na=rtpmap:26 other/90000\n')).toBe('codec-unsupported');
  expect(codeOf('v=0\nm=audio 0 RTP/AVP 0\n')).toBe('codec-unsupported');
  expect(codeOf('v=0\nm=video 0 RTP/AVP 300 x\na=rtpmap:300 H264/90000\n')).toBe('codec-unsupported');
  expect(codeOf('v=0\nm=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\na=fmtp:96 packetization-mode=2\n')).toBe('codec-unsupported');
  expect(codeOf('')).toBe('camera-protocol');
  expect(codeOf('<html>not found</html>')).toBe('camera-protocol');
});

test('random text gives a track or a clear failure', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '\r\n',
      'm=video 0 RTP/AVP 96\n',
      'a=rtpmap:96 H264/90000\n',
      'a=fmtp:96 ',
      'm=',
      'a=',
      'a=control:',
      ';',
      '=',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      try {
        expect(pickVideoTrack(pieces.join('')).payloadType).toBe(96);
      } catch (error) {
        expect(error).toBeInstanceOf(RtspFailure);
      }
    }),
  );
});

test.each([
  ['rtsp://c/live/', 'trackID=1', 'rtsp://c/live/trackID=1'],
  ['rtsp://c/live', 'trackID=1', 'rtsp://c/live/trackID=1'],
  ['rtsp://c/live/', '/trackID=1', 'rtsp://c/live/trackID=1'],
  ['rtsp://c/cam?channel=1&subtype=0', 'trackID=0', 'rtsp://c/cam?channel=1&subtype=0/trackID=0'],
  ['rtsp://c/live', '?track=1', 'rtsp://c/live?track=1'],
  ['rtsp://c/live', 'RTSP://10.1.1.1/live/video', 'RTSP://10.1.1.1/live/video'],
  ['rtsp://c/live', '*', 'rtsp://c/live'],
  ['rtsp://c/live', '', 'rtsp://c/live'],
  ['rtsp://c/live', null, 'rtsp://c/live'],
])('%s with control %s is %s', (base, control, url) => {
  expect(controlUrl(base, control)).toBe(url);
});

test('the base is Content-Base, else Content-Location, else the address that was asked', () => {
  const base = (headers: Record<string, string>) =>
    baseUrl(
      {
        kind: 'response',
        status: 200,
        body: Buffer.alloc(0),
        headers: new Map(Object.entries(headers).map(([name, value]) => [name, [value]])),
      },
      'rtsp://asked/',
    );
  expect(base({ 'content-base': 'rtsp://base/', 'content-location': 'rtsp://location/' })).toBe('rtsp://base/');
  expect(base({ 'content-location': 'rtsp://location/' })).toBe('rtsp://location/');
  expect(base({ 'content-base': '', 'content-location': '/relative' })).toBe('rtsp://asked/');
});
