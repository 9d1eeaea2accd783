import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startProgram, temporaryFolder } from '../support/wall-driver.ts';

it('what an earlier program had not finished saving when it was killed is removed when the next one starts', async () => {
  const [data, elsewhere] = [await temporaryFolder(), await temporaryFolder()];
  onTestFinished(data.remove);
  onTestFinished(elsewhere.remove);
  const half = join(elsewhere.path, 'bundle.zip.0123456789ab.unfinished');
  const others = join(elsewhere.path, 'bundle.zip.ba9876543210.unfinished');
  for (const path of [half, others]) await writeFile(path, 'half');
  const record = { saves: [{ path: half, utcMs: Date.now() }] };
  await writeFile(join(data.path, 'unfinished-saves.json'), JSON.stringify(record));
  const program = await startProgram(data.path, ['--camera', 'rtsp://127.0.0.1:9/none']);
  onTestFinished(async () => void (await program.stop()));
  await expect.poll(() => existsSync(half)).toBe(false);
  expect(existsSync(others)).toBe(true);
});
