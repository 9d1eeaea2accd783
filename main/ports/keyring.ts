/** The system's keeping of small secrets, bound to this user's login. Rejects where it refuses. */
export interface Keyring {
  protect(plain: string): Promise<Buffer>;
  unprotect(sealed: Buffer): Promise<string>;
}
