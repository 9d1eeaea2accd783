import type { Securing } from '../../../core/evidence/evidence.contract.ts';
import { sayFault } from '../../ui/run-command.ts';
import { createStillTaker, type StillTakerOptions } from './still-taker.ts';
import type { WallClient } from './wall-client.ts';
import { wallView } from './wall-view.ts';

interface OfferStillsOptions extends Omit<StillTakerOptions, 'securing' | 'client'> {
  readonly client: WallClient;
}

/** Keeps stills of this window's tiles, for who works in it and for who works in another window. Returns the way to stop. */
export function offerStills({ client, ...options }: OfferStillsOptions): () => void {
  let securing: readonly Securing[] = [];
  const takeStill = createStillTaker({ ...options, client, securing: () => securing });
  wallView.setState({ takeStill });
  const stops = [
    client.watch('evidence.securing', (tasks) => {
      securing = tasks;
    }),
    client.listen('wall.still-wanted', (at) => void takeStill(at).catch(sayFault)),
  ];
  return () => {
    for (const stop of stops) stop();
    wallView.setState(({ takeStill: present }) => (present === takeStill ? { takeStill: null } : {}));
  };
}
