import type { Readable } from 'node:stream';

/** Given by the command that starts Electron from a checkout. */
export const optionsOnStdin = '--options-on-stdin';
const stdinLimitCharacters = 1_000_000;

/**
 * The words of the command line that are ours: without the program, and without the folder that a checkout's Electron is
 * given. Chromium's own switches that we know of are left out.
 */
export function ownArguments(argv: readonly string[], packaged: boolean): readonly string[] {
  return argv.slice(packaged ? 1 : 2).filter((word) => word !== optionsOnStdin);
}

/**
 * Reads the options that the starting command wrote to our standard input: a JSON array of words. They come this way
 * because a camera's address may carry a password, and command lines can be read by every user of the machine.
 * Rejects with words where it is something else or too long.
 */
export async function readArgumentsFrom(input: Readable): Promise<readonly string[]> {
  let text = '';
  input.setEncoding('utf8');
  for await (const part of input) {
    text += String(part);
    if (text.length > stdinLimitCharacters) throw new Error('The options on standard input are too long.');
  }
  let words: unknown;
  try {
    words = JSON.parse(text);
  } catch {
    words = null;
  }
  if (!Array.isArray(words) || !words.every((word) => typeof word === 'string')) {
    throw new Error('The options on standard input are not a list of words.');
  }
  return words;
}
