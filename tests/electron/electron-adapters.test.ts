import { EventEmitter } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createElectronGatewayProcess, type UtilityChild } from '../../main/hosts/electron/electron-gateway-process.ts';
import { electronKeyring, type SafeStorage } from '../../main/hosts/electron/electron-keyring.ts';
import { openSecretStore } from '../../main/stores/secrets/open-secret-store.ts';
import { createPretendLog } from './pretend-log.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deedban-electron-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Hides a text well enough to see whether it was written in the clear. */
function pretendKeyring(facts: { backend?: string; available?: boolean; prefix?: string } = {}): SafeStorage {
  const prefix = facts.prefix ?? 'v11';
  return {
    isAsyncEncryptionAvailable: () => Promise.resolve(facts.available ?? true),
    getSelectedStorageBackend: () => facts.backend ?? 'gnome_libsecret',
    encryptStringAsync: (plain) =>
      Promise.resolve(Buffer.concat([Buffer.from(prefix), Buffer.from(plain).map((byte) => byte ^ 0x5a)])),
    decryptStringAsync(sealed) {
      if (sealed.subarray(0, 3).toString() !== prefix) return Promise.reject(new Error('no'));
      return Promise.resolve({
        result: Buffer.from(sealed.subarray(3).map((byte) => byte ^ 0x5a)).toString(),
        shouldReEncrypt: false,
      });
    },
  };
}

function open(safeStorage: SafeStorage, platform: NodeJS.Platform) {
  const log = createPretendLog();
  return { log, keyring: electronKeyring(safeStorage, platform, log) };
}

test.each([
  ['a Linux desktop without a keyring', { backend: 'basic_text' }, 'linux'],
  ['a Linux desktop that is not known yet', { backend: 'unknown' }, 'linux'],
  ['a Linux keyring that encrypts with the built-in password', { prefix: 'v10' }, 'linux'],
  ['a keyring that does not answer', { available: false }, 'win32'],
] as const)('%s is never trusted: the key file is taken and the log says so', async (_what, facts, platform) => {
  const { log, keyring } = open(pretendKeyring(facts), platform);
  expect(await keyring).toBeNull();
  expect(log.lines.join()).toContain('key file, not in a keyring');
});

test.each([
  ['linux', {}],
  ['darwin', { backend: 'never asked', prefix: 'v10' }],
  ['win32', { prefix: 'v10' }],
] as const)('the keyring of %s is taken where it works', async (platform, facts) => {
  const { log, keyring } = open(pretendKeyring(facts), platform);
  expect(await keyring).not.toBeNull();
  expect(log.lines).toEqual([]);
});

test('a key given to the keyring comes back, and is never written in the clear', async () => {
  const keyring = await electronKeyring(pretendKeyring(), 'linux', createPretendLog());
  const store = await openSecretStore(folder, 'passwords', keyring);
  await store.change(new Map([['camera/pes-214', 'hunter2-planted']]));
  const again = await openSecretStore(folder, 'passwords', keyring);
  expect([again.life.current().keeper, again.get('camera/pes-214')]).toEqual(['keyring', 'hunter2-planted']);
  const otherUser = await electronKeyring(pretendKeyring({ prefix: 'v12' }), 'linux', createPretendLog());
  await expect(openSecretStore(folder, 'passwords', otherUser)).rejects.toThrow(/enter the passwords again/);
});

class PretendUtility extends EventEmitter implements UtilityChild {
  readonly pid = undefined;
  readonly stdout = null;
  readonly stderr = null;
  readonly posted: unknown[] = [];
  kills = 0;
  postMessage(message: unknown): void {
    this.posted.push(message);
  }
  kill(): boolean {
    this.kills += 1;
    this.emit('exit', 15);
    return true;
  }
}

test('the gateway is a utility process that is told nothing on its command line', () => {
  const child = new PretendUtility();
  const forks: unknown[][] = [];
  const utilityProcess = {
    fork(...values: unknown[]) {
      forks.push(values);
      return child;
    },
  };
  const gateway = createElectronGatewayProcess({
    utilityProcess,
    modulePath: '/app/gateway.js',
    log: createPretendLog(),
  }).start();
  const heard: unknown[] = [];
  const ends: string[] = [];
  gateway.onMessage((message) => heard.push(message));
  gateway.onExit((why) => ends.push(why));
  gateway.post({ type: 'boot' });
  child.emit('message', { type: 'ready' });
  expect(forks[0]?.slice(0, 2)).toEqual(['/app/gateway.js', []]);
  expect([child.posted, heard]).toEqual([[{ type: 'boot' }], [{ type: 'ready' }]]);
  gateway.kill();
  gateway.kill();
  gateway.post({ type: 'late' });
  expect([child.kills, child.posted.length]).toEqual([1, 1]);
  expect(ends).toEqual(['it ended with code 15']);
});

test('a gateway that could not be started is told like any other end', async () => {
  const utilityProcess = {
    fork(): UtilityChild {
      throw new Error('no memory');
    },
  };
  const gateway = createElectronGatewayProcess({ utilityProcess, modulePath: 'x', log: createPretendLog() }).start();
  expect(gateway.pid).toBeUndefined();
  expect(await new Promise((resolve) => gateway.onExit(resolve))).toContain('no memory');
  gateway.kill();
});
