import { createCell } from '../../core/rpc/cell.ts';
import { type DeviceFinder, DeviceProblem } from '../../main/ports/device-finder.ts';
import type { SecretsLife, SecretStore } from '../../main/ports/secret-store.ts';
import { StoreProblem } from '../../main/ports/store-problem.ts';

export interface MemorySecrets extends SecretStore {
  readonly secrets: Map<string, string>;
  /** As after a start, under this passphrase. */
  lock(passphrase: string): void;
  /** The next change fails like a full disk. */
  fill(): void;
}

/** A SecretStore that ends with the test. */
export function createMemorySecrets(): MemorySecrets {
  const secrets = new Map<string, string>();
  const life = createCell<SecretsLife>({ state: 'open', keeper: 'key-file', passphrase: false });
  let passphrase: string | null = null;
  let full = false;
  const checkOpen = () => {
    if (life.current().state === 'locked') throw new StoreProblem('locked', 'The passwords are locked.');
  };
  return {
    secrets,
    life,
    lock(next) {
      passphrase = next;
      life.set({ state: 'locked', keeper: 'key-file', passphrase: true });
    },
    fill: () => {
      full = true;
    },
    has: (name) => secrets.has(name),
    get(name) {
      if (!secrets.has(name)) return null;
      checkOpen();
      return secrets.get(name) ?? null;
    },
    async change(changes) {
      checkOpen();
      if (full) throw new StoreProblem('full', 'The disk is full.');
      for (const [name, secret] of changes) {
        if (secret === null) secrets.delete(name);
        else secrets.set(name, secret);
      }
    },
    async unlock(tried) {
      if (tried !== passphrase) return false;
      life.set({ state: 'open', keeper: 'key-file', passphrase: true });
      return true;
    },
    async setPassphrase(next) {
      checkOpen();
      passphrase = next;
      life.set({ state: 'open', keeper: 'key-file', passphrase: next !== null });
    },
  };
}

/** A network without devices. */
export const noDevices: DeviceFinder = {
  searchLimitMs: 1_000,
  interfaces: () => [],
  search: () => Promise.resolve([]),
  read: () => Promise.reject(new DeviceProblem('unreachable', 'nobody is there')),
  setClock: () => Promise.reject(new DeviceProblem('unreachable', 'nobody is there')),
};

/** What the directory needs of passwords and devices where a test is about something else. */
export function noPasswords() {
  return {
    passwords: { store: createMemorySecrets(), broken: null },
    tryLogin: () => Promise.resolve('silent' as const),
    finder: noDevices,
  };
}
