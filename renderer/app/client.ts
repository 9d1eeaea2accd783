import { contract, contractVersion, type DeedbanContract } from '../../core/contract.ts';
import { type Client, createClient } from '../../core/rpc/client.ts';
import type { Bridge } from '../../core/rpc/transport.ts';

export type DeedbanClient = Client<DeedbanContract>;

/** This window's line to main, over the bridge its preload laid. */
export function createDeedbanClient(bridge: Bridge): DeedbanClient {
  return createClient(contract, bridge, {
    version: contractVersion,
    // To the developer tools and whoever listens to the window's errors; a name and a reason, never a value.
    onFault: (name, problem) => reportError(new Error(`contract: ${name}: ${problem}`)),
  });
}
