import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFileVault } from '../../main/stores/files/file-vault.ts';
import { temporaryFolder } from './temporary-folder.ts';

const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

async function* pieces(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

async function collect(content: AsyncIterable<Uint8Array> | null): Promise<string | null> {
  if (content === null) return null;
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(part);
  return Buffer.concat(parts).toString();
}

describe('the vault', () => {
  it('names a blob by its SHA-256, whether it comes whole or in pieces (the example of FIPS 180-2)', async () => {
    const vault = await openFileVault(temporaryFolder());
    expect(await vault.has(abc)).toBe(false);
    expect(await vault.put(Buffer.from('abc'))).toEqual({ digest: abc, sizeBytes: 3 });
    expect(await vault.put(pieces('a', '', 'bc'))).toEqual({ digest: abc, sizeBytes: 3 });
    expect(await collect(await vault.get(abc))).toBe('abc');
    expect([await vault.has(abc), await vault.verify(abc)]).toEqual([true, 'good']);
  });

  it('forgets a blob it is told to, once or twice, and only that one', async () => {
    const folder = temporaryFolder();
    const vault = await openFileVault(folder);
    const other = await vault.put(Buffer.from('other'));
    await vault.put(Buffer.from('abc'));
    await vault.delete(abc);
    await vault.delete(abc);
    expect([await vault.has(abc), await vault.has(other.digest)]).toEqual([false, true]);
    expect(await (await openFileVault(folder)).get(abc)).toBeNull();
    await expect(vault.delete('../settings.json')).rejects.toThrow('hexadecimal');
  });

  it('keeps large and empty blobs over a restart', async () => {
    const folder = temporaryFolder();
    const large = Buffer.alloc(3_000_000, 'deedban');
    const { digest } = await (await openFileVault(folder)).put(large);
    const empty = await (await openFileVault(folder)).put(new Uint8Array());
    const vault = await openFileVault(folder);
    expect(digest).toBe(createHash('sha256').update(large).digest('hex'));
    expect((await collect(await vault.get(digest)))?.length).toBe(large.length);
    expect(await collect(await vault.get(empty.digest))).toBe('');
  });

  it('knows damage from absence, and a new copy heals it', async () => {
    const folder = temporaryFolder();
    const vault = await openFileVault(folder);
    await vault.put(Buffer.from('abc'));
    writeFileSync(join(folder, 'vault', 'ba', abc), 'abd');
    expect(await vault.verify(abc)).toBe('damaged');
    await vault.put(Buffer.from('abc'));
    expect(await vault.verify(abc)).toBe('good');
    expect(await vault.verify(abc.replace('b', 'c'))).toBe('missing');
    expect(await vault.get(abc.replace('b', 'c'))).toBeNull();
  });

  it('keeps nothing of a blob whose source failed half way', async () => {
    const folder = temporaryFolder();
    const vault = await openFileVault(folder);
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('abc');
      throw new Error('the source failed');
    }
    await expect(vault.put(failing())).rejects.toMatchObject({ code: 'failed' });
    expect(readdirSync(join(folder, 'vault', 'incoming'))).toEqual([]);
    expect(await vault.has(abc)).toBe(false);
  });

  it('removes what a dead process left half written, and belongs to this user alone', async () => {
    const folder = temporaryFolder();
    await openFileVault(folder);
    const left = join(folder, 'vault', 'incoming', 'left');
    writeFileSync(left, 'half');
    const vault = await openFileVault(folder);
    expect(existsSync(left)).toBe(false);
    await vault.put(Buffer.from('abc'));
    const modes = [join(folder, 'vault'), join(folder, 'vault', 'ba'), join(folder, 'vault', 'ba', abc)].map(
      (path) => statSync(path).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o700, 0o600]);
  });

  it.each(['', '../../etc/passwd', abc.toUpperCase(), `${abc}0`])('refuses %j as a digest', async (digest) => {
    const vault = await openFileVault(temporaryFolder());
    await expect(vault.get(digest)).rejects.toMatchObject({ code: 'bad-key' });
    await expect(vault.has(digest)).rejects.toMatchObject({ code: 'bad-key' });
  });
});
