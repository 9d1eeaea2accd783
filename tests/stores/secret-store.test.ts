import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Keyring } from '../../main/ports/keyring.ts';
import { openSecretStore } from '../../main/stores/secrets/open-secret-store.ts';
import { startChild } from './child-lines.ts';
import { filesBelow, temporaryFolder } from './temporary-folder.ts';

const one = (name: string, secret: string | null) => new Map([[name, secret]]);
const open = (folder: string, keyring: Keyring | null = null) => openSecretStore(folder, 'passwords', keyring);

/** Hides a text well enough to see whether it was written in the clear. */
const keyring: Keyring = {
  protect: async (plain) => Buffer.from(Buffer.from(plain).map((byte) => byte ^ 0x5a)),
  unprotect: async (sealed) => Buffer.from(sealed.map((byte) => byte ^ 0x5a)).toString(),
};

describe('the secret store', () => {
  it('gives back what was set, over a restart, until it is deleted', async () => {
    const folder = temporaryFolder();
    const store = await open(folder);
    expect(store.get('camera/1')).toBeNull();
    await Promise.all([store.change(one('camera/1', 'pä:ss@word')), store.change(one('camera/2', ''))]);
    await store.change(
      new Map([
        ['camera/3', 'three'],
        ['never', null],
      ]),
    );
    await store.change(one('camera/3', null));
    const again = await open(folder);
    expect(['camera/1', 'camera/2', 'camera/3'].map((name) => again.get(name))).toEqual(['pä:ss@word', '', null]);
    expect([again.has('camera/2'), again.has('camera/3')]).toEqual([true, false]);
  });

  it('is readable by this user alone, and shows the secret in no file', async () => {
    const folder = temporaryFolder();
    await (await open(folder)).change(one('camera/1', 'planted-password'));
    const files = filesBelow(folder);
    expect(files.map((file) => file.path)).toEqual(
      expect.arrayContaining([join(folder, 'passwords.key'), join(folder, 'passwords.json')]),
    );
    for (const { path, bytes } of files) {
      expect(statSync(path).mode & 0o777).toBe(0o600);
      for (const form of ['planted-password', Buffer.from('planted-password').toString('base64')])
        expect(bytes.includes(form)).toBe(false);
    }
  });

  it('refuses a key file that others may read, and says how to close it', async () => {
    const folder = temporaryFolder();
    await (await open(folder)).change(one('a', 'x'));
    chmodSync(join(folder, 'passwords.key'), 0o640);
    await expect(open(folder)).rejects.toMatchObject({ code: 'exposed', message: expect.stringContaining('chmod 600') });
    chmodSync(join(folder, 'passwords.key'), 0o600);
    expect((await open(folder)).get('a')).toBe('x');
  });

  it('finds out one secret that was changed, or took the place of another, and still gives the others', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'passwords.json');
    const store = await open(folder);
    await store.change(
      new Map([
        ['a', 'first'],
        ['b', 'second'],
        ['c', 'third'],
      ]),
    );
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('"a"', '"x"').replace('"b"', '"a"').replace('"x"', '"b"'));
    const swapped = await open(folder);
    expect(() => swapped.get('a')).toThrow(/Enter that password again/);
    expect(() => swapped.get('b')).toThrow(expect.objectContaining({ code: 'damaged' }));
    expect(swapped.get('c')).toBe('third');
    await swapped.change(one('a', 'new'));
    expect((await open(folder)).get('a')).toBe('new');
  });

  it.each(['passwords.json', 'passwords.key'])('leaves a %s that cannot be read as it is, and says what to do', async (name) => {
    const folder = temporaryFolder();
    await (await open(folder)).change(one('a', 'x'));
    writeFileSync(join(folder, name), '{"version":1');
    await expect(open(folder)).rejects.toMatchObject({ code: 'damaged', message: expect.stringContaining('saved copy') });
    expect(readFileSync(join(folder, name), 'utf8')).toBe('{"version":1');
  });

  it('reads the key file of an older Deedban, and writes its own form', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'passwords.key');
    const store = await open(folder);
    await store.change(one('a', 'kept'));
    const { record } = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, Buffer.from(JSON.parse(record).key, 'base64'));
    expect((await open(folder)).get('a')).toBe('kept');
    expect(JSON.parse(readFileSync(path, 'utf8')).version).toBe(2);
  });

  it('gives its key to a keyring as soon as there is one, and cannot be read without it', async () => {
    const folder = temporaryFolder();
    await (await open(folder)).change(one('a', 'kept'));
    expect((await open(folder, keyring)).life.current().keeper).toBe('keyring');
    expect((await open(folder, keyring)).get('a')).toBe('kept');
    expect(readFileSync(join(folder, 'passwords.key'), 'utf8')).not.toContain('"{\\"key');
    await expect(open(folder)).rejects.toThrow(/keyring of a desktop/);
  });

  it('refuses names and secrets that are out of bounds, and changes nothing then', async () => {
    const store = await open(temporaryFolder());
    await expect(
      store.change(
        new Map([
          ['good', 'x'],
          ['a b', 'x'],
        ]),
      ),
    ).rejects.toMatchObject({ code: 'bad-key' });
    await expect(store.change(one('a', 'x'.repeat(65_537)))).rejects.toMatchObject({ code: 'too-large' });
    expect([store.get('good'), store.get('a')]).toEqual([null, null]);
  });

  it.each([3, 17, 40])(
    'has the old or the new of everything after a kill in the middle of a write (after %i turns)',
    async (turns) => {
      const folder = temporaryFolder();
      const child = startChild('keep-secrets-until-killed.ts', folder);
      let last = -1;
      while (last < turns) last = Number(await child.next());
      last = Number((await child.kill()).at(-1) ?? last);
      const store = await open(folder);
      const [a, b] = [store.get('camera/a'), store.get('camera/b')];
      expect(a).toBe(b);
      expect([last, last + 1]).toContain(Number(a?.split(' ')[0]));
    },
  );
});

