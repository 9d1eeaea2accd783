/** One small record, replaced each time: which piece of evidence is on its way to the Vault. It outlives this process, so that the next one knows whose a piece is that has no record. */
export interface PieceNote {
  /** What was noted last; null where there is nothing, or nothing whole. Never rejects. */
  read(): Promise<unknown>;
  /** Resolves when a process that dies now leaves the note. `kept` resolves when a power cut leaves it, too. Both reject with `StoreProblem`. */
  write(value: unknown): Promise<{ readonly kept: Promise<void> }>;
}
