import { execFile } from 'node:child_process';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { zipContentBytes, zipDirectory, zipLocalHead } from '../../core/evidence/canonical-zip.ts';
import { fingerprintWords } from '../../core/evidence/fingerprint.ts';
import { verifyBundle } from '../../main/features/evidence/verify-bundle.ts';
import { newSigner, sealedInMemory, sourceOf } from './memory-bundle.ts';
import { changedBundle, filesOf, forgedBundle, zipOf } from './other-zip.ts';

const run = promisify(execFile);
const verify = (bytes: Buffer) => verifyBundle(sourceOf(bytes));

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'deedban-forged-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

describe('somebody who knows the format', () => {
  it('changes, adds and removes files, and each is named', async () => {
    const zip = await sealedInMemory({ signer: await newSigner() });
    const none = { structure: [], altered: [], added: [], missing: [], signer: { state: 'good' } };
    expect(await verify(changedBundle(zip, {}))).toMatchObject({ ...none, verdict: 'INTACT' });
    for (const [changes, found] of [
      [{ 'data/statement.txt': 'Nothing happened.' }, { altered: ['data/statement.txt'] }],
      [{ 'data/statement.txt': null }, { missing: ['data/statement.txt'] }],
      [{ 'data/other.txt': 'x' }, { added: ['data/other.txt'] }],
      [{ 'other.txt': 'x' }, { added: ['other.txt'] }],
      [{ 'bag-info.txt': 'Payload-Oxum: 0.0\n' }, { altered: ['bag-info.txt'] }],
      [{ 'tagmanifest-sha256.txt': null }, { missing: ['tagmanifest-sha256.txt'] }],
      [{ 'manifest-sha256.txt': '' }, { altered: ['manifest-sha256.txt'] }],
      [{ 'tagmanifest-sha256.txt': '' }, { altered: ['tagmanifest-sha256.txt'] }],
      [{ 'bagit.txt': 'BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n' }, { altered: ['bagit.txt'] }],
      [{ 'timestamp.tsr': 'x' }, { added: ['timestamp.tsr'] }],
    ] as const) {
      expect(await verify(changedBundle(zip, changes)), JSON.stringify(changes)).toMatchObject({
        ...none,
        ...found,
        verdict: 'ALTERED',
      });
    }
  });

  it('makes all manifests anew, and is found by the signature', async () => {
    const zip = await sealedInMemory({ signer: await newSigner() });
    const forged = forgedBundle(zip, 'data/statement.txt', 'Nothing happened.');
    expect(await verify(forged)).toMatchObject({ verdict: 'ALTERED', signer: { state: 'bad' } });
    expect(await verify(changedBundle(zip, { 'signatures/signer.sig': null }))).toMatchObject({
      verdict: 'ALTERED',
      signer: { state: 'missing' },
      missing: ['signatures/signer.sig'],
    });
  });

  it('signs with a key of their own, and has another fingerprint', async () => {
    const signer = await newSigner();
    const forger = await newSigner();
    const forged = forgedBundle(await sealedInMemory({ signer }), 'data/statement.txt', 'Nothing happened.', forger);
    expect(await verify(forged)).toMatchObject({ verdict: 'INTACT', signer: { state: 'good', fingerprint: forger.fingerprint } });
    expect(forger.fingerprint).not.toBe(signer.fingerprint);
  });

  it('puts in names that lead elsewhere, names twice, names out of order, and nothing is taken', async () => {
    const zip = await sealedInMemory({ signer: await newSigner() });
    const files = [...filesOf(zip)];
    const evil = Buffer.from('x');
    for (const path of ['../../etc/passwd', '/etc/passwd', 'C:/x', 'incident-1042/../x', 'other/x', 'incident-1042/a\\b']) {
      const { verdict, added } = await verify(zipOf([...files, [path, evil]]));
      expect({ verdict, added }, path).toEqual({ verdict: 'ALTERED', added: [JSON.stringify(path)] });
    }
    const [first] = files;
    if (!first) throw new Error('no files');
    expect((await verify(zipOf([...files, first]))).verdict).toBe('ALTERED');
    expect((await verify(zipOf(files.toReversed()))).structure).toEqual([expect.stringContaining('not in their order')]);
    expect((await verify(zipOf(files.map(([path, bytes]) => [path.replace('incident-1042/', ''), bytes])))).verdict).toBe(
      'ALTERED',
    );
  });

  it('shows names on a terminal that cannot do anything to it', async () => {
    const zip = zipOf([['incident-1042/\u001b[2J', Buffer.from('x')]]);
    expect(JSON.stringify(await verify(zip))).not.toContain('\u001b');
  });
});

