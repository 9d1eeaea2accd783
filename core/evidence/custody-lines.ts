import type { Clip } from './clip.ts';
import type { CustodyLine, CustodyRecord } from './custody.ts';

/** What happened to an incident's evidence, oldest first: its custody records, and what its clips' own records say. */
export function custodyLines(records: readonly CustodyRecord[], clips: readonly Clip[]): readonly CustodyLine[] {
  const own = clips.flatMap((clip) => [...adoptions(clip), ...deletion(clip)]);
  return own.length === 0 ? records : [...records, ...own].toSorted((a, b) => a.utcMs - b.utcMs);
}

/** That it was deleted, by whom and why. */
function deletion({ id, incident, camera, life }: Clip): readonly CustodyLine[] {
  if (life.state !== 'deleted') return [];
  return [{ what: 'deleted', incident, utcMs: life.utcMs, bySeat: life.bySeat, clip: id, camera, reason: life.reason }];
}

/** That a piece was found without a record, and which seconds it has. */
function adoptions({ id, incident, camera, fragments }: Clip): readonly CustodyLine[] {
  return fragments.flatMap(({ adopted, securedUtcMs, endMs }, place) =>
    adopted
      ? [
          {
            what: 'adopted' as const,
            incident,
            utcMs: securedUtcMs,
            clip: id,
            camera,
            fromMs: fragments[place - 1]?.endMs ?? 0,
            toMs: endMs,
          },
        ]
      : [],
  );
}
