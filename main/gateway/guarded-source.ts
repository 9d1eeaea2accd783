import type { Clock } from '../ports/clock.ts';
import type { Source, SourceEvents, SourceProblem } from './source.ts';

/**
 * No picture for this long is a dead camera whatever its source believes, in milliseconds. Sources notice silence much
 * earlier; this is longer than the longest distance of key pictures (30 s), before which a source may have none to give.
 */
export const silentMs = 40_000;

export interface GuardedSource {
  /** Idempotent; nothing is heard afterwards. */
  end(): void;
}

/** Opens a source and holds it to its interface: nothing is heard after its end, and a silent one is ended (`camera-silent`). */
export function openGuarded(clock: Clock, open: (events: SourceEvents) => Source, events: SourceEvents): GuardedSource {
  let over = false;
  let source: Source | null = null;
  let heardMs = clock.monotonicMs();
  let stopWatch = (): void => {};
  const end = (): void => {
    over = true;
    stopWatch();
    source?.close();
  };
  const watch = (): void => {
    const leftMs = heardMs + silentMs - clock.monotonicMs();
    if (leftMs <= 0) return fail({ code: 'camera-silent', detail: `no picture for ${silentMs / 1_000} s` });
    stopWatch = clock.after(leftMs, watch);
  };
  const fail = (problem: SourceProblem): void => {
    if (over) return;
    end();
    events.onEnd(problem);
  };
  watch();
  try {
    source = open({
      onOpen: (facts) => {
        if (!over) events.onOpen(facts);
      },
      onUnit: (unit) => {
        if (over) return;
        heardMs = clock.monotonicMs();
        events.onUnit(unit);
      },
      onEnd: fail,
    });
  } catch (error) {
    // A maker that throws is a fault of ours; its words might name an address.
    fail({ code: 'internal', detail: `opening the source failed (${error instanceof Error ? error.name : 'unknown'})` });
  }
  if (over) source?.close();
  return { end };
}
