/** A file that can be made again at any time from what is kept elsewhere: nothing is lost with it, and nothing in it is believed unchecked. */
export interface DerivedFile {
  /** Null where there is none, or it cannot be read. Never rejects. */
  read(): Promise<Uint8Array | null>;
  /** Replaces it as a whole: what a dead process left half written is never read. Rejects with `StoreProblem`. */
  write(pieces: AsyncIterable<Uint8Array>): Promise<void>;
}
