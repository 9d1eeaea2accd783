/** SHA-256 of the content, 64 lower-case hexadecimal digits. */
export type Digest = string;
export const digestPattern = /^[0-9a-f]{64}$/;

export interface VaultReceipt {
  readonly digest: Digest;
  readonly sizeBytes: number;
}

/** Blobs that are named by what is in them, so that nothing can be exchanged unnoticed. Methods reject with `StoreProblem`. */
export interface Vault {
  /** Resolves when the blob and its name are on the disk. A second `put` of the same content changes nothing. */
  put(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<VaultReceipt>;
  /** The content in pieces, or null where there is none. Breaking off the iteration closes it. It is not verified on the way. */
  get(digest: Digest): Promise<AsyncIterable<Uint8Array> | null>;
  /**
   * Resolves when the blob is gone, also where there was none. Only for who knows that nobody else keeps the same content under the same name.
   */
  delete(digest: Digest): Promise<void>;
  has(digest: Digest): Promise<boolean>;
  /** Reads all of it and compares. */
  verify(digest: Digest): Promise<'good' | 'missing' | 'damaged'>;
}
