import type { ProblemCode } from '../streams/problem.ts';
import type { StreamLife } from '../streams/stream-life.ts';
import type { VerdictWord } from '../streams/verdict.ts';

/** So long another camera's live picture stays while nothing comes of the one that was asked for (ms). */
export const liveStaysMs = 500;

/** What there is on the glass of a tile that is to show a camera. */
export interface WaitingGlass {
  /** Somebody sees the tile, and it is not rewound. */
  readonly inSight: boolean;
  /** On the glass is the picture of another camera than the one that is to be shown. */
  readonly another: boolean;
  /** Of the stream that is, or is to be, on the glass. */
  readonly life: StreamLife;
  readonly word: VerdictWord;
  readonly why: ProblemCode | null;
}

/**
 * How long a tile waits for its camera before it shows the last picture that is kept of it, with its age (ms); null: it does not wait, or has something better to
 * show. A camera's own last picture that is still on the glass has its age already.
 */
export function agedAfterMs({ inSight, another, life, word, why }: WaitingGlass): number | null {
  // Who may not see a camera may not see what it showed, either.
  if (!inSight || word === 'unseen' || why === 'not-allowed') return null;
  if (another) return word === 'live' || word === 'keys' ? liveStaysMs : 0;
  return hasPicture(life) ? null : 0;
}

function hasPicture(life: StreamLife): boolean {
  const visible = life.state === 'hidden' ? life.behind : life;
  return visible.state === 'live' || visible.everLive;
}
