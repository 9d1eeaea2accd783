import type { Socket } from 'node:net';
import type { z } from 'zod';

/** One JSON message in each line, both ways, over a local socket. */
export interface JsonLines<Out> {
  /** False where the other side reads too slowly or is gone; the channel is then closed. */
  send(message: Out): boolean;
  /** Resolves when what was sent has gone out, at once where there is nothing; also when the channel is closed. */
  drained(): Promise<void>;
  close(): void;
}

/** What a side may leave unread before it is given up, in bytes. */
const mostUnreadBytes = 16 * 1024 * 1024;

/**
 * Frames a socket. A line that is too long, no JSON, or not of the schema closes the channel: the other side is not
 * who it should be. `onEnd` is called once, with the reason, also after `close`.
 */
export function createJsonLines<In, Out>(
  socket: Socket,
  options: { schema: z.ZodType<In>; longestBytes: number; onMessage(message: In): void; onEnd(why: string): void },
): JsonLines<Out> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  let over = false;
  const end = (why: string): void => {
    if (over) return;
    over = true;
    rest = [];
    socket.destroy();
    options.onEnd(why);
  };
  const takeLine = (line: Buffer): void => {
    if (over || line.length === 0) return;
    const message = options.schema.safeParse(parseJson(line.toString('utf8')));
    if (message.success) options.onMessage(message.data);
    else end('a message was not understood');
  };
  socket.on('data', (data: Buffer) => {
    let from = 0;
    for (let at = data.indexOf(10); at >= 0 && !over; at = data.indexOf(10, from)) {
      const line = Buffer.concat([...rest, data.subarray(from, at)]);
      rest = [];
      restBytes = 0;
      from = at + 1;
      if (line.length > options.longestBytes) return end('a line was too long');
      takeLine(line);
    }
    if (over || from === data.length) return;
    rest.push(data.subarray(from));
    restBytes += data.length - from;
    if (restBytes > options.longestBytes) end('a line was too long');
  });
  socket.on('error', () => end('the connection broke'));
  socket.on('close', () => end('the connection ended'));
  return {
    send(message) {
      if (over) return false;
      socket.write(`${JSON.stringify(message)}\n`);
      if (socket.writableLength > mostUnreadBytes) end('the other side reads too slowly');
      return !over;
    },
    drained: () =>
      new Promise((resolve) => {
        if (over) return resolve();
        socket.once('close', resolve);
        socket.write('', () => {
          socket.off('close', resolve);
          resolve();
        });
      }),
    close: () => end('closed'),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
