/** A PIN as it is compared: Arabic and Persian digits are the same as Latin ones, so it can be typed on any keyboard of the house. */
export function plainPin(typed: string): string {
  return typed.normalize('NFKC').replaceAll(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) % 16));
}
