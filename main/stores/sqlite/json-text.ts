import { StoreProblem } from '../../ports/store-problem.ts';

/** The JSON text of a value, within a bound. Throws `StoreProblem` `bad-value` for what JSON cannot hold, `too-large` beyond `maxBytes`. */
export function jsonText(value: unknown, maxBytes: number, what: string): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    throw new StoreProblem('bad-value', `${what} cannot be written as JSON.`, { cause: error });
  }
  if (text === undefined) throw new StoreProblem('bad-value', `${what} cannot be written as JSON.`);
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes) throw new StoreProblem('too-large', `${what} has ${bytes} bytes; at most ${maxBytes} are kept.`);
  return text;
}
