import { createCell } from '../../../core/rpc/cell.ts';
import type { SecretStore } from '../../ports/secret-store.ts';
import type { StoreProblem } from '../../ports/store-problem.ts';

/** In place of a store that could not be opened: everything else runs, and every question for a secret says why there is none. */
export function createBrokenSecretStore(problem: StoreProblem): SecretStore {
  const refuse = () => Promise.reject(problem);
  return {
    life: createCell({ state: 'open' as const, keeper: 'key-file' as const, passphrase: false }),
    has: () => false,
    get: () => null,
    change: refuse,
    unlock: refuse,
    setPassphrase: refuse,
  };
}
