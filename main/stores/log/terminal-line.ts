import type { LogFields } from '../../ports/log.ts';

/** The part of a terminal's stream we use. */
export interface Terminal {
  write(text: string): unknown;
}

const words = { debug: 'detail: ', info: '', warn: 'Warning: ', error: 'Error: ' } as const;

/** Control characters would let a camera's answer move the cursor or change the window's title (ECMA-48). */
function harmless(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ');
}

/** One line for a person: what, where, and the facts in brackets. Expects redacted text. */
export function terminalLine(level: keyof typeof words, part: string | undefined, message: string, fields: LogFields): string {
  const facts = Object.entries(fields).map(([name, value]) => `${name} ${String(value)}`);
  const where = part === undefined ? '' : `${part}: `;
  return `${harmless(`${words[level]}${where}${message}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`)}\n`;
}
