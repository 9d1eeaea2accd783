import { expect, it, onTestFinished } from 'vitest';
import { startGstRtspServer } from '../support/rtsp/gst-rtsp-server.ts';
import { openWall, startProgram, temporaryFolder } from '../support/wall-driver.ts';
import { readBundle, sealFirst } from './open-desk.ts';

it('of a camera that sends JPEG the incident’s page and its bundle say that the pictures were encoded anew before they were secured', async () => {
  const camera = await startGstRtspServer({ codec: 'jpeg' });
  onTestFinished(() => camera.kill());
  const folder = await temporaryFolder();
  onTestFinished(() => folder.remove());
  const program = await startProgram(folder.path, ['--camera', camera.url]);
  onTestFinished(async () => void (await program.stop()));
  const { page, close, waitForTile, waitForPictures } = await openWall(program.address());
  onTestFinished(close);
  await waitForTile(0, 'live');
  await waitForPictures(0, 20);
  for (const key of ['KeyT', 'Digit1', 'Enter', 'KeyF']) await page.keyboard.press(key);
  await page.locator('[data-tile="0"] [data-incident="1"][data-evidence="securing"]').waitFor({ timeout: 60_000 });
  const path = await sealFirst(page, folder.path);
  await page.locator('[data-custody="origin"]').getByText('Deedban makes H.264 of it').waitFor();
  const { files, incident, custody } = await readBundle(path);
  expect(custody.log).toContainEqual(
    expect.objectContaining({ what: 'origin', codec: 'h264', origin: { encodedFrom: 'jpeg', parameterSets: [] } }),
  );
  const said = 'the camera sends JPEG, and this program’s gateway made H.264 of it before anything was kept';
  for (const name of ['index.html', 'certificate.html']) {
    const text = files.get(`data/${name}`)?.toString('utf8') ?? '';
    expect(text).toContain(said);
    expect(text).not.toContain('and not encoded anew');
  }
  expect(incident.files.find(({ what }) => what === 'master')?.from).toContain(said);
});
