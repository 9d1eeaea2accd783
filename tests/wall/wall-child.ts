/* A wall in a process of its own, to be killed: says its wall, then changes it at random for as long as it lives, saying each change before and the wall after. */
import { writeSync } from 'node:fs';
import fc from 'fast-check';
import { systemClock } from '../../main/ports/clock.ts';
import type { Log } from '../../main/ports/log.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { wallChanges } from './wall-changes.ts';
import { startWall } from './wall-set-up.ts';

const [folder, seed] = process.argv.slice(2);
if (folder === undefined || seed === undefined) throw new Error('a folder and a seed');
const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };
const stores = openSqliteStores(folder, systemClock);
const { wall } = await startWall(stores.registry, stores.journal, silent);
// Written before it goes on: what the other end has read was acknowledged, and what was acknowledged it can read.
const say = (what: object) => writeSync(1, `${JSON.stringify(what)}\n`);
// Whoever started it is gone.
process.stdin.once('end', () => process.exit(1)).resume();

say({ wall: wall.present() });
for (const change of fc.sample(wallChanges, { seed: Number(seed), numRuns: 2_000 })) {
  say({ asked: change });
  const { refusal } = await wall.apply({ number: 1 }, change);
  say({ wall: wall.present(), refusal });
}
say({ ended: true });
