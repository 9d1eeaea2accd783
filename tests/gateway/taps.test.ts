import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { nalRole, nalType } from '../../main/gateway/pictures/nal.ts';
import type { AccessUnit, VideoCodec } from '../../main/gateway/source.ts';
import { h265Size } from '../../main/gateway/taps/h265-size.ts';
import { createLineRing, keptMs, type LineRing, ringBounds } from '../../main/gateway/taps/line-ring.ts';
import { runTap } from '../../main/gateway/taps/tap.ts';
import { type Recording, record, unitsOf } from './support/recording.ts';

const run = promisify(execFile);
let footage: Recording;
let plain: Recording;
beforeAll(async () => {
  [footage, plain] = await Promise.all([record({ seconds: 4, codec: 'h265' }), record({ seconds: 4, size: '322x242' })]);
});

/** The pictures of the footage, as a source gives them, so many milliseconds apart. */
const units = ({ codec, units, fps } = footage): AccessUnit[] =>
  units.map(({ nals, key }, place) => ({
    ...{ codec, nals: nals.map((nal) => Buffer.from(nal)), key, captureUtcMs: null },
    rtpTimestamp: (2 ** 32 - 9_000 + Math.round((place * 90_000) / fps)) % 2 ** 32,
  }));
const atUtcMs = (place: number) => 1_000_000 + (place * 1_000) / footage.fps;
const fill = (ring: LineRing, forMs: number = keptMs.hidden) =>
  units().forEach((unit, place) => ring.take(unit, atUtcMs(place), forMs));
const slices = (nals: readonly Uint8Array[], codec: VideoCodec = 'h265') =>
  nals.map((nal) => Buffer.from(nal)).filter((nal) => ['key', 'slice'].includes(nalRole(codec, nal)));

/** The clips of a tap, until it has nothing more to give. */
async function tapped(ring: LineRing, fromUtcMs: number): Promise<{ file: Buffer; firstUtcMs: number; endMs: number }[]> {
  const clips = new Map<string, { file: Buffer; firstUtcMs: number; endMs: number }>();
  const ended: string[] = [];
  const listen: Parameters<typeof runTap>[2] = async (news, bytes) => {
    if (news.t === 'end') ended.push(news.clip);
    if (news.t !== 'piece') return;
    const { firstUtcMs, endMs } = news;
    clips.set(news.clip, {
      file: Buffer.concat([clips.get(news.clip)?.file ?? Buffer.alloc(0), bytes ?? Buffer.alloc(0)]),
      ...{ firstUtcMs, endMs },
    });
  };
  await runTap(ring, fromUtcMs, listen, AbortSignal.abort());
  expect(ended).toEqual([...clips.keys()]);
  return [...clips.values()];
}

