import { describe, expect, it } from 'vitest';
import { createCell } from '../../core/rpc/cell.ts';
import type { DisplayTiles } from '../../core/streams/streams.contract.ts';
import type { VerdictFact } from '../../core/streams/verdict-fact.ts';
import { prove } from '../../main/hosts/browser/proof.ts';
import { tileFactOf } from '../health/tile-fact-of.ts';

/** What is proved of a wall whose tiles say this, one after the other. */
function proveOf(...verdicts: Partial<VerdictFact>[]) {
  const tiles = createCell<readonly DisplayTiles[]>([
    { displayId: 'wall', tiles: verdicts.map((verdict, tile) => tileFactOf(1_000, { tile, verdict })) },
  ]);
  return prove({
    tiles,
    shown: () => verdicts.map((_, tile) => ({ tile, camera: 'c0' })),
    commandAtMs: Date.now(),
    timeoutMs: 0,
    measureMs: 0,
    progress() {},
  });
}

describe('a proof', () => {
  it('counts as live only what says so, although the pictures of others go on', async () => {
    const proved = await proveOf({}, { word: 'frozen', hop: 'camera' }, { word: 'late', lateMs: 3_000 }, { word: 'keys' });
    expect(proved.tiles.map(({ state, verdict }) => [state, verdict])).toEqual([
      ['live', 'LIVE'],
      ['live', 'FROZEN'],
      ['live', 'LATE 3 s'],
      ['live', 'KEY FRAMES'],
    ]);
    expect([proved.live, proved.wall.live]).toEqual([1, 1]);
    expect(proved.startMs).not.toBeNull();
    expect(proved.wallMs).toBeNull();
  });

  it('is of the whole wall where every tile is live', async () => {
    const proved = await proveOf({}, {});
    expect(proved.live).toBe(2);
    expect(proved.wallMs).not.toBeNull();
  });
});