describe('a file that is no bundle', () => {
  it('is refused quickly, whatever it is: a bomb, a picture, nothing', async () => {
    const place = await folder();
    await run('python3', [
      '-c',
      'import zipfile,sys\nwith zipfile.ZipFile(sys.argv[1],"w",zipfile.ZIP_DEFLATED) as z:\n for i in range(20): z.writestr("incident-1042/data/%d" % i, bytes(10**7))',
      join(place, 'bomb.zip'),
    ]);
    const { stdout, code } = await verb([join(place, 'bomb.zip'), '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'ALTERED', signer: { name: 'NOBODY' } });
    for (const bytes of [Buffer.alloc(0), Buffer.from('PK'), Buffer.alloc(100_000, 'PK\u0001\u0002')]) {
      expect((await verify(bytes)).verdict).toBe('ALTERED');
    }
  });

  it('may say that it holds more than there is, and is not waited for', async () => {
    const large = { path: 'incident-1042/data/a', sizeBytes: 2 ** 50, crc32: 0 };
    expect((await verify(Buffer.from(zipLocalHead(large)))).verdict).toBe('ALTERED');
    expect((await verify(Buffer.concat([zipLocalHead(large), zipDirectory([large])]))).verdict).toBe('ALTERED');
  });
});

it('a zip of more than 4 GiB is one to others too', async () => {
  const path = join(await folder(), 'large.zip');
  const entries = [
    { path: 'a/large', sizeBytes: 5 * 2 ** 30, crc32: 0 },
    { path: 'a/small', sizeBytes: 3, crc32: 1 },
  ];
  const [large] = entries;
  if (!large) throw new Error('no entry');
  // Nothing but holes between the head and the directory.
  const file = await open(path, 'w');
  await file.write(zipLocalHead(large), 0, undefined, 0);
  await file.write(zipDirectory(entries), 0, undefined, zipContentBytes(entries));
  await file.close();
  const script =
    'import zipfile,sys\nprint([(i.filename,i.file_size,i.CRC,i.header_offset) for i in zipfile.ZipFile(sys.argv[1]).infolist()])';
  const { stdout } = await run('python3', ['-c', script, path]);
  const second = zipContentBytes([large]);
  expect(stdout.trim()).toBe(`[('a/large', 5368709120, 0, 0), ('a/small', 3, 1, ${second})]`);
  expect((await run('zipinfo', ['-1', path])).stdout).toBe('a/large\na/small\n');
});

async function verb(args: readonly string[]): Promise<{ stdout: string; stderr: string; code: number }> {
  const script = resolve(import.meta.dirname, '../../build/verbs/verify.ts');
  return run(process.execPath, [script, ...args]).then(
    ({ stdout, stderr }) => ({ stdout, stderr, code: 0 }),
    (error: { stdout: string; stderr: string; code: number }) => error,
  );
}

describe('npm run verify', { timeout: 60_000 }, () => {
  it('says INTACT, and KNOWN only with the key that was published', async () => {
    const place = await folder();
    const signer = await newSigner();
    const path = join(place, 'bundle.zip');
    await writeFile(path, await sealedInMemory({ signer }));
    await writeFile(join(place, 'key.pem'), signer.publicPem);
    await writeFile(join(place, 'other.pem'), (await newSigner()).publicPem);
    const json = async (...args: string[]) => {
      const { stdout, code } = await verb([path, '--json', ...args]);
      return { ...JSON.parse(stdout), code };
    };
    expect(await json()).toEqual({
      command: 'verify',
      what: 'bundle',
      file: path,
      verdict: 'INTACT',
      files: 12,
      structure: [],
      timeStamp: null,
      altered: [],
      added: [],
      missing: [],
      signer: {
        signature: 'good',
        name: 'NOT COMPARED',
        fingerprint: signer.fingerprint,
        words: fingerprintWords(signer.fingerprint),
      },
      second: null,
      code: 0,
    });
    expect(await json('--key', join(place, 'key.pem'))).toMatchObject({ code: 0, signer: { name: 'KNOWN' } });
    expect(await json('--key', join(place, 'other.pem'))).toMatchObject({
      code: 1,
      verdict: 'INTACT',
      signer: { name: 'OTHER' },
    });
    expect((await verb([path])).stdout).toContain('compare this with the one the centre published');
    expect(await verb([path, '--key', path])).toMatchObject({ code: 2, stderr: expect.stringContaining('Nothing was checked') });
    expect(await verb([join(place, 'nothing.zip')])).toMatchObject({ code: 2 });
    expect(await verb([])).toMatchObject({ code: 2 });
    expect(await verb([path, '--wrong'])).toMatchObject({ code: 2 });
  });
});

it('a fingerprint is said in words as their inventor says them', () => {
  // The examples of arXiv:0901.4016: 127.0.0.1, 63.84.220.193, 63.118.7.35, 140.98.193.141.
  expect(fingerprintWords('7f0000013f54dcc13f7607238c62c18d')).toBe('lusab-babad-gutih-tugad-gutuk-bisog-mudof-sakat');
});
