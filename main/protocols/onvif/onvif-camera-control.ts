import type { PtzProblem } from '../../../core/ptz/abilities.ts';
import { type CameraControl, ControlProblem } from '../../ports/camera-control.ts';
import type { Clock } from '../../ports/clock.ts';
import { moveFocus, setFocusMode, setIris, stopFocus } from './imaging-service.ts';
import { createLimitedHttp } from './limited-http.ts';
import { OnvifFailure, type OnvifFailureCode } from './onvif-failure.ts';
import { createOnvifSession, type OnvifPlace } from './onvif-session.ts';
import { createOnvifStop, type OnvifStopPlace } from './onvif-stop.ts';
import { operateTour, readTours, restTour } from './preset-tours.ts';
import { gotoPreset, readPresets, removePreset, setPreset } from './ptz-presets.ts';
import { absoluteMove, continuousMove, gotoHome, readStatus, relativeMove, sendAuxiliary, setHome } from './ptz-service.ts';
import { type OnvifSteering, readSteering } from './onvif-steering.ts';

export interface OnvifControlPorts {
  readonly clock: Clock;
  /** Told, once the camera is known and before every move, all that another process needs to stop it. */
  onStopPlace?(place: OnvifStopPlace): void;
}

/** A camera steered over ONVIF. Nothing is sent before the first use. */
export function createOnvifCameraControl(place: OnvifPlace, ports: OnvifControlPorts): CameraControl {
  const session = createOnvifSession(place, { clock: ports.clock, http: createLimitedHttp(ports.clock) });
  const stopping = createOnvifStop(session);
  let known: Promise<OnvifSteering> | null = null;

  function steering(): Promise<OnvifSteering> {
    known ??= readSteering(session).then(
      (found) => {
        tellStopPlace(found);
        return found;
      },
      (error: unknown) => {
        known = null;
        throw error;
      },
    );
    return known;
  }

  function tellStopPlace({ ptzPath, mount }: OnvifSteering): void {
    const { url, credentials } = place;
    ports.onStopPlace?.({ url, credentials, clockAheadMs: session.clockAheadMs(), ptzPath, profile: mount.profile });
  }

  async function doing<T>(work: (found: OnvifSteering) => Promise<T>): Promise<T> {
    try {
      return await work(await steering());
    } catch (error) {
      // Perhaps its profiles were set up anew: they are read again before the next command.
      if (error instanceof OnvifFailure && error.code === 'gone') known = null;
      throw problemOf(error);
    }
  }

  function needed<T>(part: T | null): T {
    if (part === null) throw new OnvifFailure('not-able', 'the camera cannot do this');
    return part;
  }

  return {
    abilities: () => doing(async ({ abilities }) => abilities),
    move: (velocity) =>
      doing((found) => {
        // Before it is on the wire. The camera's clock may have been read anew, and who stops it must prove itself by that.
        tellStopPlace(found);
        return continuousMove(session, found.mount, velocity);
      }),
    stop: () => doing(({ mount }) => stopping.stop(mount.profile)),
    goToPosition: (position) => doing(({ mount }) => absoluteMove(session, mount, position)),
    goBy: (translation) => doing(({ mount }) => relativeMove(session, mount, translation)),
    position: () => doing(async ({ mount }) => (await readStatus(session, mount)).position),
    presets: () => doing(({ mount }) => readPresets(session, mount)),
    savePreset: (name, token) => doing(({ mount }) => setPreset(session, mount, name, token)),
    deletePreset: (token) => doing(({ mount }) => removePreset(session, mount, token)),
    goToPreset: (token, speed) => doing(({ mount }) => gotoPreset(session, mount, token, speed)),
    goHome: () => doing(({ mount }) => gotoHome(session, mount)),
    setHome: () => doing(({ mount }) => setHome(session, mount)),
    tours: () => doing(({ mount }) => readTours(session, mount)),
    startTour: (token) => doing(({ mount }) => operateTour(session, mount, token, 'Start')),
    pauseTour: (token) => doing(({ mount }) => restTour(session, mount, token, mount.node.canPauseTours)),
    stopTour: (token) => doing(({ mount }) => operateTour(session, mount, token, 'Stop')),
    focus: (act) =>
      doing(async ({ source, lens }) => {
        const from = needed(source);
        if (act === 'auto' || act === 'manual') return setFocusMode(session, from, act === 'auto' ? 'AUTO' : 'MANUAL');
        if (act === 'stop') return stopFocus(session, from);
        return moveFocus(session, from, act === 'near' ? -0.5 : 0.5, needed(lens?.focusSpeed ?? null));
      }),
    iris: (open) => doing(({ source, lens }) => setIris(session, needed(source), open, needed(lens?.iris ?? null))),
    auxiliary: (command) => doing(({ mount }) => sendAuxiliary(session, mount, command)),
    close: () => session.close(),
  };
}

const problems: Readonly<Record<OnvifFailureCode, PtzProblem>> = {
  unreachable: 'unreachable',
  silent: 'silent',
  refused: 'refused',
  'too-large': 'not-understood',
  'moved-elsewhere': 'not-understood',
  'not-understood': 'not-understood',
  fault: 'fault',
  'not-able': 'not-able',
  gone: 'gone',
};

function problemOf(error: unknown): unknown {
  return error instanceof OnvifFailure ? new ControlProblem(problems[error.code], error.message) : error;
}
