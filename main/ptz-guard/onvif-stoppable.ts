import type { Clock } from '../ports/clock.ts';
import { createLimitedHttp } from '../protocols/onvif/limited-http.ts';
import { createOnvifSession } from '../protocols/onvif/onvif-session.ts';
import { OnvifFailure } from '../protocols/onvif/onvif-failure.ts';
import { createOnvifStop, type OnvifStopPlace } from '../protocols/onvif/onvif-stop.ts';
import type { Stoppable } from './guard.ts';

/** Stops a camera over ONVIF with what main had learnt of it. */
export function openOnvifStoppable(place: OnvifStopPlace, clock: Clock): Stoppable {
  const session = createOnvifSession(place, { clock, http: createLimitedHttp(clock) });
  if (place.ptzPath !== null) session.setPath('ptz', place.ptzPath);
  const stopping = createOnvifStop(session);
  return { stop: () => stopping.stop(place.profile), close: () => session.close() };
}

/** It refuses our password, or says that it can neither stop nor move: what main does not ask for ever either. */
export function isHopelessStop(error: unknown): boolean {
  return error instanceof OnvifFailure && (error.code === 'refused' || error.code === 'not-able');
}
