import { randomUUID } from 'node:crypto';
import { appendFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { evidenceLimitsSchema } from '../../../core/evidence/evidence-room.ts';
import { createBundleDesk } from '../../../main/features/evidence/bundle-desk.ts';
import { createClipShelf } from '../../../main/features/evidence/clip-shelf.ts';
import { createCustodyBook } from '../../../main/features/evidence/custody-book.ts';
import { systemClock } from '../../../main/ports/clock.ts';
import type { Log } from '../../../main/ports/log.ts';
import { createBundleIn, openBundleFile, removeBundleIn } from '../../../main/stores/files/bundle-files.ts';
import { createPieceNote } from '../../../main/stores/files/piece-note.ts';
import { openFileVault } from '../../../main/stores/files/file-vault.ts';
import { openSqliteStores } from '../../../main/stores/sqlite/open-sqlite-stores.ts';
import { seatOf } from '../../incidents/incident-set-up.ts';
import { anIncident, pieceOf } from '../clip-set-up.ts';
import { newSigner } from '../memory-bundle.ts';

// Seals a bundle of some megabytes where there is none, and gives copies of it away as fast as it can. Somebody will kill it.
const [folder = '', round = ''] = process.argv.slice(2);
const log: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };
const vault = await openFileVault(folder);
const { journal } = openSqliteStores(folder, systemClock);
const limits = () => evidenceLimitsSchema.parse({});
const shelf = createClipShelf({
  note: createPieceNote(join(folder, 'note')),
  ...{ vault, journal, clock: systemClock, log, limits },
  disk: { freeBytes: async () => null },
  isLocked: () => false,
  closedUtcMs: () => null,
});
const custody = createCustodyBook(journal, log);
await Promise.all([shelf.ready, custody.ready]);
const bundles = createBundleDesk({
  ...{
    vault,
    shelf,
    custody,
    limits,
    version: '1.2.3',
    utcMs: () => systemClock.utcMs(),
    camera: () => undefined,
    authority: () => null,
    font: async () => null,
    copier: null,
  },
  newBundle: (name) => createBundleIn(join(folder, 'bundles'), name),
  removeBundle: (name) => removeBundleIn(join(folder, 'bundles'), name),
  isLocked: () => false,
  openBundle: (name) => openBundleFile(join(folder, 'bundles', name)),
});
const seat = seatOf(1, 'supervisor');
const session = { id: 'one', seat };
const { signal } = new AbortController();
const say = (...words: readonly (string | number)[]) => writeSync(1, `${words.join(' ')}\n`);
if (custody.bundles(1).length === 0) {
  for (let index = 0; index < 4; index += 1) await shelf.secure(pieceOf(1, index, `${index} `.repeat(1_000_000)));
  await bundles.seal(anIncident(), await newSigner(), seat, { signal, withCopies: false });
}
const [{ file } = { file: '' }] = custody.bundles(1);
for (let copy = 0; ; copy += 1) {
  const path = join(folder, 'copies', `${round}-${copy}.zip`);
  const id = randomUUID();
  const answer = await bundles.give(file, id, session, signal);
  for await (const piece of answer.body ?? []) {
    appendFileSync(path, piece);
    say('piece', path);
  }
  await bundles.copies.told(id, session.id, true);
  say('whole', path);
}
