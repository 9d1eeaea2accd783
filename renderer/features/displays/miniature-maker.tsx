import { useEffect } from 'react';
import type { ByAddress } from '../../media/by-address.ts';
import type { DisplaysClient } from './displays-client.ts';
import { makeMiniatures } from './make-miniatures.ts';

interface MiniatureMakerProps {
  readonly client: DisplaysClient;
  readonly byAddress: ByAddress;
}

/** Makes this window's miniatures as long as it is mounted; it shows nothing. */
export function MiniatureMaker({ client, byAddress }: MiniatureMakerProps) {
  useEffect(() => makeMiniatures(client, byAddress, document), [client, byAddress]);
  return null;
}
