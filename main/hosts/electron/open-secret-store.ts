import { join } from 'node:path';
import type { Log } from '../../ports/log.ts';
import type { SecretStore } from '../../ports/secret-store.ts';
import { createElectronSecretStore, keyringProblem, type SafeStorage } from './electron-secret-store.ts';

/**
 * The best keeping for secrets this desktop has: the system's keyring, else the key file, and the log says which and
 * why. `openKeyFile` is called only where it is needed. Call it after the program is ready: before that Chromium does not
 * know its keyring.
 */
export async function openElectronSecretStore(supply: {
  safeStorage: SafeStorage;
  platform: NodeJS.Platform;
  dataFolder: string;
  openKeyFile(folder: string): Promise<SecretStore>;
  log: Log;
}): Promise<SecretStore> {
  const problem = await keyringProblem(supply.safeStorage, supply.platform);
  if (problem === null) return createElectronSecretStore(supply.safeStorage, join(supply.dataFolder, 'sealed'));
  supply.log.warn('Passwords are kept with a key file, not in a keyring: who may read the data folder may read them.', {
    why: problem,
  });
  return supply.openKeyFile(supply.dataFolder);
}
