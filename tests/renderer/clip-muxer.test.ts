import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { nalRole } from '../../main/gateway/pictures/nal.ts';
import type { VideoCodec } from '../../main/gateway/source.ts';
import { type ClipFragment, type CodedPicture, createClipMuxer } from '../../renderer/media/clip-muxer.ts';
import { type Recording, record, unitsOf } from '../gateway/support/recording.ts';
import { numberedFootage } from '../support/footage/numbered-footage.ts';

const run = promisify(execFile);
const startCode = Buffer.from([0, 0, 0, 1]);

/** As the tap sees them: Annex B, RTP time from an arbitrary moment, size and codec with key pictures only. */
function picturesOf(
  { units, fps, codec }: Recording,
  size = { width: 640, height: 360 },
  firstTick = 2 ** 32 - 9_000,
): CodedPicture[] {
  return units.map(({ nals, key }, place) => {
    const bytes = Buffer.concat(nals.flatMap((nal) => [startCode, nal]));
    return {
      data: new Uint8Array(bytes).buffer,
      rtpTimestamp: (firstTick + Math.round((place * 90_000) / fps)) % 2 ** 32,
      key: key ? { mimeType: codec === 'h264' ? 'video/H264' : 'video/H265', ...size } : null,
    };
  });
}

async function muxed(pictures: readonly CodedPicture[]): Promise<{ fragments: ClipFragment[]; file: Buffer; answers: string[] }> {
  const fragments: ClipFragment[] = [];
  const muxer = createClipMuxer((fragment) => fragments.push(fragment));
  const answers: string[] = [];
  for (const picture of pictures) answers.push(await muxer.add(picture));
  await muxer.finish();
  return { fragments, file: Buffer.concat(fragments.map(({ bytes }) => bytes)), answers };
}

async function written(file: Buffer): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'deedban-clip-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'clip.mp4');
  await writeFile(path, file);
  return path;
}

/** The NAL units with parts of pictures in a file, as another program takes them out. */
async function slicesIn(path: string, codec: VideoCodec): Promise<Buffer[]> {
  const format = codec === 'h264' ? 'h264' : 'hevc';
  const { stdout } = await run('ffmpeg', ['-loglevel', 'error', '-i', path, '-c', 'copy', '-f', format, '-'], {
    encoding: 'buffer',
    maxBuffer: 2 ** 26,
  });
  return slices(unitsOf(codec, stdout), codec);
}
const slices = (units: Recording['units'], codec: VideoCodec): Buffer[] =>
  units.flatMap(({ nals }) => nals).filter((nal) => ['key', 'slice'].includes(nalRole(codec, nal)));

describe('a clip', () => {
  let footage: Recording;
  beforeAll(async () => {
    footage = await numberedFootage(0);
  });

  it('holds every picture byte for byte, at its time, for another program', async () => {
    const { file, answers } = await muxed(picturesOf(footage));
    expect(new Set(answers)).toEqual(new Set(['taken']));
    const path = await written(file);
    expect(await slicesIn(path, 'h264')).toEqual(slices(footage.units, 'h264'));
    const asked = [
      '-v',
      'error',
      '-show_entries',
      'stream=codec_name,width,height,nb_read_frames:packet=pts_time',
      '-count_frames',
      '-of',
      'json',
      path,
    ];
    const told = JSON.parse((await run('ffprobe', asked)).stdout);
    expect(told.streams).toMatchObject([{ codec_name: 'h264', width: 640, height: 360, nb_read_frames: '300' }]);
    const times = told.packets.map(({ pts_time }: { pts_time: string }) => Number(pts_time));
    expect(times.every((time: number, place: number) => Math.abs(time - place / 15) < 0.001)).toBe(true);
  });

  it('can be cut off after any of its fragments and is still one, up to there', async () => {
    const { fragments } = await muxed(picturesOf(footage));
    expect(fragments.length).toBeGreaterThan(5);
    expect(fragments.at(-1)?.pictures).toBe(300);
    const some = fragments.slice(0, 4);
    const path = await written(Buffer.concat(some.map(({ bytes }) => bytes)));
    const kept = await slicesIn(path, 'h264');
    expect(kept.length).toBeGreaterThan(30);
    expect(kept).toEqual(slices(footage.units, 'h264').slice(0, kept.length));
    // A piece says of pictures, and of their length, what is in the file up to its end: not what is still on its way.
    expect(fragments[0]).toMatchObject({ pictures: 0, endMs: 0 });
    expect(kept.length).toBe(some.at(-1)?.pictures);
    expect(some.at(-1)?.endMs).toBeCloseTo((kept.length * 1_000) / 15, 0);
  });

  it('takes H.265 as well', async () => {
    const recording = await record({ seconds: 2, codec: 'h265' });
    const { file } = await muxed(picturesOf(recording, { width: 320, height: 240 }));
    expect(await slicesIn(await written(file), 'h265')).toEqual(slices(recording.units, 'h265'));
  });

  it('begins with a key picture, and ends where the pictures become others', async () => {
    const pictures = picturesOf(footage).slice(0, 40);
    const [key, second, third] = pictures;
    if (!key || !second || !third) throw new Error('no pictures');
    expect((await muxed([second, third, key, second])).answers).toEqual(['waiting', 'waiting', 'taken', 'taken']);
    expect((await muxed([key, third, second])).answers).toEqual(['taken', 'taken', 'other']);
    const larger = { ...pictures[30], key: { mimeType: 'video/H264', width: 1_280, height: 720 } };
    expect((await muxed([key, second, { ...third, ...larger, rtpTimestamp: third.rtpTimestamp }])).answers.at(-1)).toBe('other');
    expect((await muxed([])).file.length).toBe(0);
    expect((await muxed([second])).file.length).toBe(0);
  });

  it('of one picture is one too', async () => {
    const { file } = await muxed(picturesOf(footage).slice(0, 1));
    expect(await slicesIn(await written(file), 'h264')).toHaveLength(1);
  });
});
