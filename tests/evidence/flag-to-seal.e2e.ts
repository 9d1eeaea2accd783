import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { root } from '../../build/paths.ts';
import { readCanonicalZip } from '../../main/features/evidence/read-canonical-zip.ts';
import { openBundleFile } from '../../main/stores/files/bundle-files.ts';
import { unitsOf } from '../gateway/support/recording.ts';
import { footageShape, numberedFootage } from '../support/footage/numbered-footage.ts';
import { openDesk } from './open-desk.ts';

const run = promisify(execFile);
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** The slices of a stream of Annex B (table 7-1 of ITU-T H.264: 1 and 5), in their order. */
const slices = (nals: readonly Buffer[]): Buffer[] => nals.filter((nal) => [1, 5].includes((nal[0] ?? 0) & 31));

/** Its parameter sets, each once (the same table: 7 and 8). */
const parameterSets = (nals: readonly Buffer[]): readonly string[] =>
  [...new Set(nals.filter((nal) => [7, 8].includes((nal[0] ?? 0) & 31)).map((nal) => nal.toString('hex')))].toSorted();

/** The cameras add zero words (7.4.2.10 of ITU-T H.264) to each round's slices, so that no round is a loop. */
function isSent(secured: Buffer | undefined, sent: Buffer | undefined): boolean {
  if (!secured || !sent?.equals(secured.subarray(0, sent.length))) return false;
  return /^(000003)*$/.test(secured.subarray(sent.length).toString('hex'));
}

/** The bundle's master holds more than so many pictures of the first camera, each of them as it sent it, and none is missing between them. */
async function expectAsSent(path: string, least: number): Promise<void> {
  const { units } = await numberedFootage(0);
  const sent = slices(units.flatMap(({ nals }) => nals));
  const found = unitsOf('h264', await annexB(await theMaster(path))).flatMap(({ nals }) => nals);
  const originals = parameterSets(units.flatMap(({ nals }) => nals));
  expect(parameterSets(found)).toEqual(originals);
  expect(await toldParameterSets(path)).toEqual(originals);
  const secured = slices(found);
  expect(secured.length).toBeGreaterThan(least);
  const first = sent.findIndex((nal) => isSent(secured[0], nal));
  expect(first).toBeGreaterThanOrEqual(0);
  expect(secured.filter((nal, place) => !isSent(nal, sent[(first + place) % sent.length])).length).toBe(0);
}

describe('a flag, on the glass', () => {
  it('secures what was there before it and what comes, and the sealed bundle holds every picture as the camera sent it', async () => {
    const { folder, wall, page } = await openDesk();
    await page.keyboard.press('KeyF');
    await page.locator('[data-tile="0"] [data-incident="1"][data-evidence="securing"]').waitFor();
    expect(await page.locator('[data-tile="1"] [data-incident]').count()).toBe(0);
    await wall.waitForPictures(0, 60);
    await page.locator('[data-open-incident="1"]').click();
    await page.locator('[data-clip][data-life="growing"]').waitFor();
    await page.locator('[data-seal="1"]').click();
    await page.locator('[data-bundle]').waitFor({ timeout: 60_000 });
    await page.locator('[data-clip][data-life="whole"]').waitFor();

    const [file = ''] = await readdir(join(folder, 'bundles'));
    const path = join(folder, 'bundles', file);
    const { stdout } = await run('node', ['build/verbs/verify.ts', path], { cwd: root });
    expect(stdout).toContain('INTACT');
    // The three seconds before the flag, and the four behind it.
    await expectAsSent(path, 95);
  }, 180_000);

  it('goes on securing when another camera comes into the tile: one clip with nothing missing', async () => {
    const { folder, wall, page } = await openDesk();
    await page.keyboard.press('KeyF');
    await page.locator('[data-tile="0"] [data-incident="1"][data-evidence="securing"]').waitFor();
    await page.locator('[data-open-incident="1"]').click();
    await page.locator('[data-clip][data-life="growing"]').waitFor();
    await page.keyboard.press('Escape');
    for (const key of ['Digit2', 'Enter']) await page.keyboard.press(key);
    await page.locator('[data-tile="0"][data-shown="camera-2"][data-verdict="live"]').waitFor();
    // As many pictures as fifteen seconds have.
    await wall.waitForPictures(0, 15 * footageShape.fps);
    await page.locator('[data-open-incident="1"]').click();
    await page.locator('[data-seal="1"]').click();
    await page.locator('[data-bundle]').waitFor({ timeout: 60_000 });
    await page.locator('[data-clip][data-life="whole"]').waitFor();

    const [file = ''] = await readdir(join(folder, 'bundles'));
    const path = join(folder, 'bundles', file);
    const { stdout } = await run('node', ['build/verbs/verify.ts', path], { cwd: root });
    expect(stdout).toContain('INTACT');
    await expectAsSent(path, 17 * footageShape.fps);
  }, 180_000);

  it('goes on securing a camera that no tile shows when the page is loaded anew, and says where it was cut off', async () => {
    const { wall, page } = await openDesk();
    await page.keyboard.press('KeyF');
    await page.locator('[data-tile="0"] [data-incident="1"][data-evidence="securing"]').waitFor();
    for (const key of ['Digit2', 'Enter']) await page.keyboard.press(key);
    await page.locator('[data-tile="0"][data-shown="camera-2"][data-verdict="live"]').waitFor();
    await wall.waitForPictures(0, 30);
    await page.reload();
    await page.locator('[data-tile="0"][data-shown="camera-2"][data-verdict="live"]').waitFor();
    await page.locator('[data-open-incident="1"]').click();
    await page.locator('[data-clip][data-life="growing"]').waitFor({ timeout: 60_000 });
    await expect.poll(() => page.locator('[data-clip]').count()).toBe(2);
    await page.locator('[data-seal="1"]').click();
    await page.locator('[data-bundle]').waitFor({ timeout: 60_000 });
    await expect.poll(() => page.locator('[data-clip][data-life="whole"]').count()).toBe(2);
    expect(await page.locator('[data-clip]', { hasText: 'Cut off after' }).count()).toBe(1);
  }, 180_000);

  it('is taken back within five seconds, and joins the one before within ten', async () => {
    const { page } = await openDesk();
    await page.keyboard.press('KeyF');
    await page.locator('[data-tile="0"] [data-incident="1"]').waitFor();
    await page.keyboard.press('KeyF');
    await page.getByText('Joined to INC-1').first().waitFor();
    await page.keyboard.press('Shift+KeyF');
    await page.locator('[data-tile="0"] [data-incident]').waitFor({ state: 'detached' });
    await page.keyboard.press('KeyF');
    await page.locator('[data-tile="0"] [data-incident="2"]').waitFor();
  }, 120_000);
});

