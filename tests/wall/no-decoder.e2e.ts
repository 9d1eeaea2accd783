import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startGstRtspServer } from '../support/rtsp/gst-rtsp-server.ts';
import { openWall, startProgram, temporaryFolder } from '../support/wall-driver.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Camera 1 sends H.265 as main and H.264 as sub, camera 2 H.265 alone; a browser of software has no decoder for that anywhere. */
async function start() {
  const [hevc, avc] = await Promise.all([startGstRtspServer({ codec: 'h265' }), startGstRtspServer({ codec: 'h264' })]);
  ends.push(hevc.kill, avc.kill);
  const folder = await temporaryFolder();
  ends.push(folder.remove);
  const file = join(folder.path, 'cameras.csv');
  const camera = (number: number, sub: string) =>
    [`camera-${number}`, number, `Camera ${number}`, 'Peshawar', 'Gate', '', '', 'fixed', hevc.url, sub].join();
  const lines = ['id,number,name,district,site,lat,lon,kind,main,sub', camera(1, avc.url), camera(2, '')];
  await writeFile(file, `${lines.join('\n')}\n`);
  const program = await startProgram(folder.path, ['--cameras', file]);
  ends.push(program.stop);
  const wall = await openWall(program.address());
  ends.push(wall.close);
  const { page } = wall;
  // So large that a tile of two needs the main stream.
  await page.setViewportSize({ width: 3_200, height: 1_800 });
  const hasDecoder = await page.evaluate(
    `RTCRtpReceiver.getCapabilities('video').codecs.some(({ mimeType }) => /H265/i.test(mimeType))`,
  );
  expect(hasDecoder).toBe(false);
  return { page, hevc, tile: (at: number) => page.locator(`[data-tile="${at}"]`) };
}

describe('a camera that sends H.265 where this PC has no decoder for it', () => {
  it('shows its H.264 sub instead, moving, and says why; one without says that there is no decoder, not that it is lost', async () => {
    const { page, hevc, tile } = await start();
    await page.locator('[data-tile="0"][data-verdict="live"][data-stream="sub"]').waitFor({ timeout: 60_000 });
    const time = async () => Number(await page.evaluate(`document.querySelector('[data-tile="0"] video').currentTime`));
    const before = await time();
    await expect.poll(time, { timeout: 30_000 }).toBeGreaterThan(before + 0.5);
    expect(await tile(0).locator('[data-quality="full"]').innerText()).toContain('sub');
    // It was asked for what it was to show, and not only guessed about.
    expect(hevc.count('play')).toBeGreaterThan(0);
    await tile(0).click({ position: { x: 60, y: 90 } });
    await page.getByText('Sub: this PC has no decoder for the main stream.').first().waitFor();
    await tile(1).and(page.locator('[data-verdict="no-decoder"]')).waitFor({ timeout: 60_000 });
    await expect.poll(async () => (await tile(1).innerText()).toLowerCase()).toContain('no decoder');
  });
});
