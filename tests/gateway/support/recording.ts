import { spawn } from 'node:child_process';
import { nalRole, nalType } from '../../../main/gateway/pictures/nal.ts';
import type { VideoCodec } from '../../../main/gateway/source.ts';

/** A short moving picture, coded once and played by many feeds. */
export interface Recording {
  readonly codec: VideoCodec;
  readonly fps: number;
  readonly units: readonly { readonly nals: readonly Buffer[]; readonly key: boolean }[];
}

/** Encodes a test picture with the system's ffmpeg. `keyEverySeconds` is the length of a group of pictures. */
export async function record(options: {
  seconds: number;
  fps?: number;
  keyEverySeconds?: number;
  size?: string;
  codec?: VideoCodec;
  bitrateKbps?: number;
}): Promise<Recording> {
  const { seconds, fps = 15, keyEverySeconds = 2, size = '320x240', codec = 'h264', bitrateKbps = 400 } = options;
  const rate = [`-b:v`, `${bitrateKbps}k`, '-maxrate', `${bitrateKbps}k`, '-bufsize', `${bitrateKbps}k`];
  const encoder =
    codec === 'h264'
      ? [
          '-c:v',
          'libx264',
          '-profile:v',
          'baseline',
          '-tune',
          'zerolatency',
          '-x264-params',
          'sliced-threads=0',
          '-g',
          String(fps * keyEverySeconds),
          '-f',
          'h264',
        ]
      : ['-c:v', 'libx265', '-x265-params', `log-level=none:bframes=0:keyint=${fps * keyEverySeconds}`, '-f', 'hevc'];
  const input = ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${fps}:duration=${seconds}`, '-pix_fmt', 'yuv420p'];
  const child = spawn(
    'ffmpeg',
    ['-loglevel', 'error', '-threads', '1', ...input, ...rate, '-preset', 'ultrafast', ...encoder, '-'],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const parts: Buffer[] = [];
  for await (const part of child.stdout) parts.push(Buffer.from(part));
  return { codec, fps, units: unitsOf(codec, Buffer.concat(parts)) };
}

/** Splits Annex B into pictures: each slice whose first macroblock (or segment) is the first begins one. */
export function unitsOf(codec: VideoCodec, bytes: Buffer): { nals: Buffer[]; key: boolean }[] {
  const units: { nals: Buffer[]; key: boolean }[] = [];
  let pending: Buffer[] = [];
  for (const nal of annexB(bytes)) {
    const role = nalRole(codec, nal);
    if (role !== 'slice' && role !== 'key') {
      pending.push(nal);
      continue;
    }
    const first = ((nal[codec === 'h264' ? 1 : 2] ?? 0) & 0x80) !== 0;
    const last = units.at(-1);
    if (first || last === undefined) units.push({ nals: [...pending, nal], key: role === 'key' });
    else last.nals.push(...pending, nal);
    pending = [];
  }
  return units.filter(({ nals }) => nals.some((nal) => nalType(codec, nal) < 32 || codec === 'h265'));
}

function annexB(bytes: Buffer): Buffer[] {
  const mark = Buffer.from([0, 0, 1]);
  const nals: Buffer[] = [];
  for (let at = bytes.indexOf(mark); at >= 0; ) {
    const next = bytes.indexOf(mark, at + 3);
    let end = next < 0 ? bytes.length : next;
    while (end > at + 3 && bytes[end - 1] === 0) end -= 1;
    nals.push(bytes.subarray(at + 3, end));
    at = next;
  }
  return nals;
}
