/** What of a process's terminal is used. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean; setRawMode?(on: boolean): unknown };
  readonly output: { write(text: string): unknown };
}

const longestLine = 1_024;
const end = new Set(['\r', '\n', '\u0004']);
const interrupt = '\u0003';
const erase = new Set(['\b', '\u007f']);
const eraseAll = '\u0015';

/**
 * Asks for a line on a terminal without showing what is typed; null where the input is no terminal. The promise gives null where
 * the person gave up (Ctrl+C) or the terminal went away. The terminal is left as it was found.
 */
export function createSecretPrompt({ input, output }: Terminal): ((words: string) => Promise<string | null>) | null {
  if (input.isTTY !== true || input.setRawMode === undefined) return null;
  const setRaw = (on: boolean) => input.setRawMode?.(on);
  return (words) =>
    new Promise((resolve) => {
      const typed: string[] = [];
      const finish = (line: string | null) => {
        input.removeListener('data', read);
        input.removeListener('end', gone);
        setRaw(false);
        input.pause();
        output.write('\n');
        resolve(line);
      };
      const gone = () => finish(null);
      const read = (data: Buffer | string) => {
        for (const character of String(data)) {
          if (character === interrupt) return finish(null);
          if (end.has(character)) return finish(typed.join(''));
          if (erase.has(character)) typed.pop();
          else if (character === eraseAll) typed.length = 0;
          else if (character >= ' ' && typed.length < longestLine) typed.push(character);
        }
      };
      output.write(words);
      setRaw(true);
      input.setEncoding('utf8');
      input.on('data', read);
      input.once('end', gone);
      input.resume();
    });
}
