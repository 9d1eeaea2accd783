/** What of Electron's `powerSaveBlocker` is used. */
export interface PowerSaveBlocker {
  start(type: 'prevent-display-sleep'): number;
  stop(id: number): unknown;
  isStarted(id: number): boolean;
}

/** Keeps the displays awake until the returned function is called. A wall that sleeps shows nothing. */
export function preventDisplaySleep(blocker: PowerSaveBlocker): () => void {
  const id = blocker.start('prevent-display-sleep');
  return () => {
    if (blocker.isStarted(id)) blocker.stop(id);
  };
}
