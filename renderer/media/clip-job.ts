import type { ClipPiece } from './clip-messages.ts';
import { type ClipMuxer, createClipMuxer } from './clip-muxer.ts';
import type { RingedPicture, RingedPictures, Rings } from './rings.ts';

/** So many pieces may be on their way to the disk; what comes meanwhile stays in its ring. */
const mostUnput = 4;
/** Rings give what has come some times a second: after so long a round of theirs is over. */
const lastRoundMs = 600;
/** What was kept before a flag is more than is put in an instant: so many rounds it may take at the end, which is less than main waits. */
const mostRounds = 40;

/** Clips of one camera's sources, from a moment on. */
export interface ClipJob {
  /** A piece was put. */
  put(): void;
  /** The clip is not taken any more. */
  drop(clip: string): void;
  /** Resolves when everything was given. */
  finish(): Promise<void>;
}

interface Open {
  readonly id: string;
  readonly muxer: ClipMuxer;
  readonly stretch: number;
}

export interface ClipJobPorts {
  readonly rings: Pick<Rings, 'follow'>;
  newId(): string;
  /** What the wall clock says ahead of the clock that rings go by (ms). */
  clockLeadMs(): number;
  wait(ms: number): Promise<void>;
  tell(news: ClipPiece | { readonly ended: string }): void;
}

/**
 * Follows each source and makes clips of it: another one begins where a picture does not belong to the one before (another connection, other parameter sets, or pictures are
 * lost between), so that no clip hides a gap.
 */
export function createClipJob(
  { sources, fromUtcMs }: { readonly sources: readonly string[]; readonly fromUtcMs: number },
  ports: ClipJobPorts,
): ClipJob {
  const open = new Map<string, Open>();
  /** Sources whose pictures are being taken in, or of which there are more. */
  const behind = new Set<string>();
  let unput = 0;
  let wake: (() => void)[] = [];
  let finished = false;
  const roomed = (): void => {
    const all = wake;
    wake = [];
    for (const each of all) each();
  };
  /** Resolves when not too much is on its way. */
  async function room(): Promise<void> {
    while (unput > mostUnput && !finished) await new Promise<void>((resolve) => wake.push(resolve));
  }

  function begin(source: string, { arrivedMs, stretch }: RingedPicture): Open {
    const id = ports.newId();
    const firstUtcMs = arrivedMs + ports.clockLeadMs();
    let index = 0;
    const muxer = createClipMuxer(({ bytes, pictures, endMs }) => {
      unput += 1;
      const own = bytes.slice().buffer;
      ports.tell({ clip: id, source, index, bytes: own, pictures, endMs, firstUtcMs });
      index += 1;
    });
    const clip = { id, muxer, stretch };
    open.set(source, clip);
    return clip;
  }
  async function end(source: string): Promise<void> {
    const clip = open.get(source);
    if (!clip) return;
    open.delete(source);
    await clip.muxer.finish();
    ports.tell({ ended: clip.id });
  }
  async function add(source: string, picture: RingedPicture): Promise<void> {
    const { data, rtpTimestamp, key } = picture;
    if (open.get(source)?.stretch !== picture.stretch) await end(source);
    let clip = open.get(source);
    if (!clip) {
      if (picture.key === null) return;
      clip = begin(source, picture);
    }
    const answer = await clip.muxer.add({ data, rtpTimestamp, key });
    if (answer === 'taken') return;
    await end(source);
    if (answer === 'other' && key) await begin(source, picture).muxer.add({ data, rtpTimestamp, key });
  }
  async function take(source: string, given: RingedPictures | null): Promise<void> {
    if (given === null) return;
    behind.add(source);
    if (given.lost > 0) await end(source);
    for (const picture of given.pictures) {
      await room();
      await add(source, picture);
    }
    if (!given.more) behind.delete(source);
  }

  const momentMs = fromUtcMs - ports.clockLeadMs();
  const ends = sources.map((source) => ports.rings.follow(source, { momentMs }, (given) => take(source, given)));
  return {
    put() {
      unput -= 1;
      roomed();
    },
    drop(id) {
      for (const [source, clip] of open) if (clip.id === id) open.delete(source);
    },
    async finish() {
      // The newest pictures come last, and are what the flag was for.
      let rounds = 0;
      do {
        await ports.wait(lastRoundMs);
        rounds += 1;
      } while (behind.size > 0 && rounds < mostRounds);
      for (const each of ends) each.end();
      finished = true;
      roomed();
      for (const source of sources) await end(source);
    },
  };
}
