/** A bundle, or a copy of one, that is being written. It has its name only when all of it is on the disk. Methods reject with `StoreProblem`. */
export interface BundleSink {
  write(bytes: Uint8Array, at: number): Promise<void>;
  /** Resolves when it is on the disk under its name. Rejects with the signal's reason where that was aborted before it had its name: it has none then. */
  commit(signal?: AbortSignal): Promise<void>;
  /** Leaves nothing behind. After `commit` it does nothing. */
  discard(): Promise<void>;
}

/** A file that may or may not be a bundle. Methods reject with `StoreProblem`. */
export interface BundleSource {
  readonly sizeBytes: number;
  /** Fewer bytes only where the file ends. */
  read(at: number, length: number): Promise<Uint8Array>;
}
