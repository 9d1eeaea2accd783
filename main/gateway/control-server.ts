import { createServer, type Server, type Socket } from 'node:net';
import type { Clock } from '../ports/clock.ts';
import { controlVersion, type FromMain, longestLineBytes, type ToMain, toGatewaySchema } from './control.ts';
import { createJsonLines, type JsonLines } from './json-lines.ts';
import { sameSecret } from './same-secret.ts';

/** Who connects has to say `hello` within this time; main itself may be held up for seconds between the two. */
const helloMs = 10_000;
const mostStrangers = 16;

export type Command = Exclude<FromMain, { type: 'hello' } | { type: 'ping' }>;

export interface ControlServer {
  /** Tells main, if there is one. */
  tell(message: ToMain): void;
  close(): Promise<void>;
}

/**
 * The gateway's end of the control channel. There is one main: a newer one that knows the key takes the place of the
 * older. `onMain(false)` is told when the present one went without a word.
 */
export async function createControlServer(ports: {
  clock: Clock;
  path: string;
  key: string;
  onMain(present: boolean): void;
  onCommand(command: Command): void;
}): Promise<ControlServer> {
  let main: JsonLines<ToMain> | null = null;
  const strangers = new Set<JsonLines<ToMain>>();

  const admit = (socket: Socket): void => {
    let known = false;
    const lines: JsonLines<ToMain> = createJsonLines<FromMain, ToMain>(socket, {
      schema: toGatewaySchema,
      longestBytes: longestLineBytes,
      onMessage(message) {
        if (known) return take(message);
        if (message.type !== 'hello' || message.version !== controlVersion || !sameSecret(message.key, ports.key))
          return lines.close();
        known = true;
        stopHello();
        strangers.delete(lines);
        const older = main;
        main = lines;
        older?.close();
        ports.onMain(true);
      },
      onEnd() {
        stopHello();
        strangers.delete(lines);
        if (main !== lines) return;
        main = null;
        ports.onMain(false);
      },
    });
    const take = (message: FromMain): void => {
      if (message.type === 'ping') lines.send({ type: 'pong', id: message.id });
      else if (message.type !== 'hello') ports.onCommand(message);
    };
    const stopHello = ports.clock.after(helloMs, () => lines.close());
    strangers.add(lines);
    if (strangers.size > mostStrangers) lines.close();
  };

  const server = createServer(admit);
  await listen(server, ports.path);
  return {
    tell: (message) => void main?.send(message),
    close() {
      const present = main;
      main = null;
      present?.close();
      for (const lines of [...strangers]) lines.close();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
