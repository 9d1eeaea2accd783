import { randomUUID } from 'node:crypto';
import { fragmentsMost } from '../../../core/evidence/clip.ts';
import { type TapNews, tapPieceBytesMost } from '../../../core/evidence/tap-news.ts';
import type { KeptPicture, LineRing } from './line-ring.ts';
import { beginTapClip, type TapClip, type TapPiece } from './tap-clip.ts';

/** Takes one message; resolves when there is room for another. */
export type TapListener = (news: TapNews, bytes: Buffer | null) => Promise<void>;

/** Between two messages there is at most so much time. */
const quietMs = 5_000;

/**
 * Makes clips of what a ring holds from `fromUtcMs` on, and of what comes, until `finish` aborts: then what is there is given to the end. A clip ends where something is missing,
 * so that none hides a gap.
 */
export async function runTap(ring: LineRing, fromUtcMs: number, tell: TapListener, finish: AbortSignal): Promise<void> {
  const open = new Map<string, TapClip>();
  let untold: Promise<void> = Promise.resolve();
  let from: Parameters<LineRing['after']>[0] = { momentUtcMs: fromUtcMs };

  async function begin(first: KeptPicture): Promise<void> {
    const id = randomUUID();
    let index = 0;
    const clip = await beginTapClip(first, (piece: TapPiece) => {
      const { bytes, pictures, endMs } = piece;
      if (bytes.length > tapPieceBytesMost || index >= fragmentsMost) return;
      const news = { t: 'piece' as const, clip: id, index, bytes: bytes.length, pictures, endMs, firstUtcMs: first.arrivedUtcMs };
      index += 1;
      untold = untold.then(() => tell(news, bytes));
      // The one who waits for it is told.
      untold.catch(() => {});
    });
    if (clip !== null) open.set(id, clip);
  }
  async function end(): Promise<void> {
    for (const [id, clip] of open) {
      open.delete(id);
      await clip.finish();
      await untold;
      await tell({ t: 'end', clip: id }, null);
    }
  }
  for (;;) {
    const picture = ring.after(from);
    if (picture === null) {
      if (finish.aborted) break;
      const soon = AbortSignal.any([finish, AbortSignal.timeout(quietMs)]);
      await ring.changed(soon);
      if (soon.aborted && !finish.aborted) await tell({ t: 'quiet' }, null);
      continue;
    }
    from = { sequence: picture.sequence + 1 };
    let taken = false;
    for (const clip of open.values()) taken = await clip.add(picture);
    if (!taken) {
      await end();
      if (picture.key) await begin(picture);
    }
    // No more is taken out of the ring than is taken away.
    await untold;
  }
  await end();
}
