import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { bundleReport, bundleReportText } from '../../build/verify/bundle-report.ts';
import { readTimeStamp } from '../../main/features/evidence/read-time-stamp.ts';
import { verifyBundle } from '../../main/features/evidence/verify-bundle.ts';
import { createHttpTimeStampAuthority } from '../../main/protocols/time-stamp/http-time-stamp-authority.ts';
import { collectLog } from '../stores/temporary-folder.ts';
import { newSigner, sealedInMemory, sourceOf } from './memory-bundle.ts';
import { changedBundle, filesOf } from './other-zip.ts';

const run = promisify(execFile);
let place: string;
const openssl = (...args: readonly string[]) => run('openssl', args, { cwd: place });

const configuration = `
[ tsa ]
default_tsa = one
[ one ]
serial = serial
signer_cert = tsa.pem
certs = root.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
[ req ]
distinguished_name = name
[ name ]
[ authority ]
basicConstraints = critical, CA:true
[ stamper ]
extendedKeyUsage = critical, timeStamping
`;

/** An authority that nobody here wrote: OpenSSL's, with a root of its own. */
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'deedban-tsa-'));
  await writeFile(join(place, 'openssl.cnf'), configuration);
  await writeFile(join(place, 'serial'), '01\n');
  const config = ['-config', 'openssl.cnf'];
  const key = ['-newkey', 'rsa:2048', '-nodes'];
  const root = ['-keyout', 'root.key', '-out', 'root.pem', '-subj', '/CN=Test root'];
  await openssl('req', '-x509', ...config, ...key, ...root, '-days', '30', '-extensions', 'authority');
  await openssl('req', ...config, ...key, '-keyout', 'tsa.key', '-out', 'tsa.csr', '-subj', '/CN=Test authority');
  const by = ['-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial', '-extfile', 'openssl.cnf', '-extensions', 'stamper'];
  await openssl('x509', '-req', '-in', 'tsa.csr', ...by, '-out', 'tsa.pem', '-days', '30');
});
afterAll(() => rm(place, { recursive: true, force: true }));

async function reply(query: Buffer): Promise<Buffer> {
  await writeFile(join(place, 'query.tsq'), query);
  await openssl('ts', '-reply', '-config', 'openssl.cnf', '-queryfile', 'query.tsq', '-out', 'reply.tsr');
  return readFile(join(place, 'reply.tsr'));
}

/** The authority at an address; `answer` makes of a query what it says, or null to hang up. */
async function serve(answer: (query: Buffer) => Promise<Buffer | null>): Promise<{ url: string; asked(): number }> {
  let asked = 0;
  const server = createServer(async (request, response) => {
    asked += 1;
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(Buffer.from(piece));
    const bytes = await answer(Buffer.concat(pieces));
    if (bytes === null) return void response.destroy();
    response.writeHead(200, { 'content-type': 'application/timestamp-reply' });
    response.end(bytes);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}/tsa`, asked: () => asked };
}

describe('a time-stamp', () => {
  it('of an authority is in the bundle, is told, and others find it good too', async () => {
    const { url } = await serve(reply);
    const log = collectLog();
    const authority = createHttpTimeStampAuthority(url, log);
    const beforeUtcMs = Date.now() - 2_000;
    const zip = await sealedInMemory({ signer: await newSigner(), authority });
    expect(log.lines).toEqual([]);
    const verdict = await verifyBundle(sourceOf(zip));
    const certificate = await openssl('x509', '-in', 'tsa.pem', '-noout', '-fingerprint', '-sha256');
    const fingerprint = certificate.stdout.split('=')[1]?.trim().replaceAll(':', '').toLowerCase();
    expect(verdict).toMatchObject({ verdict: 'INTACT', timeStamp: { state: 'good', authority: 'Test authority', fingerprint } });
    expect(verdict.timeStamp?.utcMs).toBeGreaterThan(beforeUtcMs);
    const { report } = bundleReport('a.zip', verdict, null);
    expect(bundleReportText(report)).toMatch(/Time-stamp: 20\d\d-.*Z, by "Test authority"/);
    const files = filesOf(zip);
    for (const name of ['manifest-sha512.txt', 'timestamp.tsr'])
      await writeFile(join(place, name), files.get(`incident-1042/${name}`) ?? '');
    const checked = await openssl('ts', '-verify', '-data', 'manifest-sha512.txt', '-in', 'timestamp.tsr', '-CAfile', 'root.pem');
    expect(checked.stdout + checked.stderr).toContain('Verification: OK');
    expect((await verifyBundle(sourceOf(changedBundle(zip, { 'timestamp.tsr': null })))).verdict).toBe('ALTERED');
  });

  it('of another content, of another question, and one with a bit changed is none', async () => {
    const content = Buffer.from('a list');
    const { url } = await serve(reply);
    const stamp = await createHttpTimeStampAuthority(url, collectLog()).stamp(content);
    if (stamp === null) throw new Error('no time-stamp');
    expect((await readTimeStamp(stamp, content)).state).toBe('good');
    expect((await readTimeStamp(stamp, Buffer.from('another'))).state).toBe('bad');
    for (let place = 60; place < stamp.length; place += 97) {
      const changed = Buffer.from(stamp);
      changed[place] = (changed[place] ?? 0) ^ 1;
      const read = await readTimeStamp(changed, content);
      // What is changed in the certificates beside is not covered by the signature, but is another certificate then.
      const good = await readTimeStamp(stamp, content);
      expect(read.state === 'bad' || read.utcMs === good.utcMs).toBe(true);
    }
    const old = await serve(async () => Buffer.from(stamp));
    const log = collectLog();
    expect(await createHttpTimeStampAuthority(old.url, log).stamp(content)).toBeNull();
    expect(log.lines.join()).toContain('another question');
  });

  it('that cannot be had hinders nobody: the bundle is sealed without one, after some tries', async () => {
    const { url, asked } = await serve(async () => null);
    const log = collectLog();
    const zip = await sealedInMemory({ signer: await newSigner(), authority: createHttpTimeStampAuthority(url, log) });
    expect(await verifyBundle(sourceOf(zip))).toMatchObject({ verdict: 'INTACT', timeStamp: null });
    expect(asked()).toBe(3);
    expect(log.lines).toHaveLength(3);
  });

  it('that says something else than it should is left out', async () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('no'), Buffer.alloc(1_000_000)]) {
      const { url } = await serve(async () => bytes);
      expect(await createHttpTimeStampAuthority(url, collectLog()).stamp(Buffer.from('x'))).toBeNull();
      expect(await readTimeStamp(bytes, Buffer.from('x'))).toMatchObject({ state: 'bad', utcMs: null });
    }
  });
});
