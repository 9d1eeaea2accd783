import type { Server } from 'node:http';

/** A fault that a person can mend, in words. */
export class BrowserHostProblem extends Error {
  override readonly name = 'BrowserHostProblem';
}

/**
 * Listens on 127.0.0.1 and returns the port: exactly `port` where one is asked for (a BrowserHostProblem where it is
 * taken), else `preferred` where it is free, else any.
 */
export async function listenOnLoopback(server: Server, port: number | null, preferred: number | null): Promise<number> {
  if (port !== null && port !== 0) {
    return listen(server, port).catch((error: unknown) => {
      throw new BrowserHostProblem(
        `Port ${port} cannot be used: ${isTaken(error) ? 'another program has it' : 'the system refuses it'}.`,
      );
    });
  }
  if (preferred === null || preferred === 0) return listen(server, 0);
  return listen(server, preferred).catch(() => listen(server, 0));
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string') return reject(new Error('no port'));
      return resolve(address.port);
    });
  });
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
