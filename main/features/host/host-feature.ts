import type { HostAbout, hostContract } from '../../../core/host/host.contract.ts';
import type { Watchable } from '../../../core/rpc/cell.ts';
import { RpcError } from '../../../core/rpc/error.ts';
import type { Feature } from '../../../core/rpc/handlers.ts';

/** What the host can do, and leaving it. */
export function createHostFeature(ports: { about: Watchable<HostAbout>; leave: () => void }): Feature<typeof hostContract> {
  return {
    calls: {
      'host.leave': () => {
        if (!ports.about.current().abilities.leave) throw new RpcError('unavailable', 'this window is closed by its browser');
        ports.leave();
        return {};
      },
    },
    states: { 'host.about': () => ports.about },
    events: {},
  };
}
