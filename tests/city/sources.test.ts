import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StreamAddress } from '../../core/cameras/camera.ts';
import { createFfmpegSources } from '../../main/gateway/ffmpeg/ffmpeg-sources.ts';
import { resolveFfmpeg } from '../../main/gateway/ffmpeg/resolve-ffmpeg.ts';
import type { AccessUnit, OpenSource, Source, SourceProblem } from '../../main/gateway/source.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { until } from '../support/until.ts';

const folder = mkdtempSync(join(tmpdir(), 'deedban-city-'));
const found = await resolveFfmpeg();
const ffmpegPath = found?.path ?? null;
const sources = createFfmpegSources({ ffmpegPath, clock: systemClock });
const none = createFfmpegSources({ ffmpegPath: null, clock: systemClock });

beforeAll(() => {
  const make = (...args: string[]) =>
    spawnSync(ffmpegPath ?? 'ffmpeg', ['-loglevel', 'error', '-f', 'lavfi', '-i', 'testsrc=s=320x240:r=25:d=1', ...args]);
  make('-c:v', 'libx264', '-bf', '0', '-g', '25', '-pix_fmt', 'yuv420p', join(folder, 'plain.mp4'));
  make('-c:v', 'libx264', '-bf', '2', '-g', '25', '-pix_fmt', 'yuv420p', join(folder, 'b-frames.mp4'));
  make('-c:v', 'mpeg4', join(folder, 'old.avi'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Watched {
  readonly source: Source;
  readonly units: AccessUnit[];
  readonly ends: SourceProblem[];
  readonly said: string[];
}

function watch(open: OpenSource, address: StreamAddress): Watched {
  const [units, ends, said]: [AccessUnit[], SourceProblem[], string[]] = [[], [], []];
  const source = open(address, {
    onOpen: ({ parameterSets }) => said.push(`open ${parameterSets.length}`),
    onUnit(unit) {
      units.push(unit);
      said.push('unit');
    },
    onEnd(problem) {
      ends.push(problem);
      said.push('end');
    },
  });
  return { source, units, ends, said };
}

const sim = (id: string): StreamAddress => ({ scheme: 'sim', url: `sim:${id}`, credentials: null });
const file = (name: string): StreamAddress => ({
  scheme: 'file',
  url: pathToFileURL(join(folder, name)).href,
  credentials: null,
});

/** Our ffmpeg children, from the operating system. */
function children(): number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return stat.includes('(ffmpeg') && Number(parent) === process.pid && state !== 'Z' ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

const typeOf = (nal: Buffer | undefined) => (nal?.[0] ?? 0) & 0x1f;
const gone = () => until('every ffmpeg is gone', () => children().length === 0);

describe.each([
  ['a camera of the demonstration city', sources.sim, sim('demo-105')],
  ['its main stream', sources.sim, sim('demo-105/main')],
  ['a recorded file that is passed through', sources.file, file('plain.mp4')],
  ['a recorded file with B-frames', sources.file, file('b-frames.mp4')],
  ['a recorded file of an old codec', sources.file, file('old.avi')],
] as const)('%s', (_name, open, address) => {
  it('opens, starts with a key picture that brings its parameter sets, and goes on', async () => {
    const watched = watch(open, address);
    await until('40 units came', () => watched.units.length >= 40);
    watched.source.close();
    expect(watched.said.slice(0, 2)).toEqual(['open 2', 'unit']);
    for (const unit of watched.units.filter((one) => one.key)) expect(unit.nals.slice(0, 2).map(typeOf)).toEqual([7, 8]);
    expect(watched.units[0]?.key).toBe(true);
    expect(watched.units.every((unit) => unit.key === unit.nals.some((nal) => typeOf(nal) === 5))).toBe(true);
    const steps = watched.units.slice(1).map((unit, i) => (unit.rtpTimestamp - (watched.units[i]?.rtpTimestamp ?? 0)) >>> 0);
    expect(steps.every((step) => step > 0 && step < 90_000)).toBe(true);
    expect(watched.ends).toEqual([]);
    await gone();
  });

  it('says nothing after it was closed and leaves no process', async () => {
    const watched = watch(open, address);
    await until('the first unit came', () => watched.units.length > 0);
    watched.source.close();
    watched.source.close();
    const before = watched.said.length;
    await gone();
    expect(watched.said.length).toBe(before);
  });

  it('ends once, with a problem, when its encoder is killed', async () => {
    const watched = watch(open, address);
    await until('the first unit came', () => watched.units.length > 0);
    for (const pid of children()) process.kill(pid, 'SIGKILL');
    await until('it ended', () => watched.ends.length > 0);
    await gone();
    expect(watched.ends.map((end) => end.code)).toEqual(['camera-protocol']);
    expect(watched.said.at(-1)).toBe('end');
  });

  it('can be closed before it has begun', async () => {
    const watched = watch(open, address);
    watched.source.close();
    await gone();
    expect(watched.said).toEqual([]);
  });
});

describe('the sources that need ffmpeg', () => {
  it('stamp a demonstration picture with the time it was drawn, in steps of a fifteenth of a second', async () => {
    const fromMs = Date.now();
    const watched = watch(sources.sim, sim('demo-108'));
    await until('20 units came', () => watched.units.length >= 20);
    watched.source.close();
    const taken = watched.units.map((unit) => unit.captureUtcMs ?? 0);
    expect(taken.every((at, i) => at >= fromMs && at <= Date.now() && at >= (taken[i - 1] ?? 0))).toBe(true);
    for (const [i, unit] of watched.units.slice(1).entries())
      expect((unit.rtpTimestamp - (watched.units[i]?.rtpTimestamp ?? 0)) % 7_200).toBe(0);
    await gone();
  });

  it('draw several cameras in one thread and keep the others when one is closed', async () => {
    const [a, b] = [watch(sources.sim, sim('demo-109')), watch(sources.sim, sim('demo-111'))];
    await until('both run', () => a.units.length > 0 && b.units.length > 0);
    a.source.close();
    const [closedAt, seen] = [a.units.length, b.units.length];
    await until('the other goes on', () => b.units.length > seen + 10);
    expect(a.units.length).toBe(closedAt);
    b.source.close();
    await gone();
  });

  it('draw a recording once, then play it without a process, as many times as it is asked for', async () => {
    const [a, b] = [watch(sources.sim, sim('recording/demo-103/0')), watch(sources.sim, sim('recording/demo-103/1'))];
    await until('both play', () => a.units.length > 0 && b.units.length > 0);
    await gone();
    const seen = a.units.length;
    await until('it goes on', () => a.units.length > seen);
    for (const { source } of [a, b]) source.close();
    expect([a.units[0]?.key, b.units[0]?.key, a.units[0]?.nals.slice(0, 2).map(typeOf)]).toEqual([true, true, [7, 8]]);
  });

  it('tell that a camera is not of the city, and that a file is missing or no file', async () => {
    const watched = [
      watch(sources.sim, sim('demo-999')),
      watch(sources.file, file('missing.mp4')),
      watch(sources.file, file('.')),
    ];
    await until('all ended', () => watched.every((one) => one.ends.length > 0));
    expect(watched.map((one) => one.ends.map((end) => end.code))).toEqual([
      ['stream-missing'],
      ['stream-missing'],
      ['stream-missing'],
    ]);
    await gone();
  });

  it('tell that a file is no film without telling its name', async () => {
    const name = 'sources-not-a-film.mp4';
    spawnSync('cp', [import.meta.filename, join(folder, name)]);
    const watched = watch(sources.file, file(name));
    await until('it ended', () => watched.ends.length > 0);
    expect(watched.ends[0]?.code).toBe('camera-protocol');
    expect(watched.ends[0]?.detail).not.toContain(name);
  });

  it('end with encoder-missing, after their maker has returned, where there is no ffmpeg', async () => {
    const watched = [watch(none.sim, sim('demo-101')), watch(none.file, file('plain.mp4'))];
    expect(watched.flatMap((one) => one.said)).toEqual([]);
    await until('both ended', () => watched.every((one) => one.ends.length > 0));
    expect(watched.map((one) => one.ends.map((end) => end.code))).toEqual([['encoder-missing'], ['encoder-missing']]);
    const broken = createFfmpegSources({ ffmpegPath: join(folder, 'no-such-ffmpeg'), clock: systemClock });
    const ends = [watch(broken.sim, sim('demo-101')), watch(broken.file, file('plain.mp4'))];
    await until('both ended', () => ends.every((one) => one.ends.length > 0));
    expect(ends.map((one) => one.ends.map((end) => end.code))).toEqual([['encoder-missing'], ['encoder-missing']]);
  });
});

describe('the ffmpeg that is used', () => {
  const places = {
    packaged: async () => '/pack/ffmpeg',
    env: { FFMPEG_PATH: '/named/ffmpeg', PATH: '/a:/b' },
    platform: 'linux',
  } as const;
  const only = (path: string) => resolveFfmpeg({ ...places, runs: async (one) => one === path });

  it('is the package, else the named one, else the first on the path, else none', async () => {
    expect(await resolveFfmpeg({ ...places, runs: async () => true })).toEqual({ path: '/pack/ffmpeg', from: 'ffmpeg-static' });
    expect(await only('/named/ffmpeg')).toEqual({ path: '/named/ffmpeg', from: 'FFMPEG_PATH' });
    expect(await only('/b/ffmpeg')).toEqual({ path: '/b/ffmpeg', from: 'PATH' });
    expect(await only('/c/ffmpeg')).toBeNull();
  });
});