const custodySchema = z.object({
  log: z.array(z.object({ what: z.string(), origin: z.object({ parameterSets: z.array(z.string()) }).optional() })),
});

/** What the custody log says that the camera sent. */
async function toldParameterSets(bundle: string): Promise<readonly string[]> {
  const custody = (await fileOf(bundle, (path) => path.endsWith('/data/custody.json'))).toString();
  const { log } = custodySchema.parse(JSON.parse(custody));
  return [...new Set(log.flatMap(({ origin }) => origin?.parameterSets ?? []))].toSorted();
}

const theMaster = (bundle: string) => fileOf(bundle, (path) => path.endsWith('.mp4'));

/** The only file that is called so. */
async function fileOf(bundle: string, isCalled: (path: string) => boolean): Promise<Buffer> {
  const source = await openBundleFile(bundle);
  try {
    const { contents } = await readCanonicalZip(source);
    const called = contents.filter(({ path }) => isCalled(path));
    expect(called).toHaveLength(1);
    const [{ path, sizeBytes } = { path: '', sizeBytes: 0 }] = called;
    return await contentOf(source, path, sizeBytes);
  } finally {
    await source.close();
  }
}

/** The content of a stored file: behind its name's first place in the zip. */
async function contentOf(source: Awaited<ReturnType<typeof openBundleFile>>, path: string, sizeBytes: number): Promise<Buffer> {
  const all = Buffer.from(await source.read(0, source.sizeBytes));
  const name = all.indexOf(Buffer.from(path));
  // Local header, APPNOTE 4.3.7: the name's length lies 4 bytes, the extra field's 2 bytes before the name.
  const begin = name + all.readUInt16LE(name - 4) + all.readUInt16LE(name - 2);
  return all.subarray(begin, begin + sizeBytes);
}

/** A clip as ffmpeg reads it, without decoding it. */
async function annexB(clip: Uint8Array): Promise<Buffer> {
  const work = await mkdtemp(join(tmpdir(), 'deedban-clip-'));
  ends.push(() => rm(work, { recursive: true }));
  const [from, to] = [join(work, 'clip.mp4'), join(work, 'clip.h264')];
  await writeFile(from, clip);
  const { stdout } = await run('ffprobe', [
    '-v',
    'error',
    '-show_entries',
    'stream=codec_name,width,height',
    '-of',
    'csv=p=0',
    from,
  ]);
  expect(stdout.trim()).toBe('h264,640,360');
  await run('ffmpeg', ['-v', 'error', '-i', from, '-c', 'copy', '-bsf:v', 'h264_mp4toannexb', '-f', 'h264', to]);
  return readFile(to);
}
