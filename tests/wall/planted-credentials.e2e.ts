import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { processTree } from '../bench/process-tree.ts';
import { startGstRtspServer } from '../support/rtsp/gst-rtsp-server.ts';
import { openWall, startProgram, temporaryFolder } from '../support/wall-driver.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const user = 'planted-user-7f3a';
const password = 'planted-passw0rd-91c2';
const traces = [user, password, Buffer.from(`${user}:${password}`).toString('base64')];

async function filesBelow(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const files: string[] = [];
  for (const name of names) if ((await stat(join(folder, name)).catch(() => null))?.isFile()) files.push(join(folder, name));
  return files;
}

describe('credentials', () => {
  it("are found in no file, command line, environment, output, answer or window's memory", async () => {
    const server = await startGstRtspServer({ credentials: { user, password } });
    ends.push(() => server.stop());
    const folder = await temporaryFolder();
    const list = await temporaryFolder();
    ends.push(folder.remove, list.remove);
    const cameraFile = join(list.path, 'cameras.csv');
    const dead = server.url.replace('rtsp://', `rtsp://${user}:${password}@`).replace(/:\d+\//, ':9/');
    const address = server.url.replace('rtsp://', `rtsp://${user}:${password}@`);
    await writeFile(
      cameraFile,
      `id,number,name,district,site,lat,lon,kind,main,sub\na,1,Gate,P,S,34,71,fixed,${address},\nb,2,Dead,P,S,34,71,fixed,${dead},\nc,3,Bad,P,S,34,71,fixed,rtspx://${user}:${password}@x/,\nd,4,Web,P,S,34,71,fixed,http://${user}:${password}@127.0.0.1:9/whep,\n`,
    );
    const program = await startProgram(folder.path, ['--cameras', cameraFile]);
    ends.push(() => program.stop());
    const wall = await openWall(program.address());
    ends.push(wall.close);
    // The code in the address is good once: a load that is broken off by the next one would lose it.
    await wall.waitForTile(0, 'live');
    const heard: string[] = [];
    wall.page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(payload.toString())));
    await wall.page.reload();
    await wall.waitForTile(0, 'live');
    await wall.waitForTile(1, 'retrying', 'stalled', 'opening');

    // The heap of the page: every string it holds.
    const cdp = await wall.page.context().newCDPSession(wall.page);
    let heap = '';
    cdp.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }: { chunk: string }) => {
      heap += chunk;
    });
    await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    expect(heap).toContain('Gate');

    const places = new Map<string, string>([
      ['what the program said', program.said()],
      ["the window's memory", heap],
      ['the window', await wall.page.content()],
      ['the contract', heard.join('\n')],
    ]);
    for (const pid of [...processTree(program.pid), ...processTree(await program.gatewayPid())]) {
      places.set(`command line of ${pid}`, await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''));
      places.set(`environment of ${pid}`, await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => ''));
    }
    const search = async () => {
      for (const file of await filesBelow(folder.path)) places.set(file, await readFile(file, 'latin1').catch(() => ''));
      return [...places].filter(([, text]) => traces.some((trace) => text.includes(trace))).map(([place]) => place);
    };
    expect(heard.length).toBeGreaterThan(0);
    expect(await search()).toEqual([]);
    await program.stop();
    // And what is written at the end.
    expect(await search()).toEqual([]);
  });

  it("leave the program's own command line at once", async () => {
    const folder = await temporaryFolder();
    ends.push(folder.remove);
    const program = await startProgram(folder.path, ['--camera', `rtsp://${user}:${password}@127.0.0.1:9/x`]);
    ends.push(() => program.stop());
    const lines = await Promise.all(
      processTree(program.pid).map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
    );
    expect(lines.join()).toContain('deedban');
    expect(traces.filter((trace) => lines.join().includes(trace))).toEqual([]);
  });
});
