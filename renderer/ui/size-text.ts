const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `812 B`, `1.4 MiB`: isolated, so that between words from right to left the figure still stands before its unit (UAX #9). */
export function sizeText(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1_024 ** power;
  return `\u2066${power === 0 ? value : value.toFixed(1)} ${units[power] ?? 'B'}\u2069`;
}
