import type { StreamAddress } from '../../../core/cameras/camera.ts';
import type { LoginTest } from '../../ports/login-test.ts';

const atOnce = 8;
/** After so many refusals nobody else is asked: a site usually has one login, and cameras lock accounts. */
const refusalsMax = 3;

/** Asks each of these once, a few at a time. */
export async function tryLogins(addresses: readonly StreamAddress[], test: LoginTest, signal: AbortSignal) {
  const tried = { total: addresses.length, answered: 0, refused: 0, silent: 0, notAsked: 0 };
  let next = 0;
  async function work(): Promise<void> {
    while (next < addresses.length && tried.refused < refusalsMax && !signal.aborted) {
      const address = addresses[next++];
      if (address !== undefined) tried[await test(address, signal)] += 1;
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work));
  tried.notAsked = tried.total - tried.answered - tried.refused - tried.silent;
  return tried;
}
