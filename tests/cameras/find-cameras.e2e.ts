import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { outDir } from '../../build/paths.ts';
import { createSimulatedOnvif } from '../../main/gateway/simulated-ptz/simulated-onvif.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { startGstRtspServer } from '../support/rtsp/gst-rtsp-server.ts';
import { findTraces, formsOf } from '../support/traces.ts';
import { until } from '../support/until.ts';
import { openWall, startProgram, temporaryFolder, type WallDriver } from '../support/wall-driver.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const login = { user: 'planted-operator-7f3a', password: 'pl4nted <&">% geheim-91c2' };
const passphrase = 'correct planted horse';
const pictures = join(outDir, 'screens');

/** A camera of a network: its ONVIF device and its stream, under one login. */
async function startCamera() {
  const stream = await startGstRtspServer({ credentials: login });
  ends.push(() => stream.stop());
  const heard: string[] = [];
  const device = await createSimulatedOnvif({
    clock: systemClock,
    credentials: login,
    serial: 'pes-1',
    // As some cameras do: it writes the login into the address, and names a host that is not its own.
    streamUrl: stream.url.replace('rtsp://127.0.0.1', `rtsp://${login.user}:wrong@192.0.2.77`),
    heard: (action) => heard.push(action),
  });
  ends.push(() => device.close());
  device.behave({ clockAheadMs: 3_600_000 });
  return { device, heard, host: new URL(device.url).host };
}

async function technicianFolder(): Promise<string> {
  const folder = await temporaryFolder();
  ends.push(folder.remove);
  await writeFile(
    join(folder.path, 'settings.json'),
    JSON.stringify({ seats: [{ number: 1, role: 'technician', priority: 90 }] }),
  );
  return folder.path;
}

async function start(folder: string) {
  const program = await startProgram(folder, ['--tiles', '1']);
  ends.push(() => program.stop());
  const wall = await openWall(program.address());
  ends.push(wall.close);
  return { program, wall };
}

