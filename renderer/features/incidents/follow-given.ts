import { say } from '../../ui/notice.ts';
import type { IncidentsClient } from './incidents-client.ts';

/** Tells this seat when an incident becomes its own. Returns the way to stop. */
export function followGiven(client: Pick<IncidentsClient, 'watch'>): () => void {
  let seat: number | null = null;
  let own: ReadonlySet<number> | null = null;
  const stopSeat = client.watch('access.seat', ({ number }) => {
    if (number !== seat) own = null;
    seat = number;
  });
  const stop = client.watch('incidents.open', (open) => {
    const now = new Set(open.filter(({ ownerSeat }) => ownerSeat === seat).map(({ number }) => number));
    // What was its own when the window opened is no news.
    for (const number of now) if (own && !own.has(number)) say((t) => t('incidents.yours', { number }));
    own = seat === null ? null : now;
  });
  return () => {
    stopSeat();
    stop();
  };
}
