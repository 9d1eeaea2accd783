import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished } from 'vitest';
import { z } from 'zod';
import { root } from '../../build/paths.ts';
import { streamNameSchema } from '../../core/cameras/camera.ts';
import { clipSchema } from '../../core/evidence/clip.ts';
import { custodyLineSchema } from '../../core/evidence/custody.ts';
import { incidentSchema } from '../../core/incidents/incident.ts';
import { startFootageCameras } from '../support/footage/footage-cameras.ts';
import { until } from '../support/until.ts';
import { openWall, startProgram, temporaryFolder, type WallDriver } from '../support/wall-driver.ts';
import { filesOf } from './other-zip.ts';

const run = promisify(execFile);

/** An operator before two cameras, of which the first is selected and has been there for some seconds. */
export async function openDesk() {
  const cameras = await startFootageCameras([], 2);
  onTestFinished(() => cameras.close());
  const folder = await temporaryFolder();
  onTestFinished(() => folder.remove());
  const program = await startProgram(folder.path, ['--camera', cameras.url(0), '--camera', cameras.url(1)]);
  onTestFinished(async () => void (await program.stop()));
  const open = async (): Promise<WallDriver> => {
    const wall = await openWall(program.address());
    onTestFinished(() => wall.close());
    await wall.waitForTile(0, 'live');
    return wall;
  };
  const wall = await open();
  await wall.waitForPictures(0, 45);
  for (const key of ['KeyT', 'Digit1', 'Enter']) await wall.page.keyboard.press(key);
  await wall.page.locator('[data-tile="0"][data-selected]').waitFor();
  return { cameras, folder: folder.path, program, wall, page: wall.page, openAnother: open };
}

/** Opens the first incident's page, by the keyboard: its line moves while more is said above it, and a pointer's press on what moves is lost. */
async function openFirst(page: WallDriver['page']): Promise<void> {
  const isOpen = async () => (await page.locator('[data-seal="1"]').count()) > 0;
  await until('the page of the incident is open', async () => {
    if (!(await isOpen())) await page.locator('[data-open-incident="1"]').press('Enter');
    return isOpen();
  });
}

/** Seals the first incident from its page. Resolves with the bundle's path, which is intact. */
export async function sealFirst(page: WallDriver['page'], folder: string, withCopies = false): Promise<string> {
  await openFirst(page);
  if (withCopies) await page.getByLabel('With copies of H.265').check();
  await page.locator('[data-seal="1"]').click();
  await page.locator('[data-bundle]').waitFor({ timeout: 60_000 });
  const [file = ''] = await readdir(join(folder, 'bundles'));
  const path = join(folder, 'bundles', file);
  const { stdout } = await run('node', ['build/verbs/verify.ts', path], { cwd: root });
  expect(stdout).toContain('INTACT');
  return path;
}

const stretchSchema = z.object({ fromUtcMs: z.number(), toUtcMs: z.number() });
const streamSchema = z.object({
  stream: streamNameSchema,
  firstUtcMs: z.number().nullable(),
  missing: z.array(stretchSchema),
  besideFromUtcMs: z.number().nullable(),
  notSecured: z.string().nullable(),
});
const fileSchema = z.strictObject({ path: z.string(), what: z.string(), from: z.array(z.string()) });
const toldSchema = incidentSchema.extend({ files: z.array(fileSchema) });
const custodySchema = z.object({
  clips: z.array(clipSchema.extend({ gaps: z.array(z.object({ fromMs: z.number(), toMs: z.number().nullable() })) })),
  secured: z.array(stretchSchema.extend({ camera: z.string(), missing: z.array(stretchSchema), streams: z.array(streamSchema) })),
  log: z.array(custodyLineSchema),
});

/** What a bundle tells of itself. */
export async function readBundle(path: string) {
  const files = new Map([...filesOf(await readFile(path))].map(([name, bytes]) => [name.slice(name.indexOf('/') + 1), bytes]));
  const text = (name: string) => files.get(`data/${name}`)?.toString('utf8') ?? '';
  return {
    files,
    incident: toldSchema.parse(JSON.parse(text('incident.json'))),
    custody: custodySchema.parse(JSON.parse(text('custody.json'))),
    page: text('index.html'),
  };
}
