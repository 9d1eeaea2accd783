/** Work that may wait until what has just changed is on the glass: in its order, a few milliseconds at a time. */
export interface Turns {
  /** `work` must not throw. */
  take(work: () => void): void;
  /** Does all that waits at once: the page is being left and gets no later turn. */
  finish(): void;
}

/** Longer than this at a stretch, and a frame would come late. */
const sliceMs = 6;
/** A window that is not seen draws no frame; its work must not wait for one. */
const unseenMs = 100;

/** What of a window is needed. */
export interface TurnsPorts {
  requestAnimationFrame(then: () => void): unknown;
  setTimeout(then: () => void, delayMs: number): unknown;
  nowMs(): number;
}

/** Turns of one window, the first after its next frame. */
export function createTurns(ports: TurnsPorts): Turns {
  const waiting: (() => void)[] = [];
  let running = false;

  function run(): void {
    const endMs = ports.nowMs() + sliceMs;
    do waiting.shift()?.();
    while (waiting.length > 0 && ports.nowMs() < endMs);
    if (waiting.length > 0) ports.setTimeout(run, 0);
    else running = false;
  }

  function afterFrame(then: () => void): void {
    let done = false;
    const once = () => {
      if (done) return;
      done = true;
      then();
    };
    ports.requestAnimationFrame(() => ports.setTimeout(once, 0));
    ports.setTimeout(once, unseenMs);
  }

  return {
    take(work) {
      waiting.push(work);
      if (running) return;
      running = true;
      afterFrame(run);
    },
    finish() {
      while (waiting.length > 0) waiting.shift()?.();
    },
  };
}
