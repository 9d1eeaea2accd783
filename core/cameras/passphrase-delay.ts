/** How long nothing is tried after so many wrong passphrases in a row, ms: one second, doubled with each, at most five minutes. */
export function passphraseDelayMs(failures: number): number {
  return failures <= 0 ? 0 : Math.min(1_000 * 2 ** Math.min(failures - 1, 30), 300_000);
}
