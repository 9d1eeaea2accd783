import { afterEach, beforeAll, expect, test } from 'vitest';
import { createPictureTranscoder } from '../../main/gateway/ffmpeg/picture-transcoder.ts';
import { nalRole } from '../../main/gateway/pictures/nal.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { footageFile, footageLimitMs } from '../support/rtsp/footage.ts';
import { startGstRtspServer } from '../support/rtsp/gst-rtsp-server.ts';
import { recordSource, until } from '../support/rtsp/recorded-source.ts';

beforeAll(() => Promise.all([footageFile('jpeg'), footageFile('mpeg4')]), footageLimitMs);

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function open(codec: 'jpeg' | 'mpeg4', ffmpegPath: string | null) {
  const server = await startGstRtspServer({ codec });
  cleanups.push(() => server.kill());
  const transcode = createPictureTranscoder({ ffmpegPath, clock: systemClock });
  const recorded = recordSource(systemClock, server.url, null, transcode);
  cleanups.push(() => recorded.source.close());
  return { ...recorded, server };
}

test.each(['jpeg', 'mpeg4'] as const)(
  'real footage in %s comes out as H.264, one picture for each or counted as left out, with the times of the camera',
  async (codec) => {
    const { source, opens, units, ends, droppedPictures, server } = await open(codec, 'ffmpeg');
    await until(() => units.length >= 25 || ends.length > 0);
    await until(() => typeof units.at(-1)?.captureUtcMs === 'number' || ends.length > 0);
    expect(ends).toEqual([]);
    expect(opens.map((facts) => [facts.codec, facts.encodedFrom])).toEqual([['h264', codec]]);
    expect(units[0]?.key).toBe(true);
    expect(units.every(({ nals }) => nals.some((nal) => ['key', 'slice'].includes(nalRole('h264', nal))))).toBe(true);
    // 10 pictures a second are 9,000 ticks of 90 kHz from each to the next.
    const steps = units.slice(1).map(({ rtpTimestamp }, index) => (rtpTimestamp - (units[index]?.rtpTimestamp ?? 0)) | 0);
    expect(steps.filter((step) => step <= 0 || step % 9_000 !== 0)).toEqual([]);
    const missing = steps.reduce((sum, step) => sum + step / 9_000 - 1, 0);
    // Server and client share a clock here; a wrong epoch or a wrong unit is off by far more than a busy machine.
    expect(Math.abs((units.at(-1)?.captureUtcMs ?? 0) - Date.now())).toBeLessThan(10_000);
    source.close();
    await server.happened('teardown', 1);
    expect(server.count('connected')).toBe(1);
    // An encoder on a busy machine leaves pictures out; none is missing that was not counted as left out.
    expect(missing).toBeLessThanOrEqual(droppedPictures());
  },
);

test('without ffmpeg such a camera is a missing encoder', async () => {
  const { ends, opens } = await open('jpeg', null);
  await until(() => ends.length > 0);
  expect(ends.map(({ code }) => code)).toEqual(['encoder-missing']);
  expect(opens).toEqual([]);
});
