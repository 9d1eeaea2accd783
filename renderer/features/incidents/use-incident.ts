import { useCallback, useEffect, useState } from 'react';
import type { Incident } from '../../../core/incidents/incident.ts';
import type { IncidentDeed } from '../../../core/incidents/incident-deed.ts';
import { sayFault } from '../../ui/run-command.ts';
import { doDeed } from './incident-deeds.ts';
import type { IncidentsClient } from './incidents-client.ts';

/** One incident as main has it, read anew whenever anything of any changes; and the way to do something with it. */
export function useIncident(
  client: IncidentsClient,
  number: number,
): { readonly incident: Incident | null; act(deed: IncidentDeed): Promise<boolean> } {
  const [incident, setIncident] = useState<Incident | null>(null);
  useEffect(() => {
    let gone = false;
    const read = () =>
      client.call('incidents.read', { number }).then(
        (answer) => {
          if (!gone) setIncident(answer.incident);
        },
        () => {},
      );
    const stop = client.watch('incidents.open', () => void read());
    return () => {
      gone = true;
      stop();
    };
  }, [client, number]);
  const act = useCallback(
    async (deed: IncidentDeed) => {
      try {
        const after = await doDeed(client, number, deed);
        if (after) setIncident(after);
        return after !== null;
      } catch (error) {
        sayFault(error);
        return false;
      }
    },
    [client, number],
  );
  return { incident: incident?.number === number ? incident : null, act };
}
