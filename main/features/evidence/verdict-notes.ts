import type { CustodyRecord } from '../../../core/evidence/custody.ts';
import type { Watchable } from '../../../core/rpc/cell.ts';
import type { TileFact } from '../../../core/streams/tile-fact.ts';
import type { DisplayTiles } from '../../../core/streams/streams.contract.ts';
import type { SecuringTask } from './securing-desk.ts';

/** Writes down what tiles said of the pictures that are being secured, whenever that changes. Returns the way to stop. */
export function noteVerdicts(ports: {
  readonly tiles: Watchable<readonly DisplayTiles[]>;
  readonly tasks: Watchable<readonly SecuringTask[]>;
  utcMs(): number;
  write(record: CustodyRecord): void;
}): () => void {
  const noted = new Map<string, string>();
  function look(): void {
    const tasks = ports.tasks.current();
    const present = new Set(tasks.map(keyOf));
    for (const key of noted.keys()) if (!present.has(key)) noted.delete(key);
    for (const task of tasks) {
      const seen = find(task, ports.tiles.current());
      if (!seen) continue;
      const { fact, displayId } = seen;
      const { verdict, stream, width, height, packetsLost } = fact;
      const mark = [
        displayId,
        stream,
        width,
        height,
        verdict.word,
        verdict.hop,
        verdict.why,
        verdict.timeKnown,
        verdict.unchanged,
      ];
      if (noted.get(keyOf(task)) === mark.join(' ')) continue;
      noted.set(keyOf(task), mark.join(' '));
      const { incident, camera } = task;
      const utcMs = ports.utcMs();
      ports.write({ what: 'verdict', incident, camera, utcMs, stream, displayId, verdict, width, height, packetsLost });
    }
  }
  const stops = [ports.tiles.subscribe(look), ports.tasks.subscribe(look)];
  return () => {
    for (const stop of stops) stop();
  };
}

const keyOf = ({ incident, camera }: SecuringTask): string => `${incident} ${camera}`;

/** The tile of the window that keeps the pictures; where it shows them in none, any other. */
function find(
  { camera, holder }: SecuringTask,
  displays: readonly DisplayTiles[],
): { readonly fact: TileFact; readonly displayId: string } | null {
  const inOrder = displays.toSorted(
    (a, b) => Number(b.displayId === holder?.displayId) - Number(a.displayId === holder?.displayId),
  );
  for (const { displayId, tiles } of inOrder) {
    const fact = tiles.find((tile) => tile.camera === camera);
    if (fact) return { fact, displayId };
  }
  return null;
}
