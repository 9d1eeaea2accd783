import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { startGstRtspServer } from '../support/rtsp/gst-rtsp-server.ts';
import { until } from '../support/until.ts';
import { openPlainPage } from './support/plain-page.ts';
import { startGateway } from './support/running-gateway.ts';

const closers: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const credentials = { user: 'operator', password: 'planted-secret' };

/** Command lines and environments of a process's children. */
async function childrenOf(parent: number): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const texts = await Promise.all(
    pids.map(async (pid) => {
      const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
      // The parent is the second field behind the name in brackets (proc(5)).
      const owner = /^.*\) \S (\d+)/s.exec(await read('stat'))?.[1];
      return Number(owner) === parent ? `${await read('cmdline')}\0${await read('environ')}` : '';
    }),
  );
  return texts.filter((text) => text !== '');
}

it.each(['jpeg', 'mpeg4'] as const)(
  'a camera that sends %s plays in a browser, over one connection, and ffmpeg knows neither its address nor its password',
  async (codec) => {
    const server = await startGstRtspServer({ codec, credentials });
    closers.push(() => server.kill());
    const entry = fileURLToPath(new URL('../../main/gateway/entry.ts', import.meta.url));
    const gateway = await startGateway({ entry, ffmpegPath: 'ffmpeg' });
    closers.push(() => gateway.close());
    const control = await gateway.connect();
    closers.push(() => control.close());
    const page = await openPlainPage();
    closers.push(() => page.close());
    const main = { scheme: 'rtsp' as const, url: server.url, credentials };
    control.send({ type: 'cameras', cameras: [{ id: 'old', addresses: { main } }], last: true });
    const { tile, status } = await page.open(`${gateway.whepUrl}/old/main`, gateway.token);
    expect(status).toBe(201);
    await until('twenty pictures are shown', async () => (await page.facts(tile)).frames >= 20);
    expect((await page.facts(tile)).width).toBe(768);
    expect(server.count('connected')).toBe(1);
    const children = await childrenOf(gateway.pid);
    expect(children.some((child) => child.includes('libx264'))).toBe(true);
    for (const child of children) expect(child).not.toMatch(/planted-secret|operator|rtsp:|127\.0\.0\.1/);
  },
);
