import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type ContentSays, contentSays } from '../../core/streams/content-clock.ts';
import { createFrameTap } from '../../renderer/media/frame-tap.ts';
import { unitsOf } from '../gateway/support/recording.ts';

const fps = 15;
const mimeType = 'video/H264';
const startCode = Buffer.from([0, 0, 0, 1]);

interface Coded {
  readonly bytes: ArrayBuffer;
  readonly key: boolean;
}

/** A minute of a scene in which nothing moves, with a sensor's noise of this strength in it, as an encoder makes it: a key picture each two seconds. */
async function stillScene(noise: number, kbps: number): Promise<Coded[]> {
  const seconds = 60;
  const source = `testsrc2=size=320x240:rate=${fps},trim=end_frame=1,loop=loop=${seconds * fps - 1}:size=1`;
  const { stdout } = await promisify(execFile)(
    'ffmpeg',
    [
      ...['-nostdin', '-loglevel', 'error', '-f', 'lavfi', '-i', noise === 0 ? source : `${source},noise=alls=${noise}:allf=t`],
      ...[
        '-frames:v',
        `${seconds * fps}`,
        '-pix_fmt',
        'yuv420p',
        '-c:v',
        'libx264',
        '-preset',
        'ultrafast',
        '-profile:v',
        'baseline',
      ],
      ...['-b:v', `${kbps}k`, '-maxrate', `${kbps}k`, '-bufsize', `${kbps}k`],
      ...['-x264-params', `keyint=${2 * fps}:min-keyint=${2 * fps}:scenecut=0:sliced-threads=0`, '-f', 'h264', '-'],
    ],
    { encoding: 'buffer', maxBuffer: 64 * 1_024 * 1_024 },
  );
  return unitsOf('h264', stdout).map(({ nals, key }) => ({
    bytes: Uint8Array.from(Buffer.concat(nals.flatMap((nal) => [startCode, nal]))).buffer,
    key,
  }));
}

/** What is said of the content of these pictures, one after the other at their pace; each change once. */
function saidOf(pictures: Iterable<Coded>, tap = createFrameTap(), fromMs = 0): { said: ContentSays[]; endMs: number } {
  const said: ContentSays[] = [];
  let atMs = fromMs;
  for (const { bytes, key } of pictures) {
    tap.see(bytes, key ? { rtpTimestamp: (atMs * 90) >>> 0, mimeType } : null, atMs);
    const says = contentSays(tap.facts());
    if (says !== said.at(-1)) said.push(says);
    atMs += 1_000 / fps;
  }
  return { said, endMs: atMs };
}

function* repeated(pictures: readonly Coded[], rounds: number): Generator<Coded> {
  for (let round = 0; round < rounds; round += 1) yield* pictures;
}

describe('a recorded still scene', () => {
  // Its minute comes again sixty times: far more groups lie between than any loop is remembered by.
  it.each([1, 3])('gives no alarm in an hour, with a noise of %d', { timeout: 60_000 }, async (noise) => {
    const minute = await stillScene(noise, 200);
    expect(minute).toHaveLength(60 * fps);
    expect(saidOf(repeated(minute, 60)).said).toEqual(['changes']);
  });

  it('without any noise is unchanged, although its encoder took some seconds to find its rate, and never frozen', async () => {
    const minute = await stillScene(0, 400);
    const { said } = saidOf(minute);
    expect(said.at(-1)).toBe('unchanged');
    expect(said).not.toContain('frozen');
    expect(said).not.toContain('slate');
  });

  it('of an encoder that sends nothing but one key picture is unchanged too', async () => {
    const [key] = await stillScene(0, 400);
    expect(key?.key).toBe(true);
    expect(saidOf(repeated(key ? [key] : [], 60 * fps)).said).toEqual(['changes', 'unchanged']);
  });

  it('that freezes is frozen within two groups, and changes again with its first new key picture', async () => {
    const minute = await stillScene(1, 200);
    // What an encoder makes that is given the same picture again and again.
    const group = (await stillScene(0, 400)).slice(-2 * fps);
    const tap = createFrameTap();
    const before = saidOf(minute, tap);
    const frozen = saidOf(repeated(group, 2), tap, before.endMs);
    expect(frozen.said.at(-1)).toBe('frozen');
    expect(saidOf(minute.slice(0, 1), tap, frozen.endMs).said).toEqual(['changes']);
  });
});
