import { execFile } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { root } from '../../build/paths.ts';
import { startFootageCameras } from '../support/footage/footage-cameras.ts';
import { openWall, startProgram, temporaryFolder } from '../support/wall-driver.ts';

const run = promisify(execFile);
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const reportSchema = z.object({
  verdict: z.string(),
  provable: z.int(),
  changed: z.array(z.int()),
  removed: z.array(z.int()),
  notYetProvable: z.object({ from: z.int(), to: z.int() }).nullable(),
});

/** What `npm run verify -- --audit --head …` says of a data folder, whether or not somebody has it open. */
async function verify(data: string, heads: string) {
  const args = ['build/verbs/verify.ts', '--audit', '--data', data, '--head', heads, '--json'];
  const found = await run('node', args, { cwd: root }).catch((error: unknown) => error);
  const { stdout, code } = z.object({ stdout: z.string(), code: z.int().default(0) }).parse(Object(found));
  return { code, ...reportSchema.parse(JSON.parse(stdout)) };
}

it('rows of the log of a program that runs are held against the heads that were copied elsewhere: what somebody changes or removes beside it is named; and whether to go on is asked where it has been secured for long', async () => {
  const cameras = await startFootageCameras([], 1);
  ends.push(cameras.close);
  const data = await temporaryFolder();
  ends.push(data.remove);
  const elsewhere = await temporaryFolder();
  ends.push(elsewhere.remove);
  const settings = { audit: { headsFolder: elsewhere.path, headEverySeconds: 3 }, evidence: { askAfterMinutes: 0.1 } };
  await writeFile(join(data.path, 'settings.json'), JSON.stringify(settings));
  const program = await startProgram(data.path, ['--camera', cameras.url(0)]);
  ends.push(() => program.stop());
  const wall = await openWall(program.address());
  ends.push(wall.close);
  const { page } = wall;
  await wall.waitForTile(0, 'live');
  for (const key of ['KeyT', 'Digit1', 'Enter', 'KeyF']) await page.keyboard.press(key);
  await page.locator('[data-tile="0"] [data-incident="1"][data-evidence="securing"]').waitFor({ timeout: 60_000 });

  // Whoever secures for longer than the settings say is asked, and can say that it should go on.
  const asked = page.getByText('INC-1 has been secured for a long time. Should it go on?');
  await asked.waitFor({ timeout: 120_000 });
  await page.getByRole('button', { name: 'Go on', exact: true }).click();
  await asked.waitFor({ state: 'detached' });

  // A head is signed every few seconds in which something was written.
  await expect
    .poll(() => readdir(elsewhere.path), { timeout: 120_000 })
    .toEqual([expect.stringMatching(/^audit-heads-.*\.jsonl$/)]);
  const flagRow = () => {
    const database = new DatabaseSync(join(data.path, 'deedban.sqlite'), { readOnly: true });
    const row = database.prepare(`SELECT sequence FROM journal WHERE kind = 'incident.flagged'`).get();
    database.close();
    return z.object({ sequence: z.int() }).parse(row).sequence;
  };
  await expect
    .poll(async () => (await verify(data.path, elsewhere.path)).provable, { timeout: 120_000 })
    .toBeGreaterThanOrEqual(flagRow());
  expect(await verify(data.path, elsewhere.path)).toMatchObject({ code: 0, verdict: 'INTACT', changed: [], removed: [] });

  const database = new DatabaseSync(join(data.path, 'deedban.sqlite'), { timeout: 10_000 });
  ends.push(async () => database.close());
  expect(() => database.exec(`UPDATE journal SET data = '{}'`)).toThrow('the journal only grows');
  database.exec('DROP TRIGGER journal_no_update; DROP TRIGGER journal_no_delete');
  database.exec(`UPDATE journal SET data = replace(data, '"seat":1', '"seat":2') WHERE kind = 'incident.flagged'`);
  database.exec(`DELETE FROM journal WHERE sequence = ${flagRow() - 1}`);
  const after = await verify(data.path, elsewhere.path);
  expect(after).toMatchObject({ code: 1, verdict: 'ALTERED', changed: [flagRow()], removed: [flagRow() - 1] });
  // It goes on being written, and what is behind the last head is said to be not yet provable.
  await expect
    .poll(async () => (await verify(data.path, elsewhere.path)).notYetProvable?.to ?? 0, { timeout: 60_000 })
    .toBeGreaterThan(after.provable);
}, 400_000);
