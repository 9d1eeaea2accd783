/** The lowest number from 1 to `most` that is not taken; null where all are. */
export function lowestFreeNumber(taken: Iterable<number>, most = 9_999): number | null {
  const used = new Set(taken);
  for (let number = 1; number <= most; number += 1) if (!used.has(number)) return number;
  return null;
}