describe('a passphrase', () => {
  it('locks the store from the next start on, until it is entered', async () => {
    const folder = temporaryFolder();
    const store = await open(folder);
    await store.change(one('camera/1', 'kept'));
    const before = readFileSync(join(folder, 'passwords.json'), 'utf8');
    await store.setPassphrase('correct horse');
    expect(store.get('camera/1')).toBe('kept');
    expect(readFileSync(join(folder, 'passwords.json'), 'utf8')).toBe(before);
    const locked = await open(folder);
    const heard: string[] = [];
    locked.life.subscribe(({ state }) => heard.push(state));
    expect(locked.life.current()).toEqual({ state: 'locked', keeper: 'key-file', passphrase: true });
    expect(locked.has('camera/1')).toBe(true);
    expect(() => locked.get('camera/1')).toThrow(expect.objectContaining({ code: 'locked' }));
    await expect(locked.change(one('camera/1', 'x'))).rejects.toMatchObject({ code: 'locked' });
    await expect(locked.setPassphrase(null)).rejects.toMatchObject({ code: 'locked' });
    expect(await locked.unlock('wrong horse')).toBe(false);
    expect(await locked.unlock('correct horse')).toBe(true);
    expect([heard, locked.get('camera/1')]).toEqual([['open'], 'kept']);
  });

  it('can be changed and removed, with a keyring too', async () => {
    const folder = temporaryFolder();
    const store = await open(folder, keyring);
    await store.change(one('a', 'kept'));
    await store.setPassphrase('first one');
    await store.setPassphrase('second one');
    const again = await open(folder, keyring);
    expect([await again.unlock('first one'), await again.unlock('second one'), again.get('a')]).toEqual([false, true, 'kept']);
    await again.setPassphrase(null);
    expect((await open(folder, keyring)).life.current()).toEqual({ state: 'open', keeper: 'keyring', passphrase: false });
  });

  it('cannot be got round by a key file without it, nor made endless by the figures in it', async () => {
    const folder = temporaryFolder();
    const store = await open(folder);
    await store.change(one('a', 'kept'));
    await store.setPassphrase('correct horse');
    const path = join(folder, 'passwords.key');
    const text = readFileSync(path, 'utf8');
    expect(text).not.toContain('"key\\"');
    writeFileSync(path, text.replace('65536', '99999999'));
    await expect(open(folder)).rejects.toMatchObject({ code: 'damaged' });
  });
});