async function choose({ page }: WallDriver, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Directory: import, export, groups' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

describe('a technician', () => {
  it('finds a camera by its address, takes it, steers it, and finds it locked under a passphrase; its password is found nowhere', async () => {
    mkdirSync(pictures, { recursive: true });
    const { device, heard, host } = await startCamera();
    const folder = await technicianFolder();
    const { program, wall } = await start(folder);
    const { page } = wall;
    const frames: string[] = [];
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(payload.toString())));
    await page.reload();

    await choose(wall, 'Find and add cameras …');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel("Or a camera's address").fill(host);
    await dialog.getByRole('button', { name: 'Add address' }).click();
    await dialog.getByText('Not read yet').waitFor();
    await dialog.getByLabel('User name').fill(login.user);
    await dialog.getByLabel('Password', { exact: true }).fill('wrong');
    await dialog.getByRole('button', { name: 'Read 1 device' }).click();
    await dialog.getByText(/It refuses the user name or password/).waitFor();
    await dialog.getByLabel('Password', { exact: true }).fill(login.password);
    await dialog.getByRole('button', { name: 'Read 1 device' }).click();
    await dialog.getByText('new camera', { exact: true }).waitFor();
    await dialog.getByText(/^3[56]\d\d s ahead$/).waitFor();
    await page.screenshot({ path: join(pictures, 'find-cameras.png') });
    expect(heard).not.toContain('SetSystemDateAndTime');
    await dialog.getByRole('button', { name: 'Set the clock …' }).click();
    await dialog.getByRole('button', { name: 'Set it', exact: true }).click();
    await dialog.getByText('right', { exact: true }).waitFor();
    expect(heard).toContain('SetSystemDateAndTime');
    await dialog.getByLabel('Number', { exact: true }).fill('214');
    await dialog.getByLabel('Name', { exact: true }).fill('Khyber Bazar, gate 2');
    await dialog.getByLabel('Site', { exact: true }).fill('Khyber Bazar');
    await dialog.getByRole('button', { name: 'Add 1, change 0' }).click();
    await dialog.waitFor({ state: 'detached' });

    await page.locator('[data-tile="0"]').click();
    await page.keyboard.type('214');
    await page.keyboard.press('Enter');
    // The tile shows the camera before it until the first picture has come, and keys steer once what the camera can do was read.
    await page.locator('[data-tile="0"][data-state="live"] header', { hasText: 'Khyber Bazar, gate 2' }).waitFor();
    await page.getByRole('button', { name: 'Steer right' }).waitFor();
    await page.keyboard.down('Shift');
    await page.keyboard.down('ArrowRight');
    await until('the camera turns', () => device.camera.isMoving());
    await page.keyboard.up('ArrowRight');
    await page.keyboard.up('Shift');
    await until('the camera stands still', () => !device.camera.isMoving());

    await choose(wall, 'Passwords of a site …');
    await page.getByRole('button', { name: /Khyber Bazar/ }).click();
    await page.getByRole('button', { name: 'Try what is kept' }).click();
    await page.getByText('1 of 1 cameras take it.').waitFor();
    await page.screenshot({ path: join(pictures, 'site-login.png') });
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await choose(wall, 'Passphrase for passwords …');
    await page.getByLabel('New passphrase').fill(passphrase);
    await page.getByLabel('The same again').fill(passphrase);
    await page.getByRole('button', { name: 'Set it' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    const forms = [...formsOf(login.user, login.password), ...formsOf('', passphrase)];
    const heap = async (of: WallDriver) => {
      const cdp = await of.page.context().newCDPSession(of.page);
      let text = '';
      cdp.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }: { chunk: string }) => {
        text += chunk;
      });
      await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
      return text;
    };
    const places = () =>
      new Map([
        ['what the program said', program.said()],
        ['the contract', frames.join('\n')],
      ]);
    expect(frames.join()).toContain('Khyber Bazar, gate 2');
    expect(
      await findTraces({
        forms,
        folders: [folder],
        pids: [program.pid, await program.gatewayPid()],
        places: new Map([...places(), ['the page', await page.content()]]),
      }),
    ).toEqual([]);
    await wall.close();
    await program.stop();
    expect(await findTraces({ forms, folders: [folder], pids: [], places: places() })).toEqual([]);

    const again = await start(folder);
    await again.wall.waitForTile(0, 'refused');
    await expect.poll(() => again.wall.tileWords(0)).toContain('Locked');
    const { page: second } = again.wall;
    await second.locator('[data-tile="0"]').click();
    await second
      .locator('[data-ptz="214"]')
      .getByText(/The passwords are locked/)
      .waitFor();
    await second.screenshot({ path: join(pictures, 'passwords-locked.png') });
    await second.getByRole('button', { name: "Unlock the cameras' passwords …" }).click();
    await second.getByLabel('Passphrase').fill('wrong');
    await second.getByRole('button', { name: 'Unlock', exact: true }).click();
    await second.getByText(/This is not the passphrase/).waitFor();
    await until('the passphrase may be tried again', async () => {
      const asking = second.getByRole('dialog').getByLabel('Passphrase');
      if (!(await asking.isVisible())) return true;
      await asking.fill(passphrase, { timeout: 1_000 }).catch(() => {});
      await asking.press('Enter', { timeout: 1_000 }).catch(() => {});
      return false;
    });
    await again.wall.waitForTile(0, 'live');
    // It stayed selected: nobody has to select it anew to steer it.
    await second.locator('[data-ptz="214"] [data-stick]').waitFor();
    const seen = await heap(again.wall);
    expect(seen).toContain('Khyber Bazar, gate 2');
    expect(
      await findTraces({
        forms: formsOf(login.user, login.password),
        folders: [folder],
        pids: [again.program.pid, await again.program.gatewayPid()],
        places: new Map([
          ["the window's memory", seen],
          ['what the program said', again.program.said()],
        ]),
      }),
    ).toEqual([]);
  });
});
