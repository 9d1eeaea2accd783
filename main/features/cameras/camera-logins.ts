import { type CameraEntry, type CameraId, type StreamAddress, streamNames, waysOf } from '../../../core/cameras/camera.ts';
import type {
  CameraPlace,
  credentialsContract,
  Keeping,
  KeepingRefusal,
  Login,
} from '../../../core/cameras/credentials.contract.ts';
import { revealWords } from '../../../core/cameras/hidden-words.ts';
import { mapWays } from '../../../core/cameras/map-ways.ts';
import { passphraseDelayMs } from '../../../core/cameras/passphrase-delay.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { Handlers } from '../../../core/rpc/handlers.ts';
import type { Clock } from '../../ports/clock.ts';
import type { KnownSecrets } from '../../ports/known-secrets.ts';
import type { Log } from '../../ports/log.ts';
import type { LoginTest } from '../../ports/login-test.ts';
import type { SecretStore } from '../../ports/secret-store.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import type { DirectorySource } from './directory-source.ts';
import { hasCredentials } from './known-credentials.ts';
import type { KeptCredentials } from './kept-credentials.ts';
import { listSiteLogins } from './site-logins.ts';
import { tryLogins } from './try-logins.ts';

/** So many ids go into one event. */
const toldAtOnce = 1_000;

export interface CameraLogins extends Handlers<typeof credentialsContract> {
  readonly keeping: Watchable<Keeping>;
  /** Keeps the passwords of these. Null where it is done. */
  keep(entries: readonly CameraEntry[], gone?: readonly string[]): Promise<KeepingRefusal | null>;
  /** Tells everybody who waits for these cameras. */
  tellChanged(cameras: readonly CameraId[]): void;
  close(): void;
}

