import type { Clock } from '../ports/clock.ts';
import { type FromGuard, renewalMs, silenceMs, type ToGuard } from './guard-messages.ts';
import { type OwedStop, oweStop } from './owed-stop.ts';

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
  /** Main's pipe ended. Resolves when everything stands, or was given up: after a day, or a minute where asking does not help. */
  mainGone(): Promise<void>;
  /** The machine goes down: what is owed, now or by what main does next, is tried for a minute more at most. */
  hurry(): void;
}

export function createGuard(ports: {
  readonly clock: Clock;
  open(place: Extract<ToGuard, { t: 'know' }>['place']): Stoppable;
  say(message: FromGuard): void;
  isHopeless(error: unknown): boolean;
  random(): number;
}): Guard {
  const { clock, say } = ports;
  const known = new Map<string, Stoppable>();
  /** When each camera's move was told last. */
  const moving = new Map<string, { readonly callOff: () => void }>();
  const stopping = new Map<string, OwedStop>();
  let isHurried = false;
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
    const owed = oweStop({
      clock,
      // Each time where the camera is known to be by then: its address may change under way.
      stop: async () => known.get(camera)?.stop(),
      isHopeless: ports.isHopeless,
      random: ports.random,
    });
    stopping.set(camera, owed);
    if (isHurried) owed.hurry();
    void owed.end.then((end) => {
      if (stopping.get(camera) === owed) stopping.delete(camera);
      if (end === 'acknowledged') say({ t: 'stopped', camera, why });
      else if (end === 'gave-up') say({ t: 'gave-up', camera });
    });
  }

  /** Main lives and has it in hand: a Stop of ours would end what somebody steers now. */
  function leave(camera: string): void {
    stopping.get(camera)?.callOff();
    stopping.delete(camera);
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
          leave(message.camera);
          moving.get(message.camera)?.callOff();
          moving.set(message.camera, { callOff: clock.after(renewalMs, () => stop(message.camera, 'not-renewed')) });
          return listen();
        case 'still':
          leave(message.camera);
          forget(message.camera);
          return listen();
        case 'beat':
          return listen();
      }
    },
    async mainGone() {
      stopAll('main-gone');
      await Promise.all([...stopping.values()].map(({ end }) => end));
      for (const stoppable of known.values()) stoppable.close();
      known.clear();
    },
    hurry() {
      isHurried = true;
      for (const owed of stopping.values()) owed.hurry();
    },
  };
}
