import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ClipCopier } from '../ports/clip-copier.ts';

/** The largest copy there may be, in bytes: some hours of a good picture. */
const copyMaxBytes = 8 * 1024 ** 3;
const errorMost = 500;

/** One picture out for each one in, with the times that went in; no sound, and a title for whoever finds the file alone. */
const copyArguments = (to: string): string[] => [
  ...['-nostdin', '-v', 'error', '-protocol_whitelist', 'pipe', '-f', 'mov', '-i', 'pipe:0', '-map', '0:v:0', '-an'],
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', '-pix_fmt', 'yuv420p', '-threads', '1', '-fps_mode', 'passthrough'],
  // H.264 with 4:2:0 needs even sides; a few cameras crop to odd ones.
  ...['-vf', 'scale=trunc(iw/2)*2:trunc(ih/2)*2'],
  ...['-metadata', 'title=Transcoded copy, not the master', '-movflags', '+faststart'],
  ...['-fs', String(copyMaxBytes), '-f', 'mp4', to],
];

/** Copies made by an ffmpeg child that reads a pipe and writes one file in `folder`, at the lowest priority: the wall comes first. */
export function createFfmpegClipCopier(ffmpegPath: string, folder: string): ClipCopier {
  return {
    async copy(content, signal) {
      signal.throwIfAborted();
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const own = await mkdtemp(join(folder, 'copy-'));
      const discard = () => rm(own, { recursive: true, force: true });
      const path = join(own, 'copy.mp4');
      try {
        await encode(ffmpegPath, copyArguments(path), content, signal);
        const { size } = await stat(path);
        return { sizeBytes: size, read: () => createReadStream(path), discard };
      } catch (error) {
        await discard();
        signal.throwIfAborted();
        throw error;
      }
    },
  };
}

/** Removes copies that a main which died left. Never rejects. */
export async function sweepClipCopies(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true }).catch(() => {});
}

async function encode(
  ffmpegPath: string,
  words: readonly string[],
  content: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  const child = spawn(ffmpegPath, words, { stdio: ['pipe', 'ignore', 'pipe'] });
  const stop = () => void child.kill('SIGKILL');
  signal.addEventListener('abort', stop, { once: true });
  let said = '';
  child.stderr.on('data', (text: Buffer) => {
    said = (said + text.toString()).slice(-errorMost);
  });
  const ended = once(child, 'close');
  // Heard below, wherever it fails first.
  ended.catch(() => {});
  try {
    if (child.pid !== undefined) lowerPriority(child.pid);
    // Where ffmpeg ends before it has read everything, its exit code says whether that was an error.
    const given = pipeline(Readable.from(content), child.stdin).catch((error: unknown) => {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      if (code !== 'EPIPE' && code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
    });
    given.catch(() => {});
    // Nor is content waited for that does not come.
    await Promise.race([given, ended]);
    const [code] = await ended;
    if (code !== 0) throw new Error(`ffmpeg made no copy (${String(code)}): ${said.trim()}`);
  } finally {
    signal.removeEventListener('abort', stop);
    if (child.exitCode === null && child.signalCode === null) stop();
    await ended.catch(() => {});
  }
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already, or this system lets nobody.
  }
}
