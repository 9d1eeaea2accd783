import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { evidenceLimitsSchema } from '../../../core/evidence/evidence-room.ts';
import { bundleParts } from '../../../main/features/evidence/bundle-parts.ts';
import { createClipShelf } from '../../../main/features/evidence/clip-shelf.ts';
import { sealBundle } from '../../../main/features/evidence/seal-bundle.ts';
import { systemClock } from '../../../main/ports/clock.ts';
import type { Log } from '../../../main/ports/log.ts';
import { createBundleIn } from '../../../main/stores/files/bundle-files.ts';
import { createPieceNote } from '../../../main/stores/files/piece-note.ts';
import { openFileVault } from '../../../main/stores/files/file-vault.ts';
import { openSqliteStores } from '../../../main/stores/sqlite/open-sqlite-stores.ts';
import { factsOf, pieceOf } from '../clip-set-up.ts';
import { newSigner } from '../memory-bundle.ts';

// Secures pieces and seals them as fast as it can, and says each only after it was acknowledged. Somebody will kill it.
const [folder = '', round = '0'] = process.argv.slice(2);
const log: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };
const vault = await openFileVault(folder);
const { journal } = openSqliteStores(folder, systemClock);
const shelf = createClipShelf({
  note: createPieceNote(join(folder, 'note')),
  vault,
  journal,
  clock: systemClock,
  log,
  disk: { freeBytes: async () => null },
  limits: () => evidenceLimitsSchema.parse({}),
  isLocked: () => false,
  closedUtcMs: () => null,
});
await shelf.ready;
const signer = await newSigner();
const say = (...words: readonly (string | number)[]) => writeSync(1, `${words.join(' ')}\n`);
const clip = Number(round) + 1;
for (let index = 0; ; index += 1) {
  const piece = pieceOf(clip, index, `${clip} ${index} `.repeat(500 + index * 50));
  if ((await shelf.secure(piece)) !== 'secured') throw new Error('not secured');
  say('secured', piece.clip.id, index);
  if (index % 3 !== 2) continue;
  const { path, sink } = await createBundleIn(join(folder, 'bundles'), `bundle-${clip}-${index}.zip`);
  const parts = await bundleParts(factsOf(shelf.ofIncident(1)), vault);
  await sealBundle({ sink, bag: 'incident-1', info: [], parts, signer });
  say('sealed', path);
}
