/** A whole number that was typed, within its range; null for nothing typed; undefined for anything else. */
export function wholeNumber(typed: string, least: number, most: number): number | null | undefined {
  const text = typed.trim();
  if (text === '') return null;
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return number >= least && number <= most ? number : undefined;
}
