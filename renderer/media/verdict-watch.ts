import type { ContentFacts } from '../../core/streams/content-clock.ts';
import type { StreamLife } from '../../core/streams/stream-life.ts';
import { judge, type Verdict } from '../../core/streams/verdict.ts';
import { createCodedClock } from './coded-clock.ts';
import type { PictureWatch } from './picture-watch.ts';

/** What a stream's verdict is read from. */
export interface VerdictSources {
  life(): StreamLife;
  readonly pictures: Pick<PictureWatch, 'lastFrameMs' | 'patienceMs' | 'lateness' | 'renewClock'>;
  /** What the coded pictures say; null where nobody sees them. */
  content(): ContentFacts | null;
  /** It is in sight and not decoded. */
  rests(): boolean;
  /** How far its key pictures lie apart (ms), where only they are decoded; else null. */
  keysEveryMs(): number | null;
}

export interface VerdictWatch {
  /** The same object until it says something else: a tile renders only then. */
  current(): Verdict;
  /** Judges anew; true where the verdict changed. `nowMs` is this window's monotonic clock; `heldUp`: the window was late for it again. */
  look(nowMs: number, heldUp?: boolean): boolean;
  /** How many coded pictures had come at `atMs`. */
  count(received: number, atMs: number): void;
  /** Another source's pictures come from now on: what was known of the former one's does not hold for them. */
  renew(): void;
}

export function createVerdictWatch(sources: VerdictSources, nowMs: number): VerdictWatch {
  const { life, pictures, content, rests, keysEveryMs } = sources;
  const coded = createCodedClock();
  let heldUp = false;

  function judged(atMs: number): Verdict {
    const { lastFrameMs: lastPictureMs, lateness } = pictures;
    const clocks = {
      lastPictureMs,
      patienceMs: pictures.patienceMs(),
      lastCodedMs: coded.lastMs(),
      lateness,
      content: content(),
      rests: rests(),
      keysEveryMs: keysEveryMs(),
    };
    return judge({ life: life(), heldUp, ...clocks }, atMs);
  }

  let current = judged(nowMs);
  return {
    current: () => current,
    look(atMs, late) {
      heldUp = late ?? heldUp;
      const next = judged(atMs);
      if (isSame(current, next)) return false;
      current = next;
      return true;
    },
    count: coded.count,
    renew() {
      pictures.renewClock();
      coded.renew();
    },
  };
}

function isSame(a: Verdict, b: Verdict): boolean {
  return (
    a.word === b.word &&
    a.hop === b.hop &&
    a.sinceMs === b.sinceMs &&
    a.why === b.why &&
    a.timeKnown === b.timeKnown &&
    a.unchanged === b.unchanged
  );
}
