import { OnvifFailure } from './onvif-failure.ts';
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

/** In the device's order, at most 64; a token that comes twice counts once. */
export async function readTours(session: OnvifSession, mount: Mount): Promise<readonly DeviceTour[]> {
  const answer = await session.ask('ptz', 'GetPresetTours', `<tptz:GetPresetTours>${profileXml(mount)}</tptz:GetPresetTours>`);
  const found = new Map<string, DeviceTour>();
  for (const tour of childrenOf(answer, 'PresetTour')) {
    const token = tour.attributes['token'] ?? '';
    if (token === '' || token.length > 100 || found.has(token) || found.size >= mostTours) continue;
    const state = states.get(textOf(tour, 'Status', 'State').toLowerCase()) ?? 'unknown';
    found.set(token, { token, name: textOf(tour, 'Name').slice(0, 120), state });
  }
  return [...found.values()];
}
const mostTours = 64;
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

/**
 * Lets the device rest from a tour: paused, or ended where it cannot pause. What it refuses is no failure where it does not run the tour, as devices
 * do that end one by themselves when they are moved. Rejects with `OnvifFailure`.
 */
export async function restTour(session: OnvifSession, mount: Mount, tour: string, canPause: boolean): Promise<void> {
  let failure: unknown = null;
  for (const how of canPause ? (['Pause', 'Stop'] as const) : (['Stop'] as const)) {
    try {
      return await operateTour(session, mount, tour, how);
    } catch (error) {
      if (!(error instanceof OnvifFailure) || !['fault', 'not-able', 'gone'].includes(error.code)) throw error;
      failure ??= error;
    }
  }
  const found = (await readTours(session, mount)).find(({ token }) => token === tour);
  if (found?.state === 'touring' || found?.state === 'unknown') throw failure;
}
