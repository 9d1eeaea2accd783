import { execFile } from 'node:child_process';
import { readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { root } from '../../build/paths.ts';
import { openWall, startProgram, temporaryFolder } from '../support/wall-driver.ts';

const run = promisify(execFile);
const patience = { timeout: 60_000 };

it('that copies of the log’s heads do not get out is said on its page while their folder is away, and no longer when it is back; then every head is there', async () => {
  const [data, stick] = [await temporaryFolder(), await temporaryFolder()];
  onTestFinished(data.remove);
  onTestFinished(stick.remove);
  const heads = join(stick.path, 'heads');
  const away = join(stick.path, 'pulled out');
  await writeFile(join(data.path, 'settings.json'), JSON.stringify({ audit: { headsFolder: heads, headEverySeconds: 2 } }));
  const program = await startProgram(data.path, ['--camera', 'rtsp://127.0.0.1:9/none']);
  onTestFinished(async () => void (await program.stop()));
  const wall = await openWall(program.address());
  onTestFinished(() => wall.close());
  const { page } = wall;
  await page.locator('[data-tile="0"]').waitFor();
  const copied = page.locator('[data-audit="head"]').getByText(/Copied to .*heads.*: up to row [1-9]/);
  const warned = page.locator('[data-audit="head"] [role="alert"]');
  await page.keyboard.press('Shift+KeyA');
  await copied.waitFor(patience);
  expect(await warned.count()).toBe(0);
  // Both folders of this test are on one disk, as where nothing is mounted.
  await page.locator('[data-audit="head"] [role="note"]').getByText('on the same disk as the log').waitFor();

  await rename(heads, away);
  await warned.getByText(/NOT COPIED to .*heads.*: it is not there/).waitFor(patience);
  expect(await copied.count()).toBe(0);
  // Nothing was made in its place, where the copies would be on the disk that they are to leave.
  expect(await readdir(stick.path)).toEqual(['pulled out']);

  await rename(away, heads);
  await warned.waitFor({ state: 'detached', ...patience });
  await copied.waitFor(patience);
  await program.stop();
  const args = ['build/verbs/verify.ts', '--audit', '--data', data.path, '--head', heads, '--json'];
  const { stdout } = await run('node', args, { cwd: root });
  const report = z.object({ verdict: z.string(), notYetProvable: z.unknown() }).parse(JSON.parse(stdout));
  expect(report).toMatchObject({ verdict: 'INTACT', notYetProvable: null });
});
