import { type Client, createClient } from '../../core/rpc/client.ts';
import { contract, contractVersion, type DeedbanContract } from '../../core/contract.ts';
import type { ComposedProgram } from '../../main/compose.ts';
import { createMemoryPipe } from '../support/memory-pipe.ts';
import { until } from '../support/until.ts';

/** A supervisor within this process: changes what a story needs changed, with no page of its own to paint. */
export interface BenchSeat {
  readonly call: Client<DeedbanContract>['call'];
  /** Asks by address, as a window does. */
  byAddress(path: string, init?: RequestInit): Promise<Response>;
  close(): void;
}

export async function openBenchSeat(program: ComposedProgram): Promise<BenchSeat> {
  const pipe = createMemoryPipe();
  const windowId = 'bench-seat';
  const seat = { number: 1, role: 'supervisor', priority: 50, signedIn: false } as const;
  // No console: while one is open the wall draws miniatures for it, some tenth of a second of each on a machine without a GPU, and the bare page draws none.
  pipe.onTransport((transport) => program.admit(transport, { windowId, seat, displayId: 'wall', windowKind: 'shared' }));
  const client = createClient(contract, pipe.bridge, { version: contractVersion });
  await until('the seat is open', () => client.status.current() === 'open');
  return {
    call: client.call,
    async byAddress(path, init = {}) {
      const { token } = await client.call('streams.token', {});
      const headers = { authorization: `Bearer ${token}` };
      return program.byAddress(new Request(`http://127.0.0.1${path}`, { ...init, headers }), [windowId]);
    },
    close: () => client.close(),
  };
}
