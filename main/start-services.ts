import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HostAbout } from '../core/host/host.contract.ts';
import type { Watchable } from '../core/rpc/cell.ts';
import { type ComposedProgram, compose } from './compose.ts';
import type { ProgramPorts } from './program-ports.ts';
import { resolveFfmpeg } from './gateway/ffmpeg/resolve-ffmpeg.ts';
import { type MetricsPage, openMetricsPage } from './hosts/metrics-page.ts';
import { createProcessorMeter } from './hosts/processor-meter.ts';
import { openSigning } from './open-signing.ts';
import { type Clock, systemClock } from './ports/clock.ts';
import type { Displays } from './ports/displays.ts';
import type { Keyring } from './ports/keyring.ts';
import type { Log } from './ports/log.ts';
import type { MediaGateway } from './ports/media-gateway.ts';
import type { AskSavePlace } from './ports/save-place.ts';
import type { Settings } from './ports/settings.ts';
import type { SpawnGateway } from './ports/spawn-gateway.ts';
import { StoreProblem } from './ports/store-problem.ts';
import { createOnvifDeviceFinder } from './protocols/onvif/onvif-device-finder.ts';
import { createRtspLoginTest } from './protocols/rtsp/rtsp-login-test.ts';
import { createHttpTimeStampAuthority } from './protocols/time-stamp/http-time-stamp-authority.ts';
import type { SpawnGuard } from './ptz-guard/guard-process.ts';
import { createArgon2PinHash } from './stores/argon2-pin-hash.ts';
import { openDataDir } from './stores/files/data-dir.ts';
import { createBundleIn, openBundleFile, removeBundleIn, sweepUnfinishedBundles } from './stores/files/bundle-files.ts';
import { createDerivedFile } from './stores/files/derived-file.ts';
import { createPieceNote } from './stores/files/piece-note.ts';
import { createFolderDiskRoom } from './stores/files/folder-disk-room.ts';
import { openFileVault } from './stores/files/file-vault.ts';
import { createSavedFile } from './stores/files/saved-file.ts';
import { readPageFont } from './stores/files/page-font.ts';
import { openUnfinishedSaves } from './stores/files/unfinished-saves.ts';
import { createKnownSecrets } from './stores/log/known-secrets.ts';
import { openLog } from './stores/log/open-log.ts';
import { createBrokenSecretStore } from './stores/secrets/broken-secret-store.ts';
import { openSecretStore } from './stores/secrets/open-secret-store.ts';
import { openSqliteStores } from './stores/sqlite/open-sqlite-stores.ts';
import { createFfmpegClipCopier, sweepClipCopies } from './supervision/ffmpeg-clip-copier.ts';
import { createEmbeddedGateway } from './supervision/embedded-gateway.ts';
import { createPtzGuardClient } from './supervision/ptz-guard-client.ts';

/** What the services are told by whoever starts them, in both hosts. */
export interface ServiceOptions {
  readonly cameras: readonly string[];
  readonly cameraFile: string | null;
  readonly data: string | null;
  /** The data folder is made new and removed at the end: for measurements and tests. */
  readonly temporaryData: boolean;
  readonly tiles: number | null;
  /** Asked for by the command; the setting may ask for it too. */
  readonly kiosk: boolean;
}

/** What only the host can do. */
export interface HostPorts {
  readonly displays: Displays;
  readonly about: Watchable<HostAbout>;
  openSettings(folder: string, clock: Clock, log: Log): Settings;
  spawnGateway(log: Log): SpawnGateway;
  /** The desktop's keyring, or null where there is none to trust. */
  keyring(log: Log): Promise<Keyring | null>;
  /** Null: this host can start none that outlives main; the cameras' own timeouts are then the second safety. */
  readonly spawnGuard: SpawnGuard | null;
  /** Asks where a file is to go; null: this host cannot. */
  readonly askSavePlace: ((log: Log) => AskSavePlace) | null;
  leave(): void;
}

export interface Services {
  readonly program: ComposedProgram;
  readonly gateway: MediaGateway;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Settings;
  /** This run is a kiosk's. */
  readonly kiosk: boolean;
  readonly dataFolder: string;
  /** Where figures are told, and the file with the token for it; null where the settings ask for none, or it could not be opened. */
  readonly metrics: Pick<MetricsPage, 'address' | 'tokenFile'> | null;
  /** Ends everything in order, and gives the data folder back. Idempotent. */
  close(): Promise<void>;
}

