import { execFile, spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGunzip } from 'node:zlib';
import { outDir } from '../../../build/paths.ts';
import type { ForeignCodec, VideoCodec } from '../../../main/gateway/source.ts';

export const footageFps = 10;
export const footageSize = { width: 768, height: 576 } as const;

/** Encoding takes longer than a test may: a bound on a hang, for what awaits the footage before its tests. */
export const footageLimitMs = 180_000;

export type FootageCodec = VideoCodec | ForeignCodec;

/** One key picture a second, nothing out of order, and something in front of every picture at which the server can cut. */
const encoders: Readonly<Record<FootageCodec, readonly string[]>> = {
  h264: ['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'baseline', '-x264-params', params('sliced-threads=0')],
  // Its encoder is slow, and no tile shows it.
  h265: ['-t', '30', '-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', params('open-gop=0:log-level=error')],
  // RTP carries no Huffman tables: only the standard ones can be played.
  jpeg: ['-c:v', 'mjpeg', '-q:v', '6', '-huffman', 'default', '-pix_fmt', 'yuvj420p'],
  mpeg4: ['-c:v', 'mpeg4', '-b:v', '1500k', '-g', String(footageFps), '-bf', '0'],
};

const rawFormats: Readonly<Record<FootageCodec, string>> = { h264: 'h264', h265: 'hevc', jpeg: 'mjpeg', mpeg4: 'm4v' };

function params(more: string): string {
  return `keyint=${footageFps}:min-keyint=${footageFps}:scenecut=0:bframes=0:repeat-headers=1:aud=1:${more}`;
}

/**
 * The path of real surveillance footage (vtest.avi of Debian's opencv-doc: 768×576, 10 fps, 79 s, of H.265 the first 30) as a raw stream (Annex B
 * for H.264 and H.265, one picture after another for the others).
 * It is encoded once and kept in `out/`.
 */
export async function footageFile(codec: FootageCodec): Promise<string> {
  const folder = join(outDir, 'real-footage-1');
  const file = join(folder, `vtest.${codec}`);
  if (await exists(file)) return file;
  await mkdir(folder, { recursive: true });
  const work = await mkdtemp(join(folder, 'encoding-'));
  try {
    const encoded = join(work, `vtest.${codec}`);
    await encode(await originalFile(), encoded, codec);
    // Renamed when it is whole: another test run may be looking for it.
    await rename(encoded, file);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return file;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function originalFile(): Promise<string> {
  const { stdout } = await promisify(execFile)('dpkg', ['-L', 'opencv-doc']);
  const file = stdout.split('\n').find((line) => /\/vtest\.avi(\.gz)?$/.test(line));
  if (file === undefined) throw new Error('opencv-doc has no vtest.avi');
  return file;
}

async function encode(from: string, to: string, codec: FootageCodec): Promise<void> {
  const output = ['-an', '-pix_fmt', 'yuv420p', '-r', String(footageFps), ...encoders[codec], '-f', rawFormats[codec], to];
  const child = spawn('ffmpeg', ['-nostdin', '-hide_banner', '-loglevel', 'error', '-f', 'avi', '-i', 'pipe:0', ...output], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const words: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => words.push(chunk));
  const done = new Promise<number | null>((resolve, reject) => child.once('close', resolve).once('error', reject));
  const input = from.endsWith('.gz') ? [createReadStream(from), createGunzip()] : [createReadStream(from)];
  // ffmpeg may close the pipe behind the last picture; its exit code tells whether that was the end.
  const [code] = await Promise.all([done, pipeline([...input, child.stdin]).catch(() => {})]);
  if (code !== 0) throw new Error(`ffmpeg failed: ${Buffer.concat(words).toString().slice(0, 500)}`);
}