/** What another program says of a clip, and the parts of pictures that it takes out of it. */
async function read(file: Buffer, codec: VideoCodec = 'h265'): Promise<{ about: string; slices: Buffer[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'deedban-tap-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'clip.mp4');
  await writeFile(path, file);
  const about = await run('ffprobe', [
    '-v',
    'error',
    '-show_entries',
    'stream=codec_name,codec_tag_string,width,height',
    '-of',
    'csv=p=0',
    path,
  ]);
  const { stdout } = await run(
    'ffmpeg',
    ['-v', 'error', '-i', path, '-c', 'copy', '-f', codec === 'h265' ? 'hevc' : 'h264', '-'],
    {
      encoding: 'buffer',
      maxBuffer: 2 ** 26,
    },
  );
  return {
    about: about.stdout.trim(),
    slices: slices(
      unitsOf(codec, stdout).flatMap(({ nals }) => nals),
      codec,
    ),
  };
}

describe('what no window decodes', () => {
  it('is kept by the gateway, and comes out as a clip with every picture as the camera sent it', async () => {
    const ring = createLineRing({ usedBytes: 0 });
    ring.begin('h265', []);
    fill(ring);
    const clips = await tapped(ring, 0);
    expect(clips).toHaveLength(1);
    const [clip] = clips;
    const found = await read(clip?.file ?? Buffer.alloc(0));
    const sps = footage.units[0]?.nals.find((nal) => nalType('h265', Buffer.from(nal)) === 33);
    const size = h265Size(sps ?? new Uint8Array());
    expect(found.about).toBe(`hevc,hvc1,${size?.width},${size?.height}`);
    expect(found.slices).toEqual(slices(footage.units.flatMap(({ nals }) => nals)));
    expect(clip).toMatchObject({ firstUtcMs: atUtcMs(0), endMs: expect.closeTo(4_000, 0) });
  });

  it('begins with the key picture that the wanted moment needs', async () => {
    const ring = createLineRing({ usedBytes: 0 });
    ring.begin('h265', []);
    fill(ring);
    const keys = footage.units.flatMap(({ key }, place) => (key ? [place] : []));
    const second = keys[1] ?? 0;
    expect(second).toBeGreaterThan(0);
    expect(await tapped(ring, atUtcMs(second) + 1)).toMatchObject([{ firstUtcMs: atUtcMs(second) }]);
    expect(await tapped(ring, atUtcMs(second) - 1)).toMatchObject([{ firstUtcMs: atUtcMs(keys[0] ?? 0) }]);
  });

  it('is another clip where the source was opened anew, or a window had the pictures meanwhile', async () => {
    const ring = createLineRing({ usedBytes: 0 });
    ring.begin('h265', []);
    const all = units();
    const second = all.findIndex(({ key }, place) => place > 0 && key);
    all.slice(0, second + 3).forEach((unit, place) => ring.take(unit, atUtcMs(place), place === 2 ? keptMs.none : keptMs.hidden));
    // From the third picture on nothing can be shown until the next key picture.
    expect((await tapped(ring, 0)).map(({ firstUtcMs }) => firstUtcMs)).toEqual([atUtcMs(0), atUtcMs(second)]);
    ring.begin('h265', []);
    all.slice(0, 3).forEach((unit, place) => ring.take(unit, atUtcMs(1_000 + place), keptMs.hidden));
    expect((await tapped(ring, 0)).at(-1)).toMatchObject({ firstUtcMs: atUtcMs(1_000) });
  });

  it('of H.264 is the present group alone, until a tap takes it: then everything from that group on', async () => {
    const room = { usedBytes: 0 };
    const ring = createLineRing(room);
    ring.begin('h264', []);
    const all = units(plain);
    const second = all.findIndex(({ key }, place) => place > 0 && key);
    all.slice(0, second + 3).forEach((unit, place) => ring.take(unit, atUtcMs(place), keptMs.none));
    expect([room.usedBytes, ring.after({ momentUtcMs: 0 })]).toEqual([0, null]);
    all.slice(second + 3).forEach((unit, place) => ring.take(unit, atUtcMs(second + 3 + place), keptMs.tapped));
    const [clip, ...more] = await tapped(ring, 0);
    expect(more).toEqual([]);
    expect(clip?.firstUtcMs).toBe(atUtcMs(second));
    const found = await read(clip?.file ?? Buffer.alloc(0), 'h264');
    expect(found.about).toBe('h264,avc1,322,242');
    const sent = plain.units.slice(second).flatMap(({ nals }) => nals);
    expect(found.slices).toEqual(slices(sent, 'h264'));
    // The tap has ended, and windows view it: what it left goes with time.
    for (const unit of all.slice(0, 1)) ring.take(unit, atUtcMs(0) + keptMs.hidden * 2, keptMs.none);
    expect(room.usedBytes).toBe(0);
  });

  it('is bounded by its age, by its line and by all lines, and goes by whole groups', () => {
    const room = { usedBytes: 0 };
    const one = createLineRing(room);
    one.begin('h265', []);
    fill(one, 1_500);
    const oldest = one.after({ momentUtcMs: 0 });
    expect(oldest?.key).toBe(true);
    expect(oldest?.arrivedUtcMs).toBeGreaterThan(atUtcMs(0));
    const held = room.usedBytes;
    expect(held).toBeGreaterThan(0);
    const other = createLineRing(room, { ...ringBounds, allBytes: held });
    other.begin('h265', []);
    fill(other);
    expect(room.usedBytes).toBeLessThanOrEqual(held);
    expect(other.after({ momentUtcMs: 0 })).toBeNull();
    one.clear();
    expect(room.usedBytes).toBe(0);
  });
});
