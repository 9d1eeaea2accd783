import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { nalRole } from '../../main/gateway/pictures/nal.ts';
import { unitsOf } from '../gateway/support/recording.ts';
import { startGstRtspServer } from '../support/rtsp/gst-rtsp-server.ts';
import { openWall, startProgram, temporaryFolder } from '../support/wall-driver.ts';
import { readBundle, sealFirst } from './open-desk.ts';

const run = promisify(execFile);

/** The parts of pictures in a stream of Annex B, as texts. */
const slicesOf = (bytes: Buffer): string[] =>
  unitsOf('h265', bytes)
    .flatMap(({ nals }) => nals)
    .filter((nal) => ['key', 'slice'].includes(nalRole('h265', nal)))
    .map((nal) => nal.toString('hex'));

it('a flag on a camera whose H.265 no window decodes is secured by the gateway, from before it on, as the camera sent it', async () => {
  const camera = await startGstRtspServer({ codec: 'h265' });
  onTestFinished(() => camera.kill());
  const folder = await temporaryFolder();
  onTestFinished(() => folder.remove());
  const program = await startProgram(folder.path, ['--camera', camera.url]);
  onTestFinished(async () => void (await program.stop()));
  const { page, close } = await openWall(program.address());
  onTestFinished(close);
  const tile = page.locator('[data-tile="0"]');
  await tile.and(page.locator('[data-verdict="no-decoder"]')).waitFor({ timeout: 60_000 });
  for (const key of ['KeyT', 'Digit1', 'Enter', 'KeyF']) await page.keyboard.press(key);
  await tile.locator('[data-incident="1"][data-evidence="securing"]').waitFor({ timeout: 60_000 });
  const { files, custody, incident } = await readBundle(await sealFirst(page, folder.path));
  expect(custody.log.find(({ what }) => what === 'secured-by')).toMatchObject({ displayId: 'gateway', bySeat: null });
  expect(custody.clips.map(({ life, bySeat }) => [life.state, bySeat])).toContainEqual(['whole', null]);
  const [clip] = custody.clips;
  expect(clip?.firstPictureUtcMs).toBeLessThan(incident.flagged.utcMs);
  // Until the securing ended: what is missing lies before the first picture.
  const [secured] = custody.secured;
  for (const { fromUtcMs } of secured?.missing ?? []) expect(fromUtcMs).toBe(secured?.fromUtcMs);
  const path = join(folder.path, 'clip.mp4');
  await writeFile(path, files.get(`data/clips/${clip?.camera}/${clip?.id}.mp4`) ?? '');
  const about = ['-v', 'error', '-show_entries', 'stream=codec_name,codec_tag_string', '-of', 'csv=p=0', path];
  expect((await run('ffprobe', about)).stdout.trim()).toBe('hevc,hvc1');
  const taken = await run('ffmpeg', ['-v', 'error', '-i', path, '-c', 'copy', '-f', 'hevc', '-'], {
    encoding: 'buffer',
    maxBuffer: 2 ** 28,
  });
  const sent = new Set(slicesOf(await readFile(camera.file)));
  const slices = slicesOf(taken.stdout);
  expect(slices.length).toBeGreaterThan(10);
  expect(slices.filter((slice) => !sent.has(slice))).toEqual([]);
});

it('where a window shows and secures the H.264 sub, the gateway secures the H.265 main beside it', async () => {
  const [hevc, avc] = await Promise.all([startGstRtspServer({ codec: 'h265' }), startGstRtspServer({ codec: 'h264' })]);
  onTestFinished(() => hevc.kill());
  onTestFinished(() => avc.kill());
  const folder = await temporaryFolder();
  onTestFinished(() => folder.remove());
  const file = join(folder.path, 'cameras.csv');
  const line = ['camera-1', 1, 'Camera 1', 'Peshawar', 'Gate', '', '', 'fixed', hevc.url, avc.url].join();
  await writeFile(file, `id,number,name,district,site,lat,lon,kind,main,sub\n${line}\n`);
  const program = await startProgram(folder.path, ['--cameras', file]);
  onTestFinished(async () => void (await program.stop()));
  const { page, close } = await openWall(program.address());
  onTestFinished(close);
  // So large that the tile needs the main stream, and finds that nothing decodes it.
  await page.setViewportSize({ width: 3_200, height: 1_800 });
  await page.locator('[data-tile="0"][data-verdict="live"][data-stream="sub"]').waitFor({ timeout: 60_000 });
  await expect.poll(() => hevc.count('play'), { timeout: 60_000 }).toBeGreaterThan(0);
  for (const key of ['KeyT', 'Digit1', 'Enter', 'KeyF']) await page.keyboard.press(key);
  await page.locator('[data-tile="0"] [data-incident="1"][data-evidence="securing"]').waitFor({ timeout: 60_000 });
  await page.locator('[data-open-incident="1"]').click();
  await page.locator('[data-custody="secured-by"]').getByText('The gateway secures the main stream').waitFor({ timeout: 60_000 });
  await page.locator('[data-clip]', { hasText: 'main' }).waitFor({ timeout: 60_000 });
  await page.keyboard.press('Escape');
  const { files, custody } = await readBundle(await sealFirst(page, folder.path, true));
  // Of what every browser plays there is none.
  const copied = [...files.keys()]
    .filter((name) => name.includes('transcoded-copies'))
    .map((name) => name.slice(name.lastIndexOf('/') + 1));
  expect(copied.toSorted()).toEqual(
    custody.clips.flatMap(({ id, stream }) => (stream === 'main' ? [`${id}.mp4`] : [])).toSorted(),
  );
  if (process.env['SHOTS']) await page.screenshot({ path: join(process.env['SHOTS'], 'sealed.png') });
  const kinds = await Promise.all(
    custody.clips.map(async ({ id, camera, stream, bySeat }) => {
      const path = join(folder.path, `${id}.mp4`);
      await writeFile(path, files.get(`data/clips/${camera}/${id}.mp4`) ?? '');
      const about = ['-v', 'error', '-show_entries', 'stream=codec_name', '-of', 'csv=p=0', path];
      return [stream, bySeat, (await run('ffprobe', about)).stdout.trim()].join(' ');
    }),
  );
  expect(new Set(kinds)).toEqual(new Set(['sub 1 h264', 'main  hevc']));
  expect(custody.clips.map(({ life }) => life)).toEqual(custody.clips.map(() => expect.objectContaining({ how: 'ended' })));
});