/** Opens the stores, starts the gateway and builds the program. Rejects with words for a person (`StoreProblem`). */
export async function startServices(options: ServiceOptions, host: HostPorts): Promise<Services> {
  const clock = systemClock;
  const closers: (() => void | Promise<void>)[] = [];
  const closeAll = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const dataDir = openDataDir(options.data ?? undefined, { temporary: options.temporaryData });
    closers.push(() => dataDir.close());
    const secrets = createKnownSecrets();
    const opened = openLog({ folder: dataDir.path, secrets, clock, terminal: { to: process.stderr, level: 'warn' } });
    closers.push(() => opened.close());
    const { log } = opened;
    const settings = host.openSettings(dataDir.path, clock, log.child('settings'));
    const kiosk = options.kiosk || settings.values.current().kiosk;
    const stores = openSqliteStores(dataDir.path, clock);
    closers.push(() => stores.close());
    const vault = await openFileVault(dataDir.path);
    const bundles = join(dataDir.path, 'bundles');
    await sweepUnfinishedBundles(bundles);
    const copies = join(dataDir.path, 'copies');
    await sweepClipCopies(copies);
    const saves = openUnfinishedSaves(join(dataDir.path, 'unfinished-saves.json'), clock, log.child('host'));
    closers.push(() => saves.close());
    // Not awaited: a share that does not answer is no reason for a dark wall.
    void saves.sweep();
    const keyring = await host.keyring(log.child('keyring'));
    const passwords = await openPasswords(dataDir.path, keyring, log.child('passwords'));
    const signing = await openSigning({
      dataFolder: dataDir.path,
      headsFolder: settings.values.current().audit.headsFolder,
      keyring,
      audit: stores.audit,
      journal: stores.journal,
      headEveryMs: () => settings.values.current().audit.headEverySeconds * 1_000,
      shiftStarts: () => settings.values.current().shifts,
      clock,
      log: log.child('signing'),
    });
    // Closed after the program: its last records are signed too.
    closers.push(() => signing.close());
    const ffmpeg = await resolveFfmpeg();
    if (!ffmpeg) log.warn('ffmpeg is not here: cameras that need it, and the demonstration city, show no picture');
    const gateway = createEmbeddedGateway({
      clock,
      log: log.child('gateway'),
      spawn: host.spawnGateway(log.child('gateway')),
      runDir: dataDir.runPath,
      ffmpegPath: ffmpeg?.path ?? null,
    });
    closers.push(() => gateway.close());
    const guard = createPtzGuardClient({ clock, log: log.child('ptz-guard'), spawn: host.spawnGuard });
    closers.push(() => guard.close());
    // A viewing without an end ended at the latest when its run did.
    await stores.journal.append('main.began', { version: host.about.current().version });
    closers.push(async () => {
      await stores.journal.append('main.ended', {}).catch(() => {});
    });
    const program = await compose({
      clock,
      log,
      registry: stores.registry,
      journal: stores.journal,
      vault,
      secrets,
      passwords,
      tryLogin: createRtspLoginTest(clock),
      finder: createOnvifDeviceFinder(clock),
      gateway,
      guard,
      displays: host.displays,
      settings,
      pins: createArgon2PinHash(),
      processor: createProcessorMeter(),
      evidence: {
        signer: signing.signer,
        signerOf: signing.signerOf,
        authority() {
          const url = settings.values.current().evidence.timeStampAuthority;
          return url === null ? null : createHttpTimeStampAuthority(url, log.child('time-stamp'));
        },
        disk: createFolderDiskRoom(dataDir.path),
        note: createPieceNote(join(dataDir.path, 'vault', 'next-piece.json')),
        limits: () => settings.values.current().evidence,
        version: host.about.current().version,
        copier: ffmpeg && createFfmpegClipCopier(ffmpeg.path, copies),
        // Beside this program, where the build has put it.
        font: () => readPageFont(fileURLToPath(new URL('./fonts/', import.meta.url))),
        newBundle: (name) => createBundleIn(bundles, name),
        removeBundle: (name) => removeBundleIn(bundles, name),
        openBundle: (name) => openBundleFile(join(bundles, basename(name))),
      },
      incidentSnapshot: createDerivedFile(join(dataDir.path, 'derived', 'incidents')),
      audit: {
        ...{ rows: stores.auditRows, log: stores.audit },
        ...{ heads: signing.heads?.told ?? null, headsFolder: signing.headsFolder },
      },
      kiosk,
      about: host.about,
      saving: {
        askPlace: host.askSavePlace?.(log.child('host')) ?? null,
        newFile: (path) => createSavedFile(path, dataDir.path, saves),
      },
      leave: () => host.leave(),
      cameras: { addresses: options.cameras, file: options.cameraFile },
      tiles: options.tiles,
    });
    closers.push(() => program.close());
    const metrics = await metricsPage();
    if (metrics) closers.push(() => metrics.close());
    return { program, gateway, clock, log, settings, kiosk, dataFolder: dataDir.path, metrics, close: closeAll };

    /** A wall without its figures is a wall all the same. */
    async function metricsPage(): Promise<MetricsPage | null> {
      const setting = settings.values.current().metrics;
      if (setting === null) return null;
      const { metrics: tell } = program;
      try {
        const page = await openMetricsPage({
          setting,
          dataFolder: dataDir.path,
          clock,
          log: log.child('metrics'),
          secrets,
          metrics: tell,
        });
        log.info('figures for monitoring are told', { address: page.address, file: page.tokenFile });
        return page;
      } catch (error) {
        log.warn('There is no page of figures for monitoring', {
          reason: error instanceof Error ? error.message : String(error),
        });
        return null;
      }
    }
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** A wall whose passwords cannot be read is a wall all the same: it says so, and shows what needs none. */
async function openPasswords(folder: string, keyring: Keyring | null, log: Log): Promise<ProgramPorts['passwords']> {
  try {
    return { store: await openSecretStore(folder, 'passwords', keyring), broken: null };
  } catch (error) {
    if (!(error instanceof StoreProblem)) throw error;
    log.error('The passwords of the cameras cannot be read', { reason: error.message });
    return { store: createBrokenSecretStore(error), broken: error };
  }
}
