import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { firstWall, settled } from '../../core/wall/first-wall.ts';
import { nextWall, type Wall } from '../../core/wall/next-wall.ts';
import { type WallChange, wallChangeSchema } from '../../core/wall/wall-change.ts';
import { type DisplayWall, displayWallSchema } from '../../core/wall/wall.contract.ts';
import { sampledCount, sampledLimitMs } from '../support/sampled.ts';
import { someCameras, someDisplays } from './wall-set-up.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const saidSchema = z.union([
  z.strictObject({ asked: wallChangeSchema }),
  z.object({ wall: z.array(displayWallSchema) }),
  z.object({ ended: z.boolean() }),
]);

interface Life {
  /** What it showed when it began. */
  readonly first: readonly DisplayWall[];
  /** What it acknowledged last, and what it was asked and may or may not have done since. */
  readonly last: readonly DisplayWall[];
  readonly asked: WallChange | null;
}

/** Lets a wall live until it has said so many lines, and kills it wherever it is then. */
async function live(folder: string, seed: number, lines: number): Promise<Life> {
  const script = join(import.meta.dirname, 'wall-child.ts');
  const child = spawn(process.execPath, [script, folder, String(seed)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  ends.push(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  let count = 0;
  let asked: WallChange | null = null;
  const walls: DisplayWall[][] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const said = saidSchema.parse(JSON.parse(line));
    if ('ended' in said) throw new Error('it ended before it was killed');
    if ('asked' in said) asked = said.asked;
    else {
      walls.push(said.wall);
      asked = null;
    }
    count += 1;
    if (count === lines) child.kill('SIGKILL');
  }
  await exited;
  const [first, last] = [walls[0], walls.at(-1)];
  if (!first || !last) throw new Error('it said nothing');
  return { first, last, asked };
}

/** What the wall is if the change that nobody acknowledged was kept all the same, whole. */
function withUnheard(wall: readonly DisplayWall[], change: WallChange): DisplayWall[] {
  const first = firstWall(someCameras(8), someDisplays, null);
  const known = {
    hasCamera: (id: string) => /^c\d{1,2}$/.test(id),
    sizeOf: () => ({ width: 1920, height: 1080 }),
  };
  const before: Wall = new Map(wall.map((share) => [share.displayId, share]));
  const next = nextWall(before, change, known).wall;
  return [...next.values()].map((share) => settled(share, first.get(share.displayId)));
}

it('shows after every kill the wall that was acknowledged last', { timeout: sampledLimitMs }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'deedban-wall-kills-'));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  const given = Number(process.env['DEEDBAN_TEST_SEED']);
  let seed = Number.isInteger(given) && given > 0 ? given : Math.floor(Math.random() * 2 ** 30);
  process.stdout.write(`kills of the wall: DEEDBAN_TEST_SEED=${seed}\n`);
  const inOrder = (wall: readonly DisplayWall[]) => wall.toSorted((a, b) => a.displayId.localeCompare(b.displayId));
  let before: Life | null = null;
  let changed = 0;
  for (let round = 0; round <= sampledCount(10, 400); round += 1) {
    seed = (seed * 48_271) % 0x7fffffff;
    const life: Life = await live(folder, seed, 1 + (seed % 120));
    if (before) {
      const possible = [before.last, ...(before.asked ? [withUnheard(before.last, before.asked)] : [])].map(inOrder);
      const isOne = possible.some((wall) => isDeepStrictEqual(wall, inOrder(life.first)));
      if (!isOne) expect(inOrder(life.first), `round ${round}`).toEqual(possible[0]);
    }
    if (!isDeepStrictEqual(life.first, life.last)) changed += 1;
    before = life;
  }
  // It was really changed in between.
  expect(changed).toBeGreaterThan(3);
});
