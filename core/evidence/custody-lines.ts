import type { Clip } from './clip.ts';
import type { CustodyLine, CustodyRecord } from './custody.ts';

/** What happened to an incident's evidence, oldest first: its custody records, and that clips of it were deleted, by whom and why. */
export function custodyLines(records: readonly CustodyRecord[], clips: readonly Clip[]): readonly CustodyLine[] {
  const deletions = clips.flatMap(({ id, incident, camera, life }): CustodyLine[] =>
    life.state === 'deleted'
      ? [{ what: 'deleted', incident, utcMs: life.utcMs, bySeat: life.bySeat, clip: id, camera, reason: life.reason }]
      : [],
  );
  return deletions.length === 0 ? records : [...records, ...deletions].toSorted((a, b) => a.utcMs - b.utcMs);
}
