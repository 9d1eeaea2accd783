import type { Gait } from './frame-gait.ts';
import type { FrameLine } from './frame-lines.ts';
import type { StreamFacts } from './stream-facts.ts';

/** A tile that is uncovered again this soon never stopped: what is enlarged for a glance costs nobody a key picture. */
const sleepAfterMs = 1_000;
/** Between key pictures, while nothing is known of it: what a tile's first picture may take. */
const unknownGopMs = 8_000;
/** Key pictures do not come to the millisecond. */
const gopShare = 1.25;
/** What the worker knows is told once a second. */
const newsMs = 1_500;
/**
 * From key pictures a stream goes on to all of them with the next key picture that comes by itself, where that is so near: asked for, a gateway sends its
 * whole present group at once, and a wall that steps up asks for many.
 */
const nearKeyMs = 2_500;
/** A camera that sends pictures and no key picture for so long is not waited for. */
const mostGopMs = 60_000;

/** What a stream's tile says of it. */
export interface SightWishes {
  /** Something lies over its picture, or nothing any more: what nobody sees is not decoded. */
  setCovered(covered: boolean): void;
  /** The most that is decoded of it, whoever sees it: `asleep` leaves a still that says its age. */
  setMost(most: Gait): void;
  /** Lets key pictures through to a still, to renew it, or no more of them. */
  glance(on: boolean): void;
  /** How important it is that its pictures stay in memory, against other streams' (`ringImportance`); also of connections to come. */
  matter(importance: number): void;
}

/** Whether anybody sees a stream, and how much of it is decoded therefore: nothing once nobody has seen it for a second. */
export interface StreamSight {
  readonly wishes: SightWishes;
  setWindowHidden(hidden: boolean): void;
  facts(): Pick<StreamFacts, 'tap' | 'gait'>;
  /** It is in sight, and not decoded: what is seen of it is a still. */
  rests(): boolean;
  /** How far its key pictures lie apart (ms), while no others are decoded; null where every picture is. */
  keysEveryMs(): number | null;
  /** The least time that the next picture may take (ms), because only key pictures are decoded or the first of them is awaited; else 0. */
  patienceMs(): number;
  /** How often the present connection's pictures went on after sleep: the browser calls each of those gaps a freeze. */
  wakings(): number;
  /** A new connection's pictures go at the same gait. */
  lead(line: FrameLine | null): void;
  close(): void;
}

export interface StreamSightOptions {
  readonly windowHidden: boolean;
  /** Told of each change of what can be seen of it: also where it only becomes a still, or is none any more. */
  onHidden(hidden: boolean): void;
}

export function createStreamSight({ windowHidden: first, onHidden }: StreamSightOptions): StreamSight {
  let windowHidden = first;
  let covered = false;
  let most: Gait = 'full';
  let gait: Gait = first ? 'asleep' : 'full';
  let fullSinceMs: number | null = null;
  let wakings = 0;
  let line: FrameLine | null = null;
  let importance = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const unseen = () => windowHidden || covered;
  const rests = () => most === 'asleep' && !unseen();

  const awaitsKey = () => fullSinceMs !== null && (line?.facts()?.lastKeyMs ?? Number.NEGATIVE_INFINITY) < fullSinceMs;

  function go(next: Gait): void {
    if (next === gait) return;
    // The browser calls a gap of this length a freeze; between key pictures it expects no more than they give.
    if (gait === 'asleep') wakings += 1;
    fullSinceMs = next === 'full' ? performance.now() : null;
    const waits = gait === 'keys' && (line?.facts()?.gopMs ?? unknownGopMs) <= nearKeyMs;
    gait = next;
    line?.walk(gait, waits);
  }
  function change(set: () => void): void {
    const before = { hidden: unseen() || most === 'asleep', rests: rests(), most };
    set();
    const hidden = unseen() || most === 'asleep';
    if (hidden !== before.hidden || rests() !== before.rests || most !== before.most) {
      clearTimeout(timer);
      if (!hidden) go(most);
      else if (rests()) go('asleep');
      else timer = setTimeout(() => go('asleep'), sleepAfterMs);
    }
    if (hidden !== before.hidden || rests() !== before.rests) onHidden(hidden);
  }
  return {
    setWindowHidden: (hidden) =>
      change(() => {
        windowHidden = hidden;
      }),
    wishes: {
      setCovered: (next) =>
        change(() => {
          covered = next;
        }),
      setMost: (next) =>
        change(() => {
          most = next;
        }),
      glance(on) {
        if (rests()) go(on ? 'keys' : 'asleep');
      },
      matter(next) {
        if (next === importance) return;
        importance = next;
        line?.matter(importance);
      },
    },
    facts: () => ({ tap: line?.facts() ?? null, gait }),
    rests,
    keysEveryMs: () => (gait === 'keys' || awaitsKey() ? (line?.facts()?.gopMs ?? unknownGopMs) : null),
    patienceMs() {
      if (gait !== 'keys' && !awaitsKey()) return 0;
      const tap = line?.facts() ?? null;
      const gopMs = gopShare * (tap?.gopMs ?? unknownGopMs);
      const now = performance.now();
      if (gait !== 'keys') return now - (fullSinceMs ?? 0) < gopMs ? gopMs : 0;
      // Pictures come and none of them is a key picture: a camera that sends those unevenly has not stopped.
      const sinceKeyMs = now - (tap?.lastKeyMs ?? now);
      const comes = now - (tap?.lastMs ?? Number.NEGATIVE_INFINITY) < 2 * newsMs;
      const late = comes && sinceKeyMs > gopMs + newsMs && sinceKeyMs < mostGopMs;
      return late ? sinceKeyMs + newsMs : gopMs;
    },
    wakings: () => wakings,
    lead(next) {
      if (next !== line) wakings = 0;
      line = next;
      line?.walk(gait);
      line?.matter(importance);
    },
    close: () => clearTimeout(timer),
  };
}
