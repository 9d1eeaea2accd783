import { isDeepStrictEqual } from 'node:util';
import { nextDelayMs, retryPolicies } from '../../core/streams/retry-policy.ts';
import type { StopGuard } from '../ports/camera-control.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { GuardProcess, SpawnGuard } from '../ptz-guard/guard-process.ts';
import { beatMs, type ToGuard } from '../ptz-guard/guard-messages.ts';

export type StopPlace = Extract<ToGuard, { t: 'know' }>['place'];

export interface PtzGuardClient extends StopGuard {
  /** How a camera is stopped: to be told before each move; the guard hears of what is new. */
  know(camera: string, place: StopPlace): void;
  /** Ends the guard, which stops what still moves. */
  close(): void;
}

/** A guard that lived this long died of something new. */
const steadyMs = 30_000;
/** More cameras than that are not steered in one run without the oldest being long forgotten. */
const mostKnown = 1_000;

/** Keeps one guard process running, tells it everything again after its death, and that main lives while something may move. */
export function createPtzGuardClient(ports: {
  readonly clock: Clock;
  readonly log: Log;
  /** Null: this host can start none. */
  readonly spawn: SpawnGuard | null;
}): PtzGuardClient {
  const { clock, log } = ports;
  const known = new Map<string, StopPlace>();
  const moving = new Set<string>();
  let guard: GuardProcess | null = null;
  let stopBeat = () => {};
  let stopRestart = () => {};
  let failures = 0;
  let isStarted = false;
  let closed = false;

  function tell(message: ToGuard): void {
    guard?.tell(message);
  }

  function beat(): void {
    stopBeat();
    if (moving.size === 0 || closed) return;
    tell({ t: 'beat' });
    stopBeat = clock.after(beatMs, beat);
  }

  function start(spawn: SpawnGuard): void {
    const startedMs = clock.monotonicMs();
    const mine = spawn.start();
    guard = mine;
    mine.onMessage((message) => {
      if (message.t === 'stopped') log.warn('The guard stopped a camera', { camera: message.camera, why: message.why });
      else if (message.t === 'gave-up')
        log.error('The guard gave up a Stop that a camera did not acknowledge', { camera: message.camera });
    });
    mine.onExit((why) => {
      if (guard !== mine) return;
      guard = null;
      if (closed) return;
      if (clock.monotonicMs() - startedMs >= steadyMs) failures = 0;
      log.error('The guard that stops cameras ended; another is started', { why });
      stopRestart = clock.after(nextDelayMs(retryPolicies.restart, failures, Math.random), () => start(spawn));
      failures += 1;
    });
    for (const [camera, place] of known) tell({ t: 'know', camera, place });
    for (const camera of moving) tell({ t: 'moving', camera });
  }

  return {
    know(camera, place) {
      if (isDeepStrictEqual(known.get(camera), place)) return;
      known.delete(camera);
      known.set(camera, place);
      for (const oldest of known.keys()) {
        if (known.size <= mostKnown) break;
        if (!moving.has(oldest)) known.delete(oldest);
      }
      if (isStarted) {
        tell({ t: 'know', camera, place });
        // A guard that heard of the move before it knew the camera may have given it up by now (main was silent, the camera slow): it hears of it again.
        if (moving.has(camera)) tell({ t: 'moving', camera });
        return;
      }
      // Most walls steer no camera: until one does, there is nothing to guard.
      isStarted = true;
      if (ports.spawn !== null) start(ports.spawn);
      else
        log.warn('This host has no guard: if the program dies, a moving camera stops only by its own timeout, after two seconds');
    },
    mayMove(camera) {
      moving.add(camera);
      tell({ t: 'moving', camera });
      if (moving.size === 1) beat();
    },
    isStill(camera) {
      moving.delete(camera);
      tell({ t: 'still', camera });
    },
    close() {
      closed = true;
      stopBeat();
      stopRestart();
      guard?.end();
      guard = null;
    },
  };
}
