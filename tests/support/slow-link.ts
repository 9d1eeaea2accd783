import { connect, createServer, type Socket } from 'node:net';

/** A TCP link to a server on loopback that can be made slow: nothing is lost on it and nothing overtakes. */
export interface SlowLink {
  readonly port: number;
  /** From now on every byte from the server takes this long (ms); 0 lets go at once of what was held back. */
  delay(lateMs: number): void;
  close(): Promise<void>;
}

interface Held {
  readonly chunk: Buffer;
  readonly to: Socket;
  readonly dueMs: number;
}

export async function createSlowLink(toPort: number): Promise<SlowLink> {
  const sockets = new Set<Socket>();
  let held: Held[] = [];
  let lateMs = 0;
  const release = () => {
    const nowMs = performance.now();
    // In order: what came later waits for what came before it, also where the delay was made shorter meanwhile.
    while (held[0] && (lateMs === 0 || held[0].dueMs <= nowMs)) {
      const [{ chunk, to }] = held;
      held = held.slice(1);
      if (!to.destroyed) to.write(chunk);
    }
  };
  const timer = setInterval(release, 5);
  const server = createServer((near) => {
    const far = connect(toPort, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    near.on('data', (chunk) => far.write(chunk));
    far.on('data', (chunk: Buffer) => {
      held.push({ chunk, to: near, dueMs: performance.now() + lateMs });
      release();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the link has no port');
  return {
    port: bound.port,
    delay(next) {
      lateMs = next;
      release();
    },
    close() {
      clearInterval(timer);
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
