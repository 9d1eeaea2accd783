/** Longest secret, in bytes. */
export const secretMaxBytes = 65_536;
/** A name is 1 to 200 letters, digits and `. _ / -`, for example `camera/pes-214/main`. */
export const secretNamePattern = /^[A-Za-z0-9._/-]{1,200}$/;

/** Passwords and keys, by name. Methods reject with `StoreProblem`, which never carries the secret. */
export interface SecretStore {
  /** How well it is kept: by the system's keyring, or by a file only this user may read. */
  readonly kind: 'keyring' | 'key-file';
  get(name: string): Promise<string | null>;
  set(name: string, secret: string): Promise<void>;
  /** Deleting what does not exist is no error. */
  delete(name: string): Promise<void>;
}
