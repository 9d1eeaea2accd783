import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { evidenceLimitsSchema } from '../../../core/evidence/evidence-room.ts';
import { createClipShelf } from '../../../main/features/evidence/clip-shelf.ts';
import { createIncidentsFeature } from '../../../main/features/incidents/incidents-feature.ts';
import { systemClock } from '../../../main/ports/clock.ts';
import type { Log } from '../../../main/ports/log.ts';
import { createPieceNote } from '../../../main/stores/files/piece-note.ts';
import { openFileVault } from '../../../main/stores/files/file-vault.ts';
import { openSqliteStores } from '../../../main/stores/sqlite/open-sqlite-stores.ts';
import { flagOf, incidentPorts, seatOf } from '../../incidents/incident-set-up.ts';
import { pieceOf } from '../clip-set-up.ts';

// Flags and secures some pieces, and says each once it is acknowledged. Somebody watches what it asks of the system.
const [folder = ''] = process.argv.slice(2);
const log: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };
const vault = await openFileVault(folder);
const { journal } = openSqliteStores(folder, systemClock);
const incidents = createIncidentsFeature(incidentPorts(journal, systemClock, log));
const shelf = createClipShelf({
  note: createPieceNote(join(folder, 'note')),
  ...{ vault, journal, clock: systemClock, log },
  disk: { freeBytes: async () => null },
  limits: () => evidenceLimitsSchema.parse({}),
  isLocked: () => false,
  closedUtcMs: () => null,
});
await Promise.all([incidents.ready, shelf.ready]);
writeSync(1, 'ready\n');
for (let turn = 0; turn < 5; turn += 1) {
  const { refusal } = await incidents.flag(seatOf(1), flagOf(`pes-${turn}`));
  if (refusal !== null) throw new Error(refusal);
  writeSync(1, 'flagged\n');
  if ((await shelf.secure(pieceOf(1, turn))) !== 'secured') throw new Error('not secured');
  writeSync(1, 'secured\n');
}
process.exit(0);
