/** A copy that lies on the disk until it is discarded. */
export interface ClipCopy {
  readonly sizeBytes: number;
  read(): AsyncIterable<Uint8Array>;
  discard(): Promise<void>;
}

/** Encodes a clip anew so that every browser plays it (H.264 in MP4). What comes out is no evidence, only easier to look at. */
export interface ClipCopier {
  /** Rejects where it cannot be done, or with the signal's reason; then nothing is left. */
  copy(content: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<ClipCopy>;
}
