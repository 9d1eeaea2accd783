import { stopTriesMs } from '../../core/ptz/motion-life.ts';
import { stopPolicy } from '../../core/ptz/stop-policy.ts';
import { nextDelayMs } from '../../core/streams/retry-policy.ts';
import type { Clock } from '../ports/clock.ts';
import { type FromGuard, renewalMs, silenceMs, type ToGuard } from './guard-messages.ts';

type Why = Extract<FromGuard, { t: 'stopped' }>['why'];

/** Most cameras it keeps in mind; of more, those that stand still and were told longest ago are forgotten. */
const mostKnown = 1_000;

/** How one camera is stopped. Rejects where it was not acknowledged. */
export interface Stoppable {
  stop(): Promise<void>;
  close(): void;
}

/** Stops what may move when main falls silent, goes, or forgets it. */
export interface Guard {
  hear(message: ToGuard): void;
  /** Main's pipe ended. Resolves when everything stands, or was given up after a minute. */
  mainGone(): Promise<void>;
}

export function createGuard(ports: {
  readonly clock: Clock;
  open(place: Extract<ToGuard, { t: 'know' }>['place']): Stoppable;
  say(message: FromGuard): void;
  random(): number;
}): Guard {
  const { clock, say } = ports;
  const known = new Map<string, Stoppable>();
  /** When each camera's move was told last. */
  const moving = new Map<string, { readonly callOff: () => void }>();
  const stopping = new Map<string, Promise<void>>();
  let stopSilence = () => {};

  function forget(camera: string): void {
    moving.get(camera)?.callOff();
    moving.delete(camera);
    if (moving.size === 0) stopSilence();
  }

  function listen(): void {
    stopSilence();
    if (moving.size > 0) stopSilence = clock.after(silenceMs, () => stopAll('main-silent'));
  }

  function stopAll(why: Why): void {
    for (const camera of [...moving.keys()]) stop(camera, why);
  }

  function stop(camera: string, why: Why): void {
    forget(camera);
    if (!known.has(camera) || stopping.has(camera)) return;
    const done = stopUntilAcknowledged(camera).then((isStopped) => {
      stopping.delete(camera);
      say(isStopped ? { t: 'stopped', camera, why } : { t: 'gave-up', camera });
    });
    stopping.set(camera, done);
  }

  /** Each time where the camera is known to be by then: its address may change under way. */
  async function stopUntilAcknowledged(camera: string): Promise<boolean> {
    const beganMs = clock.monotonicMs();
    for (let failures = 0; clock.monotonicMs() - beganMs < stopTriesMs; failures += 1) {
      try {
        await known.get(camera)?.stop();
        return true;
      } catch {
        const delayMs = nextDelayMs(stopPolicy, failures, ports.random);
        await new Promise<void>((resolve) => void clock.after(delayMs, resolve));
      }
    }
    return false;
  }

  function learn({ camera, place }: Extract<ToGuard, { t: 'know' }>): void {
    known.get(camera)?.close();
    known.delete(camera);
    known.set(camera, ports.open(place));
    for (const [oldest, stoppable] of known) {
      if (known.size <= mostKnown) break;
      if (moving.has(oldest) || stopping.has(oldest)) continue;
      stoppable.close();
      known.delete(oldest);
    }
  }

  return {
    hear(message) {
      switch (message.t) {
        case 'know':
          return learn(message);
        case 'moving':
          moving.get(message.camera)?.callOff();
          moving.set(message.camera, { callOff: clock.after(renewalMs, () => stop(message.camera, 'not-renewed')) });
          return listen();
        case 'still':
          forget(message.camera);
          return listen();
        case 'beat':
          return listen();
      }
    },
    async mainGone() {
      stopAll('main-gone');
      await Promise.all(stopping.values());
      for (const stoppable of known.values()) stoppable.close();
      known.clear();
    },
  };
}
