/** Who signs: an Ed25519 key (RFC 8032) whose private half never leaves this object. */
export interface Signer {
  /** The public half, SPKI in PEM (RFC 7468): what a centre publishes. */
  readonly publicPem: string;
  /** SHA-256 of the public half in DER, 64 hexadecimal digits. */
  readonly fingerprint: string;
  /** 64 bytes. */
  sign(text: Uint8Array): Uint8Array;
}

/** Somebody's public key, as it was published. */
export interface PublicKey {
  readonly fingerprint: string;
  /** The text is exactly what `Signer.publicPem` gives for this key. */
  readonly exact: boolean;
  fits(text: Uint8Array, signature: Uint8Array): boolean;
}
