const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Text for an element or a quoted attribute. What XML 1.0 §2.2 has no place for is left out. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu, '')
    .replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '');
}

/** xs:float, without an exponent, which some cameras do not read. */
export function numberText(value: number): string {
  return String(Number(value.toFixed(5)));
}

/** xs:duration of whole seconds, at least one. */
export function secondsText(ms: number): string {
  return `PT${Math.max(1, Math.round(ms / 1_000))}S`;
}

/** Milliseconds of an xs:duration without years and months; null for anything else. */
export function durationMs(text: string): number | null {
  const match = /^P(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8}(?:\.\d{1,9})?)S)?)?$/.exec(text.trim());
  if (match === null || /[PT]$/.test(text.trim())) return null;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1_000;
}
