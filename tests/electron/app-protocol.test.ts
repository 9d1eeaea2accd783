import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppProtocolSupply, answerAppRequest } from '../../main/hosts/electron/app-protocol.ts';
import { registerAppScheme } from '../../main/hosts/electron/privileged-scheme.ts';
import { listRendererFiles } from '../../main/hosts/renderer-files.ts';
import { createPretendLog } from './pretend-log.ts';

let folder = '';
let supply: AppProtocolSupply;
const asked: Request[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deedban-protocol-'));
  const renderer = join(folder, 'renderer');
  await mkdir(join(renderer, 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(renderer, 'index.html'), '<!doctype html><title>wall</title>');
  await writeFile(join(renderer, 'assets/app.js'), 'let wall;');
  await symlink(join(folder, 'secret.txt'), join(renderer, 'link.txt'));
  supply = {
    files: await listRendererFiles(renderer),
    policies: { contentSecurity: "default-src 'none'", permissions: 'camera=()' },
    byAddress(request) {
      asked.push(request);
      return Promise.resolve(new Response('v=0', { status: 201, headers: { location: '/whep/pes-214/main/1' } }));
    },
    log: createPretendLog(),
  };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const ask = (url: string, init?: RequestInit) => answerAppRequest(new Request(url, init), supply);

test('the page and its parts are served with their types and the strict policies', async () => {
  const page = await ask('app://deedban/');
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('<title>wall</title>');
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(page.headers.get('content-security-policy')).toBe("default-src 'none'");
  expect(page.headers.get('permissions-policy')).toBe('camera=()');
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  const part = await ask('app://deedban/assets/app.js?v=1');
  expect(part.headers.get('content-type')).toContain('text/javascript');
  expect(await part.text()).toBe('let wall;');
});

test.each([
  'app://deedban/../secret.txt',
  'app://deedban/assets/../../secret.txt',
  'app://deedban/%2e%2e/secret.txt',
  'app://deedban/..%2fsecret.txt',
  'app://deedban/..%5csecret.txt',
  'app://deedban/..\\secret.txt',
  'app://deedban//etc/passwd',
  'app://deedban/assets',
  'app://deedban/link.txt',
  'app://deedban/index.html%00.js',
  'app://deedban/__proto__',
])('%s leads nowhere', async (url) => {
  const answer = await ask(url);
  expect(answer.status).toBe(404);
  expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'");
  expect(await answer.text()).not.toContain('secret');
});

test('another host under our scheme is refused', async () => {
  expect((await ask('app://other/')).status).toBe(403);
  expect((await ask('app://deedban.example/')).status).toBe(403);
});

test('a WHEP request reaches main’s front door whole, and its answer the window', async () => {
  const answer = await ask('app://deedban/whep/pes-214/main', {
    method: 'POST',
    body: 'v=0 offer',
    headers: { 'content-type': 'application/sdp', authorization: 'Bearer abc' },
  });
  expect(answer.status).toBe(201);
  expect(answer.headers.get('location')).toBe('/whep/pes-214/main/1');
  const request = asked.at(-1);
  expect(request?.method).toBe('POST');
  expect(new URL(request?.url ?? '').pathname).toBe('/whep/pes-214/main');
  expect(request?.headers.get('authorization')).toBe('Bearer abc');
  expect(await request?.text()).toBe('v=0 offer');
});

test('a body is handed on as long as it may be there, and refused where it is longer', async () => {
  const put = (path: string, bytes: number) => ask(`app://deedban${path}`, { method: 'PUT', body: new Uint8Array(bytes) });
  const before = asked.length;
  expect((await put('/miniatures/d1', 256 * 1024)).status).toBe(201);
  expect((await asked.at(-1)?.arrayBuffer())?.byteLength).toBe(256 * 1024);
  const refused = await put('/miniatures/d1', 256 * 1024 + 1);
  expect([refused.status, refused.headers.get('content-type')]).toEqual([413, 'application/problem+json']);
  expect(asked.length).toBe(before + 1);
  expect((await ask('app://deedban/directory/7')).status).toBe(201);
  expect((await put('/elsewhere', 1)).status).toBe(405);
});

test('files are only read', async () => {
  expect((await ask('app://deedban/', { method: 'POST', body: 'x' })).status).toBe(405);
  const head = await ask('app://deedban/', { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
});

test('the browser host’s bridge script is empty here, because the preload has put ours on the window', async () => {
  const answer = await ask('app://deedban/preload.js');
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, 'text/javascript', '']);
});

test('a fault of ours is 500 without its reason, which the log has', async () => {
  const log = createPretendLog();
  const broken: AppProtocolSupply = { ...supply, log, byAddress: () => Promise.reject(new Error('inner words')) };
  const answer = await answerAppRequest(new Request('app://deedban/whep/a/main', { method: 'POST' }), broken);
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain('inner');
  expect(log.lines.join()).toContain('inner words');
});

test('the scheme is a secure origin that may not bypass its policy', () => {
  const registered: { scheme: string; privileges: Record<string, boolean> }[] = [];
  registerAppScheme({ registerSchemesAsPrivileged: (schemes) => registered.push(...schemes) });
  expect(registered).toEqual([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
});
