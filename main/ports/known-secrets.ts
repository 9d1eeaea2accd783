import type { Credentials } from '../../core/cameras/camera.ts';

/** Told of every secret the moment it is read, so that it is masked wherever text leaves the program. Lives in memory only. */
export interface KnownSecrets {
  add(secret: string): void;
  /** The password, and what it looks like in a Basic header (RFC 7617). */
  addCredentials(credentials: Credentials): void;
}
