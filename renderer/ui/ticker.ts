const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;

function schedule(): void {
  // Just after the full second, so that every clock of every window of the wall turns together.
  timer = setTimeout(
    () => {
      schedule();
      for (const listener of [...listeners]) listener();
    },
    1_005 - (Date.now() % 1_000),
  );
}

/** Calls `listener` once a second, together with all others: clocks and ages turn without a render. Returns the way to stop. */
export function onEverySecond(listener: () => void): () => void {
  const own = () => listener();
  listeners.add(own);
  if (listeners.size === 1) schedule();
  return () => {
    listeners.delete(own);
    if (listeners.size === 0) clearTimeout(timer);
  };
}
