import type { OnvifSession } from './onvif-session.ts';
import type { PtzMount } from './ptz-service.ts';
import { childrenOf, textOf } from './read-xml.ts';
import { escapeXml } from './xml-text.ts';

/** A tour that the device runs by itself (ONVIF PTZ §5.7). */
export interface DeviceTour {
  readonly token: string;
  readonly name: string;
  readonly state: 'idle' | 'touring' | 'paused' | 'unknown';
}
type Mount = Pick<PtzMount, 'profile'>;

const profileXml = ({ profile }: Mount) => `<tptz:ProfileToken>${escapeXml(profile)}</tptz:ProfileToken>`;

/** At most 64. */
export async function readTours(session: OnvifSession, mount: Mount): Promise<readonly DeviceTour[]> {
  const answer = await session.ask('ptz', 'GetPresetTours', `<tptz:GetPresetTours>${profileXml(mount)}</tptz:GetPresetTours>`);
  return childrenOf(answer, 'PresetTour')
    .filter(({ attributes }) => (attributes['token'] ?? '') !== '')
    .slice(0, 64)
    .map((tour) => ({
      token: tour.attributes['token'] ?? '',
      name: textOf(tour, 'Name').slice(0, 120),
      state: states.get(textOf(tour, 'Status', 'State').toLowerCase()) ?? 'unknown',
    }));
}
const states: ReadonlyMap<string, DeviceTour['state']> = new Map([
  ['idle', 'idle'],
  ['touring', 'touring'],
  ['paused', 'paused'],
]);

/** PTZ §5.7.6. */
export async function operateTour(
  session: OnvifSession,
  mount: Mount,
  tour: string,
  how: 'Start' | 'Stop' | 'Pause',
): Promise<void> {
  const body = `<tptz:OperatePresetTour>${profileXml(mount)}<tptz:PresetTourToken>${escapeXml(tour)}</tptz:PresetTourToken><tptz:Operation>${how}</tptz:Operation></tptz:OperatePresetTour>`;
  await session.ask('ptz', 'OperatePresetTour', body);
}
