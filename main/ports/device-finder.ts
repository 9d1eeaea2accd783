import type { Credentials } from '../../core/cameras/camera.ts';
import type { StreamProfile } from '../../core/cameras/choose-profiles.ts';
import type { DeviceProblemCode } from '../../core/cameras/finding.contract.ts';

/** A device that answered a search. */
export interface SeenDevice {
  /** Its device service, without user and password. */
  readonly control: string;
  readonly name: string;
  readonly hardware: string;
}

export interface DeviceProfile extends StreamProfile {
  /** Where it is played by RTSP, at the host that was asked; null where it names none. */
  readonly url: string | null;
}

/** What a device says of itself. Texts are its own, cut to 120 characters. */
export interface DeviceFacts {
  readonly name: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly firmware: string;
  readonly serialNumber: string;
  readonly profiles: readonly DeviceProfile[];
  readonly pan: boolean;
  readonly zoom: boolean;
  /** How many presets it can keep. */
  readonly presets: number;
  readonly snapshot: string | null;
  readonly clockAheadMs: number | null;
}

/** Why a device did not do something. `message` is for the log, and carries no address and no credential. */
export class DeviceProblem extends Error {
  readonly code: DeviceProblemCode;
  constructor(code: DeviceProblemCode, message: string) {
    super(message);
    this.name = 'DeviceProblem';
    this.code = code;
  }
}

/** Devices on the network. Everything ends within some seconds, and rejects with `DeviceProblem`. */
export interface DeviceFinder {
  /** How long a search takes, ms. */
  readonly searchLimitMs: number;
  interfaces(): readonly { readonly name: string; readonly address: string }[];
  /** Resolves with the interfaces on which nothing could be sent. */
  search(interfaces: readonly string[], found: (device: SeenDevice) => void, signal: AbortSignal): Promise<readonly string[]>;
  read(control: string, credentials: Credentials | null, signal: AbortSignal): Promise<DeviceFacts>;
  /** Resolves with how far it is ahead afterwards, ms. */
  setClock(control: string, credentials: Credentials | null, utcMs: number): Promise<number | null>;
}
