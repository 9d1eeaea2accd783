import { useCallback, useEffect, useState } from 'react';
import type { Incident } from '../../../core/incidents/incident.ts';
import type { AskedDeed } from '../../../core/incidents/incident-deed.ts';
import { sayFault } from '../../ui/run-command.ts';
import { doDeed } from './incident-deeds.ts';
import type { IncidentsClient } from './incidents-client.ts';

/** Does something with the incident that is looked at; false where it was refused, which is said. */
export type Act = (deed: AskedDeed) => Promise<boolean>;

/** One incident as main has it, read anew whenever anything of any changes; and the way to do something with it. */
export function useIncident(client: IncidentsClient, number: number): { readonly incident: Incident | null; readonly act: Act } {
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
    async (deed: AskedDeed) => {
      try {
        const outcome = await doDeed(client, number, deed);
        // Also where it was refused: whoever came second sees what it was about.
        if (outcome.incident) setIncident(outcome.incident);
        return outcome.refusal === null;
      } catch (error) {
        sayFault(error);
        return false;
      }
    },
    [client, number],
  );
  return { incident: incident?.number === number ? incident : null, act };
}
