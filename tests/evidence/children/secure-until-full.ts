import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { evidenceLimitsSchema } from '../../../core/evidence/evidence-room.ts';
import { createClipShelf } from '../../../main/features/evidence/clip-shelf.ts';
import { systemClock } from '../../../main/ports/clock.ts';
import type { Log } from '../../../main/ports/log.ts';
import { StoreProblem } from '../../../main/ports/store-problem.ts';
import { createPieceNote } from '../../../main/stores/files/piece-note.ts';
import { openFileVault } from '../../../main/stores/files/file-vault.ts';
import { createFolderDiskRoom } from '../../../main/stores/files/folder-disk-room.ts';
import { openSqliteStores } from '../../../main/stores/sqlite/open-sqlite-stores.ts';
import { pieceOf } from '../clip-set-up.ts';

// Secures pieces until it is refused, with a disk that tells its room or one that does not, and then looks whether all of them are good.
const [folder = '', tells = ''] = process.argv.slice(2);
const log: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };
const vault = await openFileVault(folder);
const { journal } = openSqliteStores(folder, systemClock);
const disk = tells === 'told' ? createFolderDiskRoom(folder) : { freeBytes: async () => null };
const shelf = createClipShelf({
  note: createPieceNote(join(folder, 'note')),
  vault,
  journal,
  clock: systemClock,
  log,
  disk,
  limits: () => evidenceLimitsSchema.parse({ quotaBytes: 4_000_000, leaveFreeBytes: 1_000_000 }),
  isLocked: () => false,
  closedUtcMs: () => null,
});
await shelf.ready;
const levels: string[] = [];
let end = '';
for (let index = 0; end === '' && index < 1_000; index += 1) {
  const piece = { ...pieceOf(1, index), bytes: Buffer.alloc(50_000, index + 1) };
  const outcome = await shelf.secure(piece).catch((error: unknown) => {
    if (error instanceof StoreProblem) return `refused by the disk: ${error.code}`;
    throw error;
  });
  const { level } = shelf.room.current();
  if (levels.at(-1) !== level) levels.push(level);
  if (outcome !== 'secured') end = outcome;
}
const fragments = shelf.ofIncident(1).flatMap((clip) => clip.fragments);
const good = await Promise.all(fragments.map(async ({ digest }) => (await vault.verify(digest)) === 'good'));
writeSync(1, `${JSON.stringify({ levels, end, pieces: fragments.length, good: good.every(Boolean) })}\n`);
process.exit(0);
