import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { resolveFfmpeg } from '../../main/gateway/ffmpeg/resolve-ffmpeg.ts';
import type { ClipCopier } from '../../main/ports/clip-copier.ts';
import { verifyBundle } from '../../main/features/evidence/verify-bundle.ts';
import { createFfmpegClipCopier } from '../../main/supervision/ffmpeg-clip-copier.ts';
import { camera } from '../incidents/incident-set-up.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';
import { footageFile, footageLimitMs } from '../support/rtsp/footage.ts';
import { clipId } from './clip-set-up.ts';
import { sessionOf, setUp } from './evidence-set-up.ts';
import { sourceOf } from './memory-bundle.ts';
import { filesOf } from './other-zip.ts';

beforeAll(() => footageFile('h265'), footageLimitMs);

const run = promisify(execFile);
const pictures = 12;

/** A clip as the gateway makes them: fragmented MP4 with a few pictures of H.265. */
async function clipOfH265(): Promise<Uint8Array<ArrayBuffer>> {
  const to = ['-c', 'copy', '-tag:v', 'hvc1', '-f', 'mp4', '-movflags', 'frag_keyframe+empty_moov+default_base_moof', 'pipe:1'];
  const from = ['-v', 'error', '-f', 'hevc', '-i', await footageFile('h265'), '-frames:v', String(pictures)];
  const { stdout } = await run('ffmpeg', [...from, ...to], { encoding: 'buffer', maxBuffer: 2 ** 26 });
  return new Uint8Array(stdout);
}
async function copierIn(folder: string): Promise<ClipCopier> {
  const ffmpeg = await resolveFfmpeg();
  if (!ffmpeg) throw new Error('there is no ffmpeg');
  return createFfmpegClipCopier(ffmpeg.path, folder);
}
/** Seals one clip, with copies. */
async function sealed(clip: string | Uint8Array<ArrayBuffer>, copier: ClipCopier | null) {
  const { folder, put, take, evidence, context } = await setUp({ copier });
  await take();
  await put(`1/pes-1/${clipId(1)}/0`, clip);
  await put(`1/pes-1/${clipId(1)}/end`);
  await evidence.calls['evidence.leave']({ incident: 1, camera: camera('pes-1') }, { ...context, session: sessionOf() });
  const answer = await evidence.calls['evidence.seal']({ incident: 1, withCopies: true }, context);
  const zip = await readFile(join(folder, 'bundles', answer.file ?? ''));
  const files = new Map([...filesOf(zip)].map(([name, bytes]) => [name.slice(name.indexOf('/') + 1), bytes]));
  const { log } = await evidence.calls['evidence.custody']({ incident: 1 }, context);
  const line = log.find(({ what }) => what === 'sealed');
  return { folder, answer, files, line, verdict: (await verifyBundle(sourceOf(zip))).verdict };
}

it('a copy of H.265 that every browser plays lies beside its master, called what it is wherever it is named', async () => {
  const copies = join(temporaryFolder(), 'copies');
  const master = await clipOfH265();
  const { folder, answer, files, line, verdict } = await sealed(master, await copierIn(copies));
  expect([verdict, answer.copiesFailed]).toEqual(['INTACT', 0]);
  expect(line).toMatchObject({ copies: 1, copiesFailed: 0 });
  const [masterPath, copyPath] = [`clips/pes-1/${clipId(1)}.mp4`, `transcoded-copies/pes-1/${clipId(1)}.mp4`];
  expect(files.get(`data/${masterPath}`)).toEqual(Buffer.from(master));
  const path = join(folder, 'copy.mp4');
  await writeFile(path, files.get(`data/${copyPath}`) ?? '');
  const about = [
    '-v',
    'error',
    '-count_frames',
    '-show_entries',
    'stream=codec_name,nb_read_frames:format_tags=title',
    '-of',
    'json',
  ];
  expect(JSON.parse((await run('ffprobe', [...about, path])).stdout)).toMatchObject({
    streams: [{ codec_name: 'h264', nb_read_frames: String(pictures) }],
    format: { tags: { title: 'Transcoded copy, not the master' } },
  });
  const text = (name: string) => files.get(name)?.toString() ?? '';
  const label = 'transcoded copy, not the master';
  expect(JSON.parse(text('data/custody.json'))).toMatchObject({ copies: [{ what: label, path: copyPath, master: masterPath }] });
  expect(text('data/index.html')).toContain(`src="${copyPath}"`);
  for (const page of ['index', 'certificate']) expect(text(`data/${page}.html`)).toContain(label);
  expect(text('manifest-sha512.txt')).toContain(`data/${copyPath}\n`);
  // Nothing of it stays where it was made.
  expect(await readdir(copies)).toEqual([]);
});

it('a copy that cannot be made hinders no sealing, and is counted; what every browser plays gets none', async () => {
  const copies = join(temporaryFolder(), 'copies');
  const broken = await sealed('hvc1 and nothing that could be decoded', await copierIn(copies));
  const without = await sealed('hvc1', null);
  const plain = await sealed('avc1', await copierIn(copies));
  expect([broken, without, plain].map(({ verdict, answer }) => [verdict, answer.refusal, answer.copiesFailed])).toEqual([
    ['INTACT', null, 1],
    ['INTACT', null, 1],
    ['INTACT', null, 0],
  ]);
  for (const { files } of [broken, without, plain])
    expect([...files.keys()].filter((name) => name.includes('transcoded'))).toEqual([]);
  expect(await readdir(copies)).toEqual([]);
});

it('who cancels ends the encoder, and nothing is left of the copy', async () => {
  const copies = join(temporaryFolder(), 'copies');
  const copier = await copierIn(copies);
  const cancel = new AbortController();
  const [asked, more] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const clip = await clipOfH265();
  async function* slow(): AsyncGenerator<Uint8Array> {
    yield clip;
    asked.resolve();
    await more.promise;
  }
  const copy = copier.copy(slow(), cancel.signal);
  const ends = expect(copy).rejects.toThrow('aborted');
  await asked.promise;
  expect(await readdir(copies)).toHaveLength(1);
  cancel.abort();
  await ends;
  more.resolve();
  expect(await readdir(copies)).toEqual([]);
});
