import type { Keyring } from '../../ports/keyring.ts';
import type { Log } from '../../ports/log.ts';

/** What of Electron's `safeStorage` is used. */
export interface SafeStorage {
  isAsyncEncryptionAvailable(): Promise<boolean>;
  getSelectedStorageBackend(): string;
  encryptStringAsync(plain: string): Promise<Buffer>;
  decryptStringAsync(encrypted: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }>;
}

/**
 * Why the system's keyring cannot be trusted with a key, or null where it can. On Linux without a keyring (a kiosk,
 * a bare X server) Chromium encrypts with a password that is in its source, and says `basic_text`; what it made then
 * begins with `v10` (components/os_crypt). On Windows and macOS `v10` is the system's own keeping.
 */
async function keyringProblem(safeStorage: SafeStorage, platform: NodeJS.Platform): Promise<string | null> {
  try {
    if (platform === 'linux') {
      const backend = safeStorage.getSelectedStorageBackend();
      if (backend === 'basic_text' || backend === 'unknown') return 'this desktop has no keyring';
    }
    if (!(await safeStorage.isAsyncEncryptionAvailable())) return "the system's keyring does not answer";
    const probe = await safeStorage.encryptStringAsync('probe');
    if (platform === 'linux' && probe.subarray(0, 3).toString('latin1') === 'v10')
      return 'the keyring is not used for encrypting';
    return null;
  } catch {
    return "the system's keyring refused";
  }
}

/** The desktop's keyring, or null where there is none to trust: then the log says why. Ask after the program is ready; before that Chromium does not know it. */
export async function electronKeyring(safeStorage: SafeStorage, platform: NodeJS.Platform, log: Log): Promise<Keyring | null> {
  const why = await keyringProblem(safeStorage, platform);
  if (why === null) {
    return {
      protect: (plain) => safeStorage.encryptStringAsync(plain),
      unprotect: async (sealed) => (await safeStorage.decryptStringAsync(sealed)).result,
    };
  }
  log.warn('Passwords are kept with a key file, not in a keyring: who may read the data folder may read them.', { why });
  return null;
}
