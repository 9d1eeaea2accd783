import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { verifyBundle } from '../../main/features/evidence/verify-bundle.ts';
import { createBundleFile } from '../../main/stores/files/bundle-files.ts';
import { sealBundle } from '../../main/features/evidence/seal-bundle.ts';
import { sampled, sampledLimitMs } from '../support/sampled.ts';
import { createMemorySink, newSigner, partOf, sealedInMemory, someParts, sourceOf } from './memory-bundle.ts';

const run = promisify(execFile);

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'deedban-bundle-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

describe('a sealed bundle', () => {
  it('is intact, and says who signed it', async () => {
    const signer = await newSigner();
    const second = await newSigner();
    const bytes = await sealedInMemory({ signer, second });
    expect(await verifyBundle(sourceOf(bytes))).toEqual({
      verdict: 'INTACT',
      files: 14,
      structure: [],
      altered: [],
      added: [],
      missing: [],
      signer: { state: 'good', fingerprint: signer.fingerprint },
      second: { state: 'good', fingerprint: second.fingerprint },
      timeStamp: null,
    });
  });

  it('is the same to the last byte when it is made again of the same', async () => {
    const signer = await newSigner();
    expect(await sealedInMemory({ signer })).toEqual(await sealedInMemory({ signer, parts: someParts.toReversed() }));
  });

  it(
    'is found altered when any single bit of it is',
    async () => {
      const bytes = await sealedInMemory({ signer: await newSigner(), second: await newSigner() });
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: bytes.length * 8 - 1 }), async (bit) => {
          const changed = Buffer.from(bytes);
          changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
          const { verdict, structure, altered, added, missing } = await verifyBundle(sourceOf(changed));
          expect(verdict).toBe('ALTERED');
          expect([...structure, ...altered, ...added, ...missing].length).toBeGreaterThan(0);
        }),
        { ...sampled(200, 10_000), examples: [[0], [bytes.length * 8 - 1]] },
      );
    },
    sampledLimitMs,
  );

  it(
    'is found altered wherever it is cut off or goes on',
    async () => {
      const bytes = await sealedInMemory({ signer: await newSigner() });
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 1 }), async (length) => {
          expect((await verifyBundle(sourceOf(bytes.subarray(0, length)))).verdict).toBe('ALTERED');
        }),
        sampled(50, 2_000),
      );
      for (const more of [' ', 'PK\u0005\u0006', bytes]) {
        expect((await verifyBundle(sourceOf(Buffer.concat([bytes, Buffer.from(more)])))).verdict).toBe('ALTERED');
      }
    },
    sampledLimitMs,
  );

  it('names the one file whose content was changed', async () => {
    const bytes = await sealedInMemory({ signer: await newSigner() });
    const at = bytes.indexOf('The bus stopped');
    bytes[at] = 't'.charCodeAt(0);
    expect(await verifyBundle(sourceOf(bytes))).toMatchObject({
      verdict: 'ALTERED',
      structure: [],
      altered: ['data/statement.txt'],
      added: [],
      missing: [],
      signer: { state: 'good' },
    });
  });

  it('refuses parts that are not as long as was said, and names that lead elsewhere, and leaves nothing', async () => {
    const signer = await newSigner();
    const lying = { ...partOf('a.txt', 'four'), sizeBytes: 3 };
    await expect(sealedInMemory({ signer, parts: [lying] })).rejects.toThrow('longer than was said');
    await expect(sealedInMemory({ signer, parts: [{ ...lying, sizeBytes: 5 }] })).rejects.toThrow('shorter than was said');
    for (const path of ['../a', '/a', 'a//b', 'a/../b', '.hidden', 'a\\b', 'é', 'a/', 'a'.repeat(240)]) {
      await expect(sealedInMemory({ signer, parts: [partOf(path, '')] }), path).rejects.toThrow('cannot hold');
    }
    const sink = createMemorySink();
    await expect(sealBundle({ sink, bag: 'b', info: [], parts: someParts, signer, signal: AbortSignal.abort() })).rejects.toThrow(
      'aborted',
    );
    expect(sink.committed()).toBe(null);
  });

  it('has its name only when it is whole', async () => {
    const place = await folder();
    const signer = await newSigner();
    const order = { bag: 'incident-1', info: [], signer };
    const sink = await createBundleFile(join(place, 'bundle.zip'));
    let seen: string[] = [];
    const looking = {
      ...partOf('b.txt', 'b'),
      async *read() {
        seen = await readdir(place);
        yield Buffer.from('b');
      },
    };
    await sealBundle({ ...order, sink, parts: [looking] });
    expect(seen).toEqual([expect.stringMatching(/^bundle\.zip\.[0-9a-f]{12}\.unfinished$/)]);
    expect(await readdir(place)).toEqual(['bundle.zip']);
    const failing = await createBundleFile(join(place, 'other.zip'));
    await expect(sealBundle({ ...order, sink: failing, parts: [{ ...looking, sizeBytes: 9 }] })).rejects.toThrow();
    expect(await readdir(place)).toEqual(['bundle.zip']);
  });
});

describe('without Deedban', () => {
  it('a bundle is checked with unzip, sha256sum, sha512sum and openssl', async () => {
    const place = await folder();
    const signer = await newSigner();
    await writeFile(join(place, 'bundle.zip'), await sealedInMemory({ signer }));
    await run('unzip', ['-q', 'bundle.zip'], { cwd: place });
    const bag = { cwd: join(place, 'incident-1042') };
    for (const [tool, length] of [
      ['sha256sum', 'sha256'],
      ['sha512sum', 'sha512'],
    ] as const) {
      await run(tool, ['--strict', '-c', `manifest-${length}.txt`], bag);
      await run(tool, ['--strict', '-c', `tagmanifest-${length}.txt`], bag);
    }
    const openssl = [
      'pkeyutl',
      '-verify',
      '-pubin',
      '-inkey',
      'signatures/signer.pem',
      '-rawin',
      '-in',
      'tagmanifest-sha512.txt',
    ];
    const { stdout } = await run('openssl', [...openssl, '-sigfile', 'signatures/signer.sig'], bag);
    expect(stdout).toContain('Signature Verified Successfully');
    const der = await run('sh', ['-c', 'openssl pkey -pubin -in signatures/signer.pem -outform DER | sha256sum'], bag);
    expect(der.stdout.split(' ')[0]).toBe(signer.fingerprint);
    // The zip's checksums and modes are such that nobody complains.
    await run('unzip', ['-tq', 'bundle.zip'], { cwd: place });
  });
});
