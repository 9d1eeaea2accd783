import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { createPictureTimetable } from '../../main/gateway/ffmpeg/picture-times.ts';
import { createPictureTranscoder, transcoderBounds } from '../../main/gateway/ffmpeg/picture-transcoder.ts';
import type { AccessUnit, SourceProblem } from '../../main/gateway/source.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { until } from '../support/until.ts';

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function open(codec: 'jpeg' | 'mpeg4', ffmpegPath: string | null = 'ffmpeg') {
  const units: AccessUnit[] = [];
  const ends: SourceProblem[] = [];
  const transcoder = createPictureTranscoder({ ffmpegPath, clock: systemClock })(codec, {
    onOpen() {},
    onUnit: (unit) => units.push(unit),
    onEnd: (problem) => ends.push(problem),
  });
  cleanups.push(() => transcoder.close());
  const push = (bytes: Buffer, at: number, key = true, layout = 'one') =>
    transcoder.push({ bytes, key, layout, rtpTimestamp: (at * 9_000) >>> 0, captureUtcMs: 1_000 * at });
  return { transcoder, units, ends, push };
}

/** A picture as ffmpeg draws one. */
async function jpeg(size: string): Promise<Buffer> {
  const args = ['-v', 'error', '-f', 'lavfi', '-i', `testsrc2=s=${size}`, '-frames:v', '1', '-f', 'mjpeg', '-'];
  const { stdout } = await promisify(execFile)('ffmpeg', args, { encoding: 'buffer' });
  return stdout;
}

/** A program in ffmpeg's place that never reads what it is given. */
async function deafProgram(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'deedban-deaf-'));
  cleanups.push(() => rm(folder, { recursive: true }));
  const file = join(folder, 'ffmpeg');
  await writeFile(file, '#!/bin/sh\nexec sleep 60\n');
  await chmod(file, 0o755);
  return file;
}

test('each picture comes out at once, before the next goes in, with its own times', async () => {
  const picture = await jpeg('321x240');
  const { units, ends, push } = open('jpeg');
  for (let at = 0; at < 5; at += 1) {
    push(picture, at);
    await until(`picture ${at} is out`, () => units.length > at || ends.length > 0);
  }
  expect(ends).toEqual([]);
  expect(units.map(({ rtpTimestamp, captureUtcMs }) => [rtpTimestamp, captureUtcMs])).toEqual(
    [0, 1, 2, 3, 4].map((at) => [at * 9_000, at * 1_000]),
  );
  expect(units[0]?.key).toBe(true);
});

test('pictures that cannot be decoded do not shift the times of the others, nor end the source', async () => {
  const picture = await jpeg('320x240');
  const { units, ends, push } = open('jpeg');
  for (let at = 0; at < 4; at += 1) push(Buffer.alloc(600, at + 1), at);
  await until('ffmpeg has taken them', () => {
    push(picture, 4 + units.length);
    return units.length >= 3 || ends.length > 0;
  });
  expect(ends).toEqual([]);
  for (const { rtpTimestamp, captureUtcMs } of units) expect(captureUtcMs).toBe((rtpTimestamp / 9_000) * 1_000);
  expect(units[0]?.rtpTimestamp).toBeGreaterThanOrEqual(4 * 9_000);
});

test.each(['jpeg', 'mpeg4'] as const)(
  'an encoder that does not read leaves whole pictures of %s out, and few wait',
  async (codec) => {
    const { transcoder, push } = open(codec, await deafProgram());
    for (let at = 0; at < 100; at += 1) push(Buffer.alloc(1024 * 1024, 1), at);
    expect(100 - transcoder.dropped()).toBeLessThanOrEqual(transcoderBounds.waitingPictures[codec]);
    expect(100 - transcoder.dropped()).toBeGreaterThan(0);
  },
);

test('after a picture of MPEG-4 was left out, nothing goes in before the next key picture', async () => {
  const { transcoder, push } = open('mpeg4', await deafProgram());
  const small = Buffer.alloc(10);
  push(small, 0, false);
  expect(transcoder.dropped()).toBe(1);
  push(small, 1, true);
  push(small, 2, false);
  expect(transcoder.dropped()).toBe(1);
  push(Buffer.alloc(transcoderBounds.waitingBytes), 3, false);
  expect(transcoder.dropped()).toBe(2);
  push(small, 4, false);
  expect(transcoder.dropped()).toBe(3);
  push(small, 5, true);
  push(small, 6, false);
  expect(transcoder.dropped()).toBe(3);
});

test('another size ends it, so that nobody sees a part for the whole', async () => {
  const { units, ends, push } = open('jpeg');
  push(await jpeg('320x240'), 0, true, 'small');
  await until('the first is out', () => units.length === 1);
  push(await jpeg('640x480'), 1, true, 'large');
  push(await jpeg('640x480'), 2, true, 'large');
  expect(ends.map(({ code }) => code)).toEqual(['camera-protocol']);
  expect(units).toHaveLength(1);
});

test('without ffmpeg it ends as a missing encoder, after it was opened', async () => {
  for (const path of [null, '/nowhere/ffmpeg']) {
    const { ends, push } = open('jpeg', path);
    push(Buffer.alloc(10), 0);
    expect(ends).toEqual([]);
    await until('it ended', () => ends.length > 0);
    expect(ends.map(({ code }) => code)).toEqual(['encoder-missing']);
  }
});

test('after closing nothing is said any more', async () => {
  const picture = await jpeg('320x240');
  const { transcoder, units, ends, push } = open('jpeg');
  push(picture, 0);
  await until('one is out', () => units.length === 1);
  push(picture, 1);
  transcoder.close();
  transcoder.close();
  push(picture, 2);
  const other = open('jpeg');
  other.push(picture, 0);
  await until('another one works', () => other.units.length === 1);
  expect([units.length, ends]).toEqual([1, []]);
});

test('times that went in come out again, whatever was lost on the way and however the camera’s clock leaps', () => {
  const step = fc.oneof(fc.constantFrom(0, 1, 3_600, 9_000, 2 ** 31, 2 ** 32 - 9_000), fc.nat(2 ** 32 - 1));
  const picture = fc.record({ step, lost: fc.boolean() });
  fc.assert(
    fc.property(fc.array(picture, { maxLength: 200 }), fc.nat(2 ** 32 - 1), (pictures, start) => {
      const timetable = createPictureTimetable();
      let rtpTimestamp = start;
      let lastMs = -1;
      for (const [at, { step: ticks, lost }] of pictures.entries()) {
        rtpTimestamp = (rtpTimestamp + ticks) % 2 ** 32;
        const ms = timetable.enter({ rtpTimestamp, captureUtcMs: at });
        expect(ms).toBeGreaterThan(lastMs);
        lastMs = ms;
        if (!lost) expect(timetable.leave(ms % 2 ** 31)).toEqual({ rtpTimestamp, captureUtcMs: at });
      }
    }),
  );
});

test('an even rate keeps its pace to the millisecond over an hour, and the count of FLV may wrap', () => {
  const timetable = createPictureTimetable();
  const first = timetable.enter({ rtpTimestamp: 0, captureUtcMs: null });
  let last = first;
  // 30 pictures a second, less a thousandth.
  for (let at = 1; at <= 107_892; at += 1) last = timetable.enter({ rtpTimestamp: (at * 3_003) % 2 ** 32, captureUtcMs: at });
  expect(last).toBe(3_599_996);
  expect(timetable.leave(last).captureUtcMs).toBe(107_892);
});
