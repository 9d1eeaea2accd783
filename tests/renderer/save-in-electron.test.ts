import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, onTestFinished } from 'vitest';
import { contractVersion } from '../../core/contract.ts';
import { evidenceContract } from '../../core/evidence/evidence.contract.ts';
import { hostContract } from '../../core/host/host.contract.ts';
import { createCell } from '../../core/rpc/cell.ts';
import type { AnyHandlers } from '../../core/rpc/handlers.ts';
import { serveSession } from '../../core/rpc/server.ts';
import { scenesContract } from '../../core/scenes/scenes.contract.ts';
import { createHostFeature } from '../../main/features/host/host-feature.ts';
import { electronKiosk } from '../../main/hosts/kiosk-abilities.ts';
import type { Door } from '../../main/ports/door.ts';
import { defaultSettings } from '../../main/ports/settings.ts';
import { createSavedFile } from '../../main/stores/files/saved-file.ts';
import { createDeedbanClient } from '../../renderer/app/client.ts';
import { createHostSaver } from '../../renderer/app/host-saver.ts';
import { saveKey } from '../../renderer/features/evidence/save-key.ts';
import { exportScenes } from '../../renderer/features/scenes/scene-deeds.ts';
import { saveByAddress, saveText } from '../../renderer/media/save-file.ts';
import { notices, unsay } from '../../renderer/ui/notice.ts';
import { createIpcPair } from '../electron/ipc-pair.ts';
import { createPretendLog } from '../electron/pretend-log.ts';
import { createHandClock } from '../host/support/hand-clock.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';

const scenesFile = '{"format":"deedban-scenes","scenes":["جلوس"]}\n';
const key = {
  pem: '-----BEGIN PUBLIC KEY-----\nYQ==\n-----END PUBLIC KEY-----\n',
  fingerprint: 'a'.repeat(64),
  words: 'amber ash',
};

/** A window and a host that saves, joined by Electron's ipc as pretended; who is asked for a place says the name that is suggested, in `folder`. */
function startHost(answer: 'chosen' | 'dismissed' = 'chosen') {
  const folder = temporaryFolder();
  const clock = createHandClock();
  const log = createPretendLog();
  const goOn = Promise.withResolvers<void>();
  const rows: Door = {
    prefix: '/audit/',
    async handle() {
      const pieces = ['row\n', '2\n', '1\n'].map((text) => Buffer.from(text.repeat(1_000)));
      return new Response(
        new ReadableStream<Uint8Array>(
          {
            async pull(to) {
              const piece = pieces.shift();
              if (piece === undefined) return to.close();
              // Its end comes when the window has seen how far it is.
              if (pieces.length === 0) await goOn.promise;
              clock.pass(1_000);
              to.enqueue(piece);
            },
          },
          { highWaterMark: 0 },
        ),
      );
    },
  };
  const host = createHostFeature({
    about: createCell({
      version: '1',
      abilities: { leave: true, saves: true, kiosk: { on: false, ...electronKiosk } },
      notices: [],
    }),
    settings: { values: createCell(defaultSettings), update: async () => {} },
    pins: { hash: async () => '', matches: async () => false },
    ...{ kiosk: false, clock, log, leave: () => {}, doors: () => [rows] },
    askPlace: async (_displayId, fileName) => (answer === 'chosen' ? join(folder, fileName) : null),
    newFile: (path) => createSavedFile(path, '/proc', { began: async () => {}, ended: async () => {} }),
  });
  const calls: AnyHandlers['calls'] = {
    ...host.calls,
    'scenes.export': () => ({ text: scenesFile }),
    'evidence.key': () => ({ key }),
  };
  const pair = createIpcPair();
  onTestFinished(pair.close);
  pair.onTransport((transport) =>
    serveSession(
      { ...hostContract, ...scenesContract, ...evidenceContract },
      { calls, states: host.states, events: {} },
      transport,
      {
        version: contractVersion,
        onFault: (name) => log.error(name),
        session: {
          id: 'session',
          seat: { number: 1, role: 'supervisor', priority: 50, signedIn: false },
          displayId: 'left',
          windowKind: 'console',
        },
      },
    ),
  );
  const client = createDeedbanClient(pair.bridge);
  onTestFinished(() => client.close());
  const opened = new Promise<void>((resolve) => client.status.subscribe((status) => status === 'open' && resolve()));
  return { client, folder, opened, letGo: goOn.resolve, saved: (name: string) => readFileSync(join(folder, name), 'utf8') };
}

/** The words a window has said, by their keys. */
const said = () => notices.getState().list.map(({ words }) => words(((name: string) => name) as never));
afterEach(() => unsay());

it('scenes, keys and pages to print are saved where the host asks, and are said to be', async () => {
  const { client, folder, opened, saved } = startHost();
  await opened;
  await exportScenes(client, null);
  await saveKey(client, 'centre', 'pem');
  await saveKey(client, 'seat', 'page');
  const [pem, page, scenes = ''] = readdirSync(folder).toSorted();
  expect([pem, page]).toEqual(['deedban-public-key.pem', 'deedban-seat-public-key.html']);
  expect(scenes).toMatch(/^scenes \d{4}-\d\d-\d\d\.json$/);
  expect([saved('deedban-public-key.pem'), saved(scenes)]).toEqual([key.pem, scenesFile]);
  expect(saved('deedban-seat-public-key.html')).toContain(key.words);
  expect(said()).toEqual(['evidence.key-saved', 'evidence.key-saved', 'saving.saved']);
});

it('nothing is said, and nothing is there, where nobody chose a place', async () => {
  const { client, folder, opened } = startHost('dismissed');
  await opened;
  await exportScenes(client, null);
  await saveKey(client, 'centre', 'pem');
  expect([said(), readdirSync(folder)]).toEqual([[], []]);
});

it('a text that no message takes is refused before it ends the line', async () => {
  const { client, opened } = startHost();
  await opened;
  const order = { fileName: 'a.txt', type: 'text/plain' };
  expect(await saveText(client, { ...order, text: '"'.repeat(600_000) })).toBe('failed');
  expect(await saveText(client, { ...order, text: 'small' })).toBe('saved');
  expect(client.status.current()).toBe('open');
});

it('an export whose length nobody knows says how much of it is written while it goes on', async () => {
  const { client, opened, letGo, saved } = startHost();
  const saver = createHostSaver(client);
  await opened;
  await expect.poll(saver).not.toBeNull();
  const done: number[] = [];
  const saving = saveByAddress({
    ...{ path: '/audit/rows?format=csv', fileName: 'rows.csv', type: 'text/csv', sizeBytes: null },
    byAddress: { saver, stream: () => Promise.reject(new Error('the page writes nothing')) },
    signal: new AbortController().signal,
    progress: (bytes) => done.push(bytes),
  });
  await expect.poll(() => done.at(-1)).toBe(6_000);
  letGo();
  expect([await saving, saved('rows.csv').length]).toEqual(['saved', 8_000]);
});
