import type { Watchable } from '../../core/rpc/cell.ts';

/** Longest secret, in bytes. */
export const secretMaxBytes = 65_536;
/** A name is 1 to 200 letters, digits and `. _ / -`, for example `camera/pes-214`. */
export const secretNamePattern = /^[A-Za-z0-9._/-]{1,200}$/;
/** Most secrets of one store: a directory has at most half as many cameras. */
export const secretsMax = 200_000;

/** What keeps the key: the system's keyring, or a file only this user may read. */
export type SecretKeeper = 'keyring' | 'key-file';

/** `passphrase`: whether the key is wrapped by one. While it is `locked` the names are known, and no secret. */
export interface SecretsLife {
  readonly state: 'open' | 'locked';
  readonly keeper: SecretKeeper;
  readonly passphrase: boolean;
}

/** Passwords and keys, by name, sealed on the disk. Throws and rejects with `StoreProblem`, which never carries a secret. */
export interface SecretStore {
  readonly life: Watchable<SecretsLife>;
  has(name: string): boolean;
  /** Null where there is none. Throws `locked`, or `damaged` where this one was changed by somebody else; the others are still good then. */
  get(name: string): string | null;
  /** Sets some, and deletes those that are null: all of them or, where this rejects, none. Resolves when it is on the disk. */
  change(changes: ReadonlyMap<string, string | null>): Promise<void>;
  /** Whether the passphrase was right. Takes a while by intent (Argon2id). */
  unlock(passphrase: string): Promise<boolean>;
  /** Sets, changes or (null) removes the passphrase. Only the key is wrapped anew; rejects with `locked` while the store is. */
  setPassphrase(passphrase: string | null): Promise<void>;
}
