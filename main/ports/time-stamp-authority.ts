/** Somebody else who confirms that something was there at a time (RFC 3161). Only where one is configured. */
export interface TimeStampAuthority {
  /** The answer in DER, of a SHA-512 imprint of `content`; null where the authority gave none in time. Never rejects. */
  stamp(content: Uint8Array): Promise<Uint8Array | null>;
}
