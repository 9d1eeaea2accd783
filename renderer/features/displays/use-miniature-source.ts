import { useEffect, useState, useSyncExternalStore } from 'react';
import { createCell } from '../../../core/rpc/cell.ts';
import type { ByAddress } from '../../media/by-address.ts';
import type { DisplaysClient } from './displays-client.ts';
import { createMiniatureSource, type MiniatureSource } from './miniature-source.ts';

/** The miniatures, as long as the component is mounted; null in its very first render. */
export function useMiniatureSource(client: DisplaysClient, byAddress: ByAddress): MiniatureSource | null {
  const [present] = useState(() => createCell<MiniatureSource | null>(null));
  useEffect(() => {
    const made = createMiniatureSource(client, byAddress);
    present.set(made);
    return () => {
      made.close();
      present.set(null);
    };
  }, [client, byAddress, present]);
  return useSyncExternalStore(present.subscribe, present.current);
}
