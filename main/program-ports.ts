import type { HostAbout } from '../core/host/host.contract.ts';
import type { Watchable } from '../core/rpc/cell.ts';
import type { AuditPorts } from './features/audit/audit-feature.ts';
import type { EvidencePorts } from './features/evidence/evidence-feature.ts';
import type { SavingPorts } from './features/host/saving.ts';
import type { Clock } from './ports/clock.ts';
import type { DerivedFile } from './ports/derived-file.ts';
import type { DeviceFinder } from './ports/device-finder.ts';
import type { Displays } from './ports/displays.ts';
import type { Journal } from './ports/journal.ts';
import type { KnownSecrets } from './ports/known-secrets.ts';
import type { Log } from './ports/log.ts';
import type { LoginTest } from './ports/login-test.ts';
import type { MediaGateway } from './ports/media-gateway.ts';
import type { PinHash } from './ports/pin-hash.ts';
import type { ProcessorMeter } from './ports/processor-meter.ts';
import type { Registry } from './ports/registry.ts';
import type { SecretStore } from './ports/secret-store.ts';
import type { Settings } from './ports/settings.ts';
import type { StoreProblem } from './ports/store-problem.ts';
import type { Vault } from './ports/vault.ts';
import type { PtzGuardClient } from './supervision/ptz-guard-client.ts';

/** What the program needs from its host and its stores. */
export interface ProgramPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly registry: Registry;
  readonly journal: Journal;
  readonly vault: Vault;
  readonly secrets: KnownSecrets;
  /** The cameras' passwords, and why they cannot be read where they cannot. */
  readonly passwords: { readonly store: SecretStore; readonly broken: StoreProblem | null };
  readonly tryLogin: LoginTest;
  /** Finds devices on the network for a technician. */
  readonly finder: DeviceFinder;
  readonly gateway: MediaGateway;
  /** Stops cameras when this process cannot. */
  readonly guard: PtzGuardClient;
  readonly displays: Displays;
  readonly settings: Settings;
  readonly pins: PinHash;
  readonly processor: ProcessorMeter;
  readonly evidence: Pick<
    EvidencePorts,
    | 'signer'
    | 'signerOf'
    | 'authority'
    | 'disk'
    | 'note'
    | 'font'
    | 'copier'
    | 'newBundle'
    | 'openBundle'
    | 'removeBundle'
    | 'limits'
    | 'version'
  >;
  /** What an earlier start read of incidents. */
  readonly incidentSnapshot: DerivedFile;
  readonly audit: Pick<AuditPorts, 'rows' | 'log' | 'heads' | 'headsFolder'>;
  /** All displays are the wall, and leaving needs the PIN. */
  readonly kiosk: boolean;
  readonly about: Watchable<HostAbout>;
  /** How a file leaves by a place that somebody chose in a dialog of the host. */
  readonly saving: Pick<SavingPorts, 'askPlace' | 'newFile'>;
  /** Ends the program in order. */
  leave(): void;
  /** What the command line says of the cameras of this run. */
  readonly cameras: { readonly addresses: readonly string[]; readonly file: string | null };
  readonly tiles: number | null;
}