/** The passphrase, and the logins of sites. What is typed comes in and is never told again. */
export function createCameraLogins(ports: {
  readonly clock: Clock;
  readonly log: Log;
  readonly secrets: SecretStore;
  /** Why the store could not be opened; null where it was. */
  readonly broken: StoreProblem | null;
  readonly known: KnownSecrets;
  readonly kept: KeptCredentials;
  readonly source: DirectorySource;
  readonly tryLogin: LoginTest;
  readonly thisRunOnly: boolean;
}): CameraLogins {
  const { clock, log, secrets, kept, source } = ports;
  const keeping = createCell(keepingOf(secrets, ports.broken));
  const listeners = new Set<(told: { cameras: CameraId[] }) => void>();
  let failures = 0;
  let waitUntilMs = 0;
  let trying = false;

  function tellChanged(cameras: readonly CameraId[]): void {
    for (let from = 0; from < cameras.length; from += toldAtOnce) {
      for (const listener of [...listeners]) listener({ cameras: cameras.slice(from, from + toldAtOnce) });
    }
  }

  const stop = secrets.life.subscribe(() => {
    const was = keeping.current().state;
    keeping.set(keepingOf(secrets, ports.broken));
    if (was !== 'locked' || keeping.current().state !== 'open') return;
    const locked = source.entries.current().filter((entry) => entry.locked === true);
    source.renew(locked.map((entry) => kept.fill(entry)));
    log.info('The passwords are unlocked', { cameras: locked.length });
    tellChanged(locked.map(({ camera }) => camera.id));
  });

  const obstacle = (): KeepingRefusal | null => {
    const { state } = keeping.current();
    return state === 'open' ? null : state;
  };

  async function done(work: () => Promise<void>): Promise<KeepingRefusal | null> {
    const refusal = obstacle();
    if (refusal !== null) return refusal;
    try {
      await work();
      return null;
    } catch (error) {
      log.error('Passwords could not be kept', { reason: error instanceof StoreProblem ? error.message : 'unknown' });
      return 'not-saved';
    }
  }

  async function camerasAt(place: CameraPlace): Promise<readonly CameraEntry[]> {
    await source.whenLoaded();
    return source.entries.current().filter((entry) => isAt(entry, place) && ownWays(entry).length > 0);
  }

  return {
    keeping,
    tellChanged,
    keep: (entries, gone = []) => {
      const needsKey = gone.length > 0 || entries.some(hasCredentials);
      return needsKey || keeping.current().state === 'open' ? done(() => kept.keep(entries, gone)) : Promise.resolve(null);
    },
    calls: {
      async 'cameras.unlock'({ passphrase }) {
        const waitMs = Math.max(0, waitUntilMs - clock.monotonicMs());
        if (keeping.current().state === 'broken') return { refusal: 'broken', waitMs: 0 };
        // One at a time, or the delay could be gone round.
        if (waitMs > 0 || trying) return { refusal: 'too-soon', waitMs };
        trying = true;
        try {
          if (await secrets.unlock(passphrase)) {
            failures = 0;
            return { refusal: null, waitMs: 0 };
          }
        } finally {
          trying = false;
        }
        failures += 1;
        const nextMs = passphraseDelayMs(failures);
        waitUntilMs = clock.monotonicMs() + nextMs;
        log.warn('A wrong passphrase was entered', { times: failures });
        return { refusal: 'wrong-passphrase', waitMs: nextMs };
      },
      'cameras.set-passphrase': async ({ passphrase }) => ({ refusal: await done(() => secrets.setPassphrase(passphrase)) }),
      async 'cameras.site-logins'({ words }) {
        await source.whenLoaded();
        return listSiteLogins(source.entries.current(), words, (entry) => kept.has(entry) || hasCredentials(entry));
      },
      async 'cameras.set-login'({ place, login }) {
        if (ports.thisRunOnly) return { refusal: 'this-run-only', cameras: 0 };
        const found = await camerasAt(place);
        if (found.length === 0) return { refusal: 'no-camera', cameras: 0 };
        ports.known.addCredentials(login);
        const renewed = found.map((entry) => withLogin(entry, login));
        const refusal = await done(() => kept.keep(renewed));
        if (refusal !== null) return { refusal, cameras: 0 };
        source.renew(renewed);
        log.info('A site has another login', { cameras: renewed.length });
        tellChanged(renewed.map(({ camera }) => camera.id));
        return { refusal: null, cameras: renewed.length };
      },
      async 'cameras.try-login'({ place, login }, { signal }) {
        const refusal = login === null ? obstacle() : null;
        if (refusal !== null) return { refusal, tried: null };
        const found = await camerasAt(place);
        if (found.length === 0) return { refusal: 'no-camera', tried: null };
        if (login !== null) ports.known.addCredentials(login);
        const asked = login === null ? found : found.map((entry) => withLogin(entry, login));
        const addresses = asked.flatMap((entry) => ownWays(entry).slice(0, 1)).map((way) => ({ ...way, url: revealWords(way) }));
        return { refusal: null, tried: await tryLogins(addresses, ports.tryLogin, signal) };
      },
    },
    states: { 'cameras.keeping': () => keeping },
    events: {
      'cameras.credentials-changed': (_session, listener) => {
        const own = (told: { cameras: CameraId[] }) => listener(told);
        listeners.add(own);
        return () => listeners.delete(own);
      },
    },
    close: stop,
  };
}

function keepingOf(secrets: SecretStore, broken: StoreProblem | null): Keeping {
  const { state, keeper, passphrase } = secrets.life.current();
  if (broken === null) return { state, keeper, passphrase, problem: null };
  const told = (['damaged', 'exposed', 'newer'] as const).find((code) => code === broken.code);
  return { state: 'broken', keeper, passphrase, problem: told ?? 'failed' };
}

const isAt = ({ camera }: CameraEntry, place: CameraPlace): boolean =>
  camera.province === place.province && camera.district === place.district && camera.site === place.site;

/** Ways that lead to the camera itself: a foreign gateway has a login of its own. */
const isOwn = ({ scheme }: StreamAddress): boolean => scheme === 'rtsp' || scheme === 'rtsps';
const ownWays = (entry: CameraEntry): StreamAddress[] => streamNames.flatMap((stream) => waysOf(entry, stream).filter(isOwn));

function withLogin(entry: CameraEntry, login: Login): CameraEntry {
  const { locked: _was, ...plain } = entry;
  return mapWays(plain, (way) => (isOwn(way) ? { ...way, credentials: { ...login } } : way));
}
