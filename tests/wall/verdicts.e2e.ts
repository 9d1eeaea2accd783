import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGstRtspServer } from '../support/rtsp/gst-rtsp-server.ts';
import { createSlowLink } from '../support/slow-link.ts';
import { until } from '../support/until.ts';
import { openWall, startProgram, temporaryFolder } from '../support/wall-driver.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

describe('the glass', () => {
  it('calls pictures late that arrive three seconds late, and live again when they do not', async () => {
    const server = await startGstRtspServer();
    ends.push(() => server.stop());
    const link = await createSlowLink(server.port);
    ends.push(() => link.close());
    const folder = await temporaryFolder();
    ends.push(folder.remove);
    const program = await startProgram(folder.path, ['--camera', server.url.replace(`${server.port}`, `${link.port}`)]);
    ends.push(() => program.stop());
    const wall = await openWall(program.address());
    ends.push(wall.close);
    const verdict = async () => (await wall.page.locator('[data-tile="0"]').getAttribute('data-verdict')) ?? '';
    await wall.waitForTile(0, 'live');
    await wall.waitForPictures(0, 30);
    await wall.waitForTile(0, 'live');
    // The server's reports say when each picture was taken, and the browser says it of each picture.
    await until('the tile has a clock', async () => /\d\d:\d\d:\d\d/.test(await wall.tileWords(0)));
    // What is held back comes after a gap; a camera on a slow link is not live in between.
    await wall.page.evaluate(
      "window.said = []; new MutationObserver(() => window.said.push(document.querySelector('[data-tile]').dataset.verdict)).observe(document.querySelector('[data-tile]'), { attributes: true, attributeFilter: ['data-verdict'] })",
    );
    link.delay(3_000);
    await until('the tile says that it is late', async () => (await verdict()) === 'late');
    await until('it says by how much', async () => /Late [34] s/.test(await wall.tileWords(0)));
    await wall.waitForPictures(0, 20);
    // Never live in between. What is held back comes unevenly where the PC is busy, and stalls once more then.
    const said = z.array(z.string()).parse(await wall.page.evaluate('window.said'));
    expect(said.slice(0, 2)).toEqual(['stalled', 'late']);
    expect(said.filter((word) => word !== 'stalled' && word !== 'late')).toEqual([]);
    link.delay(0);
    await until('the tile is live again', async () => (await verdict()) === 'live', 60_000);
  });
});
