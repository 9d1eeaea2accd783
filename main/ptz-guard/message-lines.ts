import type { Readable } from 'node:stream';
import type { z } from 'zod';

/** A longer line is none of ours. */
const longestLine = 16_384;

/** Reads one JSON message a line, until the stream ends or a line is not of the schema. `onEnd` is called once. */
export function readMessageLines<T>(
  from: Readable,
  schema: z.ZodType<T>,
  onMessage: (message: T) => void,
  onEnd: () => void,
): void {
  let rest = '';
  let over = false;
  const end = (): void => {
    if (over) return;
    over = true;
    onEnd();
  };
  from.setEncoding('utf8');
  from.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (over) return;
      const message = schema.safeParse(parsed(line));
      if (!message.success) return end();
      onMessage(message.data);
    }
    if (rest.length > longestLine) end();
  });
  from.once('end', end);
  from.once('close', end);
  from.once('error', end);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
