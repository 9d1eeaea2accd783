import type { CameraId } from '../../../core/cameras/camera.ts';
import type { AskedDeed } from '../../../core/incidents/incident-deed.ts';
import { withdrawWithinMs } from '../../../core/incidents/incident-life.ts';
import type { IncidentOutcome } from '../../../core/incidents/incidents.contract.ts';
import type { IncidentRefusal } from '../../../core/incidents/next-incident.ts';
import type { TilePlace } from '../../../core/wall/wall-change.ts';
import { say } from '../../ui/notice.ts';
import { playAcknowledged } from './acknowledged-sound.ts';
import type { IncidentsClient } from './incidents-client.ts';
import { incidentsView } from './incidents-view.ts';

/** What a flag says before anybody had time to say more. */
const first = { category: 'unclassified', severity: 2, place: null } as const;

/** Flags a camera. Sound and words come when main has it on the disk, never before. `at`: the tile it was seen in. */
export async function flagCamera(
  client: Pick<IncidentsClient, 'call'>,
  camera: { readonly id: CameraId; readonly name: Promise<string> },
  at: TilePlace | null,
): Promise<void> {
  const { refusal, incident, joined } = await client.call('incidents.flag', { ...first, camera: camera.id, at });
  if (refusal !== null || incident === null) return sayRefusal(refusal ?? 'not-saved');
  playAcknowledged();
  const { number } = incident;
  if (joined) return say((t) => t('incidents.joined', { number }));
  incidentsView.setState({ last: { number, untilMs: performance.now() + withdrawWithinMs } });
  const name = await camera.name;
  say((t) => t('incidents.flagged', { number, camera: name }));
}

/** Takes back the last flag of this window. */
export async function takeBack(client: Pick<IncidentsClient, 'call'>): Promise<void> {
  const { last } = incidentsView.getState();
  if (last === null) return;
  incidentsView.setState({ last: null });
  if ((await doDeed(client, last.number, { do: 'withdraw' })).refusal === null)
    say((t) => t('incidents.taken-back', { number: last.number }));
}

/** Does it, or says why not. `incident` is how it is now in either case. */
export async function doDeed(client: Pick<IncidentsClient, 'call'>, number: number, deed: AskedDeed): Promise<IncidentOutcome> {
  const outcome = await client.call('incidents.do', { number, deed });
  if (outcome.refusal !== null) sayRefusal(outcome.refusal);
  return outcome;
}

function sayRefusal(refusal: IncidentRefusal): void {
  say((t) => t(`incident-refusal.${refusal}`), refusal === 'not-saved' ? 'danger' : 'attention');
}
