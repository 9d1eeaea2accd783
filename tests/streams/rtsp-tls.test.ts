import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { untilInTime } from '../support/rtsp/fake-cameras.ts';
import type { FakeBehaviour } from '../support/rtsp/fake-rtsp-server.ts';
import { goodBehaviour, startFakeRtspServer } from '../support/rtsp/fake-rtsp-server.ts';
import { createManualClock } from '../support/rtsp/manual-clock.ts';
import { recordSource, until } from '../support/rtsp/recorded-source.ts';

const cleanups: (() => Promise<void> | void)[] = [];
let selfSigned: { key: string; cert: string };

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'deedban-tls-'));
  try {
    const [key, cert] = [join(folder, 'key'), join(folder, 'cert')];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=camera'];
    await promisify(execFile)('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', cert]);
    selfSigned = { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
  } finally {
    await rm(folder, { recursive: true });
  }
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function open(overrides: Readonly<Record<string, FakeBehaviour>>) {
  const server = await startFakeRtspServer(overrides, selfSigned);
  cleanups.push(() => server.close());
  const clock = createManualClock();
  const recorded = recordSource(clock, server.url, { user: 'operator', password: 'planted-secret' });
  cleanups.push(() => recorded.source.close());
  return { ...recorded, server, clock };
}

function challenges(challenge: string): FakeBehaviour {
  return (request, peer) => {
    if (request.headers.has('authorization')) goodBehaviour['DESCRIBE']?.(request, peer);
    else peer.reply(request, 401, { 'WWW-Authenticate': challenge });
  };
}

test('a camera that signed its certificate itself is shown, and may ask by Digest', async () => {
  const { units, ends, clock } = await open({ DESCRIBE: challenges('Digest realm="cam", nonce="1"') });
  await untilInTime(clock, () => units.length === 3 || ends.length > 0);
  expect(ends).toEqual([]);
});

test('a password does not go in clear to a camera whose certificate nobody vouches for', async () => {
  const { ends, server } = await open({ DESCRIBE: challenges('Basic realm="cam"') });
  await until(() => ends.length === 1);
  expect(ends[0]?.code).toBe('camera-refused');
  expect(server.requests.some(({ headers }) => headers.has('authorization'))).toBe(false);
});

test('a camera that does not speak TLS where it should is one that speaks wrongly', async () => {
  const server = createServer((socket) =>
    socket
      .on('error', () => {})
      .resume()
      .end('RTSP/1.0 400 Bad Request\r\n\r\n'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const { ends } = recordSource(createManualClock(), `rtsps://127.0.0.1:${port}/stream`);
  await until(() => ends.length === 1);
  expect(ends).toEqual([{ code: 'camera-protocol', detail: 'TLS could not be agreed on' }]);
});
