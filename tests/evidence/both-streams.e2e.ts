import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { nalRole } from '../../main/gateway/pictures/nal.ts';
import { unitsOf } from '../gateway/support/recording.ts';
import { startFootageCameras } from '../support/footage/footage-cameras.ts';
import { startGstRtspServer } from '../support/rtsp/gst-rtsp-server.ts';
import { openWall, startProgram, temporaryFolder } from '../support/wall-driver.ts';
import { readBundle, sealFirst } from './open-desk.ts';

const run = promisify(execFile);
type Told = Awaited<ReturnType<typeof readBundle>>;

/** The parts of pictures in a stream of Annex B, as texts. */
const slicesOf = (bytes: Buffer): string[] =>
  unitsOf('h264', bytes)
    .flatMap(({ nals }) => nals)
    .filter((nal) => ['key', 'slice'].includes(nalRole('h264', nal)))
    .map((nal) => nal.toString('hex'));

async function startAt(args: readonly string[]) {
  const folder = await temporaryFolder();
  onTestFinished(() => folder.remove());
  const program = await startProgram(folder.path, args);
  onTestFinished(async () => void (await program.stop()));
  const wall = await openWall(program.address());
  onTestFinished(() => wall.close());
  return { folder: folder.path, ...wall };
}

/** Writes the bundle's clips of each stream where other programs can read them: what ffprobe says of them, and where the first one is. */
async function masters({ files, custody }: Told, folder: string) {
  const about = ['-v', 'error', '-show_entries', 'stream=codec_name,width,height', '-of', 'csv=p=0'];
  const all = await Promise.all(
    custody.clips.map(async ({ id, camera, stream, bySeat }) => {
      const path = join(folder, `${id}.mp4`);
      await writeFile(path, files.get(`data/clips/${camera}/${id}.mp4`) ?? '');
      return {
        stream,
        path,
        words: [stream, bySeat ?? 'gateway', (await run('ffprobe', [...about, path])).stdout.trim()].join(' '),
      };
    }),
  );
  return { words: new Set(all.map(({ words }) => words)), main: all.find(({ stream }) => stream === 'main')?.path ?? '' };
}

it('of a camera whose H.264 sub stream a small tile shows the gateway secures the main stream, too, from the flag on, as the camera sent it', async () => {
  const cameras = await startFootageCameras([], 2);
  onTestFinished(() => cameras.close());
  const main = await startGstRtspServer();
  onTestFinished(() => main.kill());
  const work = await temporaryFolder();
  onTestFinished(() => work.remove());
  const file = join(work.path, 'cameras.csv');
  // Enough of them that each tile is as small as the first one's sub stream.
  const lines = [1, 2, 3, 4, 5].map((number) => {
    const streams = number === 1 ? [main.url, cameras.url(0)] : [cameras.url(1), ''];
    return [`camera-${number}`, number, `Camera ${number}`, 'Peshawar', 'Gate', '', '', 'fixed', ...streams].join();
  });
  await writeFile(file, ['id,number,name,district,site,lat,lon,kind,main,sub', ...lines, ''].join('\n'));
  const { folder, page, waitForPictures } = await startAt(['--cameras', file]);
  const tile = page.locator('[data-tile="0"]');
  await tile.and(page.locator('[data-verdict="live"][data-stream="sub"]')).waitFor({ timeout: 60_000 });
  await waitForPictures(0, 60);
  const openedBefore = main.count('play');
  for (const key of ['KeyT', 'Digit1', 'Enter', 'KeyF']) await page.keyboard.press(key);
  await tile.locator('[data-incident="1"][data-evidence="securing"]').waitFor({ timeout: 60_000 });
  await main.happened('play', openedBefore + 1);
  await waitForPictures(0, 60);
  expect(await tile.getAttribute('data-stream')).toBe('sub');
  const told = await readBundle(await sealFirst(page, folder));
  // The camera is not held open for longer than it was secured.
  await main.happened('closed', main.count('connected'));

  const found = await masters(told, folder);
  expect(found.words).toEqual(new Set(['sub 1 h264,640,360', 'main gateway h264,768,576']));
  const taken = await run(
    'ffmpeg',
    ['-v', 'error', '-i', found.main, '-c', 'copy', '-bsf:v', 'h264_mp4toannexb', '-f', 'h264', '-'],
    {
      encoding: 'buffer',
      maxBuffer: 2 ** 28,
    },
  );
  const sent = new Set(slicesOf(await readFile(main.file)));
  const slices = slicesOf(taken.stdout);
  expect(slices.length).toBeGreaterThan(10);
  expect(slices.filter((slice) => !sent.has(slice))).toEqual([]);

  const [secured] = told.custody.secured;
  const [ofMain, ofSub] = secured?.streams ?? [];
  expect([ofMain?.stream, ofSub?.stream, ofSub?.besideFromUtcMs]).toEqual(['main', 'sub', null]);
  expect(ofMain?.besideFromUtcMs).toBeGreaterThan(told.incident.flagged.utcMs);
  expect(ofMain?.firstUtcMs).toBeGreaterThan(told.incident.flagged.utcMs);
  expect(ofSub?.firstUtcMs).toBeLessThan(told.incident.flagged.utcMs);
  expect(ofMain?.missing[0]?.toUtcMs).toBe(ofMain?.firstUtcMs);
  expect(told.page).toContain('and the gateway was told to from then on');
  // Everything that the manifest lists is named by the incident.
  const listed = [...told.files.keys()].filter((name) => name.startsWith('data/')).map((name) => name.slice('data/'.length));
  expect(['incident.json', ...told.incident.files.map(({ path }) => path)].toSorted()).toEqual(listed.toSorted());
});

it('of a camera of the demonstration city both streams are in the bundle', async () => {
  const { folder, page, waitForPictures } = await startAt([]);
  const tile = page.locator('[data-tile="0"]');
  await tile.and(page.locator('[data-verdict="live"][data-stream="sub"]')).waitFor({ timeout: 60_000 });
  for (const key of ['KeyT', 'Digit1', 'Enter', 'KeyF']) await page.keyboard.press(key);
  await tile.locator('[data-incident="1"][data-evidence="securing"]').waitFor({ timeout: 60_000 });
  await page.locator('[data-open-incident="1"]').click();
  await page.locator('[data-clip]', { hasText: 'main' }).waitFor({ timeout: 60_000 });
  await page.keyboard.press('Escape');
  await waitForPictures(0, 30);
  const told = await readBundle(await sealFirst(page, folder));
  const { words } = await masters(told, folder);
  expect(words).toEqual(new Set(['sub 1 h264,640,360', 'main gateway h264,960,540']));
});
