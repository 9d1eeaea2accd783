import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../build/paths.ts';
import { startFootageCameras } from '../support/footage/footage-cameras.ts';
import { onPageDisk, saveOnPageDisk } from '../support/page-disk.ts';
import { openWall, type StartedProgram, startProgram, temporaryFolder, type WallDriver } from '../support/wall-driver.ts';
import { readBundle } from './open-desk.ts';

const run = promisify(execFile);
const patience = { timeout: 90_000 };
const password = 'Zarghuna7731';
const [low, full] = ['Room for evidence is getting low.', 'There is no room for more evidence.'];
/** In the page: which of the two is said first, as it happens. */
const firstSaid = `new Promise((resolve) => {
  const look = () => {
    const said = document.body.textContent;
    const first = ['${full}', '${low}'].find((words) => said.includes(words));
    if (first) resolve(first);
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  look();
})`;
const ends: (() => Promise<unknown>)[] = [];

let folder: string;
let work: string;
let program: StartedProgram;
let page: WallDriver['page'];
/** The bundle that left the room. */
let copy: string;
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'deedban-without-'));
  ends.push(() => rm(work, { recursive: true }));
  const cameras = await startFootageCameras([], 1);
  ends.push(cameras.close);
  const data = await temporaryFolder();
  ends.push(data.remove);
  folder = data.path;
  // Half a minute of the camera's pictures.
  await writeFile(join(folder, 'settings.json'), JSON.stringify({ evidence: { quotaBytes: 2_000_000 } }));
  const url = cameras.url(0).replace('rtsp://', `rtsp://watcher:${password}@`);
  program = await startProgram(folder, ['--camera', url]);
  ends.push(() => program.stop());
  const wall = await openWall(program.address());
  ends.push(wall.close);
  ({ page } = wall);
  await wall.waitForTile(0, 'live');
  for (const key of ['KeyT', 'Digit1', 'Enter']) await page.keyboard.press(key);
  await page.locator('[data-tile="0"][data-selected]').waitFor();
});
afterAll(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const verify = async (...args: string[]) => {
  const outcome = await run('node', ['build/verbs/verify.ts', ...args], { cwd: root }).catch((error: unknown) => error);
  return Object(outcome) as { code?: number; stdout: string };
};

describe('the evidence of a camera whose address has a password', () => {
  it('stays where there is no room for more, which is said on the glass before', async () => {
    await page.keyboard.press('KeyF');
    const securing = page.locator('[data-tile="0"] [data-incident="1"][data-evidence="securing"]');
    await securing.waitFor(patience);
    // So there are two clips.
    await page.reload();
    await securing.waitFor(patience);
    expect(await page.evaluate(firstSaid)).toBe(low);
    await page.getByText(full).first().waitFor(patience);
    await page.locator('[data-open-incident="1"]').click();
    await page.locator('[data-clip][data-life="growing"]').waitFor({ state: 'detached' });
    await page.locator('[data-seal="1"]').click();
    await page.locator('[data-bundle]').waitFor(patience);
    await saveOnPageDisk(page);
    await page.locator('[data-bundle]').getByRole('button', { name: 'Export' }).click();
    await page.getByText('The bundle is exported, whole.').first().waitFor();
    copy = join(work, 'copy.zip');
    const [file = ''] = await readdir(join(folder, 'bundles'));
    await writeFile(copy, await onPageDisk(page, file));
    const { custody } = await readBundle(copy);
    const lives = custody.clips.map(({ life }) => life);
    expect([lives[0], lives.at(-1)]).toMatchObject([{ how: 'window-gone' }, { how: 'full' }]);
    expect(custody.secured[0]?.missing.at(-1)?.toUtcMs).toBe(custody.secured[0]?.toUtcMs);
    // Nobody tries again and again to put what there is no room for.
    expect(custody.log.filter(({ what }) => what === 'secured-by').length).toBeLessThan(6);
  });

  it('is checked with nothing but what every system has, by the commands of its own page', async () => {
    await run('unzip', ['-q', copy], { cwd: work });
    const [bag = ''] = (await readdir(work)).filter((name) => name.startsWith('incident-'));
    const at = { cwd: join(work, bag) };
    const text = await readFile(join(work, bag, 'data', 'how-to-verify.txt'), 'utf8');
    const commands = [...text.matchAll(/^ {3}((?:sha\d+sum|openssl|for|ffprobe) .*)$/gm)]
      .map(([, command = '']) => command)
      .filter((command) => !command.includes('timestamp.tsr'));
    const said = new Map<string, string>();
    for (const command of commands) said.set(command, (await run('sh', ['-c', command], at)).stdout);
    expect(commands).toHaveLength(6);
    const answerTo = (part: string) => [...said].find(([command]) => command.includes(part))?.[1] ?? '';
    expect(answerTo('pkeyutl')).toContain('Signature Verified Successfully');
    expect(answerTo('manifest-sha256')).toContain('data/incident.json: OK');
    const { custody } = await readBundle(copy);
    const counted = [...answerTo('ffprobe').matchAll(/nb_read_frames=(\d+)/g)].map(([, count]) => Number(count));
    const secured = custody.clips.map(({ fragments }) => fragments.at(-1)?.pictures ?? 0);
    expect(counted.toSorted()).toEqual(secured.toSorted());
    expect(answerTo('outform DER')).toMatch(/^[0-9a-f]{64} /);
  });

  it('is signed by a key that is KNOWN to who has what the centre published, and to nobody else', async () => {
    const take = async (words: string, name: string) => {
      await page.keyboard.press('Control+KeyK');
      await page.getByRole('combobox').fill(words);
      await page.getByRole('option', { name: words }).first().waitFor();
      await page.keyboard.press('Enter');
      await expect.poll(async () => (await onPageDisk(page, name)).length).toBeGreaterThan(0);
      return onPageDisk(page, name);
    };
    await page.keyboard.press('Escape');
    const published = join(work, 'published.pem');
    await writeFile(published, await take('Save the public key of this centre', 'deedban-public-key.pem'));
    const sheet = (await take('Save a page of the public key to print', 'deedban-public-key.html')).toString('utf8');
    expect(sheet).toContain((await readFile(published, 'utf8')).trim());
    const known = await verify(copy, '--key', published);
    expect(known.stdout).toMatch(/INTACT[^]*KNOWN/);
    expect(known.code).toBeUndefined();
    expect((await verify(copy)).stdout).toContain('compare');
    const other = join(work, 'other.pem');
    await writeFile(other, generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }));
    expect((await verify(copy, '--key', other)).code).toBe(1);
  });

  it('has that password nowhere: not in the bundle, the log, the rows that are exported, nor on the disk', async () => {
    await page.keyboard.press('Shift+KeyA');
    for (const format of ['CSV', 'JSON']) {
      await page.getByRole('button', { name: `Export as ${format}` }).click();
      await expect
        .poll(async () => (await onPageDisk(page, `deedban-audit.${format.toLowerCase()}`)).length)
        .toBeGreaterThan(1_000);
    }
    const files = new Map<string, Buffer>([['said', Buffer.from(program.said())]]);
    for (const name of ['deedban-audit.csv', 'deedban-audit.json']) files.set(name, await onPageDisk(page, name));
    for (const [name, bytes] of (await readBundle(copy)).files) files.set(name, bytes);
    for (const name of await readdir(folder, { recursive: true }))
      await readFile(join(folder, name)).then(
        (bytes) => files.set(name, bytes),
        () => {},
      );
    expect([...files.keys()]).toEqual(expect.arrayContaining(['deedban.sqlite', 'logs/deedban.log', 'data/incident.json']));
    const forms = [password, Buffer.from(`watcher:${password}`).toString('base64'), 'watcher:', 'watcher@'];
    const found = [...files].filter(([, bytes]) => forms.some((form) => bytes.includes(form))).map(([name]) => name);
    expect(found).toEqual([]);
    expect(files.get('deedban-audit.csv')?.toString('utf8')).not.toContain('rtsp://');
    expect(files.get('data/cameras.json')?.toString('utf8')).not.toContain('rtsp:');
  });
});
