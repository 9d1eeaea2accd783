import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openKeyFileSecretStore } from '../../main/stores/files/key-file-secret-store.ts';
import { filesBelow, temporaryFolder } from './temporary-folder.ts';

describe('the key-file secret store', () => {
  it('gives back what was set, over a restart, until it is deleted', async () => {
    const folder = temporaryFolder();
    const store = await openKeyFileSecretStore(folder);
    expect(await store.get('camera/1')).toBeNull();
    await Promise.all([store.set('camera/1', 'pä:ss@word'), store.set('camera/2', ''), store.set('camera/3', 'three')]);
    await store.delete('camera/3');
    await store.delete('never');
    const again = await openKeyFileSecretStore(folder);
    expect([await again.get('camera/1'), await again.get('camera/2'), await again.get('camera/3')]).toEqual([
      'pä:ss@word',
      '',
      null,
    ]);
  });

  it('is readable by this user alone, and shows the secret in no file', async () => {
    const folder = temporaryFolder();
    await (await openKeyFileSecretStore(folder)).set('camera/1', 'planted-password');
    const files = filesBelow(folder);
    expect(files.map((file) => file.path)).toEqual(
      expect.arrayContaining([join(folder, 'secrets.key'), join(folder, 'secrets.json')]),
    );
    for (const { path, bytes } of files) {
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(bytes.includes('planted-password')).toBe(false);
      expect(bytes.includes(Buffer.from('planted-password').toString('base64'))).toBe(false);
    }
  });

  it('notices secrets that changed places, and a damaged file, and leaves it as it is', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'secrets.json');
    const store = await openKeyFileSecretStore(folder);
    await store.set('a', 'first');
    await store.set('b', 'second');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('"a"', '"c"').replace('"b"', '"a"').replace('"c"', '"b"'));
    const swapped = await openKeyFileSecretStore(folder);
    await expect(swapped.get('a')).rejects.toMatchObject({ code: 'damaged' });
    writeFileSync(path, 'broken');
    await expect(openKeyFileSecretStore(folder)).rejects.toMatchObject({ code: 'damaged' });
    expect(readFileSync(path, 'utf8')).toBe('broken');
  });

  it('refuses names and secrets that are out of bounds', async () => {
    const store = await openKeyFileSecretStore(temporaryFolder());
    await expect(store.set('a b', 'x')).rejects.toMatchObject({ code: 'bad-key' });
    await expect(store.set('a', 'x'.repeat(65_537))).rejects.toMatchObject({ code: 'too-large' });
    expect(await store.get('a')).toBeNull();
  });
});
