import type { Gait } from './frame-gait.ts';
import type { FrameLine } from './frame-lines.ts';
import type { StreamFacts } from './stream-facts.ts';

/** A tile that is uncovered again this soon never stopped: what is enlarged for a glance costs nobody a key picture. */
const sleepAfterMs = 1_000;

/** Whether anybody sees a stream, and how much of it is decoded therefore: nothing once nobody has seen it for a second. */
export interface StreamSight {
  setWindowHidden(hidden: boolean): void;
  setCovered(covered: boolean): void;
  facts(): Pick<StreamFacts, 'tap' | 'gait'>;
  /** How often the present connection's pictures went on after sleep: the browser calls each of those gaps a freeze. */
  wakings(): number;
  /** A new connection's pictures go at the same gait. */
  lead(line: FrameLine | null): void;
  close(): void;
}

export interface StreamSightOptions {
  readonly windowHidden: boolean;
  /** Told of each change. */
  onHidden(hidden: boolean): void;
}

export function createStreamSight({ windowHidden: first, onHidden }: StreamSightOptions): StreamSight {
  let windowHidden = first;
  let covered = false;
  let gait: Gait = first ? 'asleep' : 'full';
  let wakings = 0;
  let line: FrameLine | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function go(next: Gait): void {
    if (gait === 'asleep' && next !== 'asleep') wakings += 1;
    gait = next;
    line?.walk(gait);
  }
  function change(set: () => void): void {
    const before = windowHidden || covered;
    set();
    const hidden = windowHidden || covered;
    if (hidden === before) return;
    clearTimeout(timer);
    if (hidden) timer = setTimeout(() => go('asleep'), sleepAfterMs);
    else go('full');
    onHidden(hidden);
  }
  return {
    setWindowHidden: (hidden) =>
      change(() => {
        windowHidden = hidden;
      }),
    setCovered: (next) =>
      change(() => {
        covered = next;
      }),
    facts: () => ({ tap: line?.facts() ?? null, gait }),
    wakings: () => wakings,
    lead(next) {
      if (next !== line) wakings = 0;
      line = next;
      line?.walk(gait);
    },
    close: () => clearTimeout(timer),
  };
}
