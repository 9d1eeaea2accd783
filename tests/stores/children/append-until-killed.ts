import { writeSync } from 'node:fs';
import { systemClock } from '../../../main/ports/clock.ts';
import { openDataDir } from '../../../main/stores/files/data-dir.ts';
import { openSqliteStores } from '../../../main/stores/sqlite/open-sqlite-stores.ts';

// Appends as fast as it can, and says each sequence only after it was acknowledged. Somebody will kill it.
const { journal, registry } = openSqliteStores(openDataDir(process.argv[2]).path, systemClock);
for (let turn = 0; ; turn++) {
  const { sequence } = await journal.append('test.turn', { turn, padding: 'x'.repeat(turn % 3_000) });
  await registry.put('test.sequence', sequence);
  writeSync(1, `${sequence}\n`);
}
