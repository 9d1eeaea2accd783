import type { Camera, CameraEntry } from '../../../core/cameras/camera.ts';
import type { camerasContract, DirectoryHead, RefusedLine } from '../../../core/cameras/cameras.contract.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { credentialsContract } from '../../../core/cameras/credentials.contract.ts';
import type { findingContract } from '../../../core/cameras/finding.contract.ts';
import type { Feature, Session } from '../../../core/rpc/handlers.ts';
import type { DeviceFinder } from '../../ports/device-finder.ts';
import type { Door } from '../../ports/door.ts';
import type { KnownSecrets } from '../../ports/known-secrets.ts';
import type { LoginTest } from '../../ports/login-test.ts';
import type { SecretStore } from '../../ports/secret-store.ts';
import type { StoreProblem } from '../../ports/store-problem.ts';
import { createCameraGroups } from './camera-groups.ts';
import { createCameraImports } from './camera-imports.ts';
import { createCameraLogins } from './camera-logins.ts';
import { createDirectoryDoor } from './directory-door.ts';
import { createDirectorySource, type DirectorySourcePorts } from './directory-source.ts';
import { createDeviceFinding } from './finding/device-finding.ts';
import { createFavourites } from './favourites.ts';
import { createKeptCredentials } from './kept-credentials.ts';

export interface CamerasPorts extends Omit<DirectorySourcePorts, 'kept'> {
  /** Told of every password an import brings. */
  readonly secrets: KnownSecrets;
  /** Where the passwords of stored cameras are kept. */
  readonly passwords: { readonly store: SecretStore; readonly broken: StoreProblem | null };
  readonly tryLogin: LoginTest;
  readonly finder: DeviceFinder;
}

export interface CamerasFeature extends Feature<typeof camerasContract & typeof credentialsContract & typeof findingContract> {
  /** The directory with its addresses, by number; for main alone. While a large one is read, its first thousand. */
  readonly entries: Watchable<readonly CameraEntry[]>;
  /** The same without addresses, and always of the same moment. */
  readonly cameras: Watchable<readonly Camera[]>;
  readonly head: Watchable<DirectoryHead>;
  readonly refused: Watchable<RefusedLine[]>;
  /** `/directory/`. */
  readonly door: Door;
  /** The camera of that id, as far as the directory is read. */
  entry(id: string): CameraEntry | undefined;
  /** Resolves when `entry` answers rightly for these, also while the rest of a large directory is not read. */
  whenKnown(ids: readonly string[]): Promise<void>;
  /** Resolves when the first cameras (by number) are known; before that the directory is empty. */
  readonly ready: Promise<void>;
  /** Resolves when all of it is read. */
  whenLoaded(): Promise<void>;
  sessionEnded(session: Session): void;
  close(): void;
}

/** The directory, its groups and favourites, and its import and export. */
export function createCamerasFeature(ports: CamerasPorts): CamerasFeature {
  const { given, registry, log } = ports;
  const kept = createKeptCredentials({ secrets: ports.passwords.store, known: ports.secrets, log });
  const source = createDirectorySource({ ...ports, kept });
  const thisRunOnly = given !== null;
  const logins = createCameraLogins({
    clock: ports.clock,
    log,
    secrets: ports.passwords.store,
    broken: ports.passwords.broken,
    known: ports.secrets,
    kept,
    source,
    tryLogin: ports.tryLogin,
    thisRunOnly,
  });
  const finding = createDeviceFinding({
    clock: ports.clock,
    log,
    finder: ports.finder,
    source,
    logins,
    known: ports.secrets,
    thisRunOnly,
  });
  const imports = createCameraImports({ clock: ports.clock, log, secrets: ports.secrets, source, logins, thisRunOnly });
  async function knows(ids: readonly string[]): Promise<boolean> {
    await source.whenKnown(ids);
    return ids.every((id) => source.entry(id) !== undefined);
  }
  const groups = createCameraGroups({ registry, log, knows });
  const favourites = createFavourites({ registry, log, knows });
  const refused = createCell<RefusedLine[]>([...(given?.refused ?? [])]);

  return {
    entries: source.entries,
    cameras: source.cameras,
    head: source.head,
    refused,
    door: createDirectoryDoor({ source, imports, thisRunOnly }),
    entry: source.entry,
    whenKnown: source.whenKnown,
    ready: source.ready,
    whenLoaded: source.whenLoaded,
    calls: {
      ...logins.calls,
      ...finding.calls,
      ...groups.calls,
      ...favourites.calls,
      'cameras.with-number': async ({ number }) => ({ camera: await source.withNumber(number) }),
      async 'cameras.with-ids'({ ids }) {
        await source.whenKnown(ids);
        return { cameras: ids.flatMap((id) => source.entry(id)?.camera ?? []) };
      },
      'cameras.apply-import': async ({ preview, removeGone }) => ({ refusal: await imports.apply(preview, removeGone) }),
      'cameras.leave-import': ({ preview }) => {
        imports.leave(preview);
        return {};
      },
      async 'cameras.demonstration'({ what }) {
        if (thisRunOnly) return { refusal: 'this-run-only' };
        try {
          await source.demonstrate(what);
          return { refusal: null };
        } catch (error) {
          log.error('The choice could not be kept', { reason: error instanceof Error ? error.message : 'unknown' });
          return { refusal: 'not-saved' };
        }
      },
    },
    states: {
      ...logins.states,
      ...finding.states,
      'cameras.directory': () => source.head,
      'cameras.problem': () => source.problem,
      'cameras.refused': () => refused,
      'cameras.groups': () => groups.list,
      'cameras.favourites': (session) => favourites.ofSeat(session.seat.number),
    },
    events: logins.events,
    sessionEnded: finding.sessionEnded,
    close() {
      imports.close();
      logins.close();
      finding.close();
      groups.close();
      favourites.close();
      source.close();
    },
  };
}
