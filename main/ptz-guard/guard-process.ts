import type { FromGuard, ToGuard } from './guard-messages.ts';

/** The guard's process, as main holds it. */
export interface GuardProcess {
  /** By its pipe, which is the only way passwords reach it. Never waits and never throws. */
  tell(message: ToGuard): void;
  onMessage(listener: (message: FromGuard) => void): void;
  /** Once, also where it could not be started. */
  onExit(listener: (why: string) => void): void;
  /** Closes its pipe: it stops what moves, and ends. */
  end(): void;
}

/** How a host starts the guard, so that it outlives main. */
export interface SpawnGuard {
  start(): GuardProcess;
}
