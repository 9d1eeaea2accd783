import { writeSync } from 'node:fs';
import { systemClock } from '../../../main/ports/clock.ts';
import type { Registry } from '../../../main/ports/registry.ts';
import { createDirectoryStore } from '../../../main/features/cameras/stored-directory.ts';
import { openDataDir } from '../../../main/stores/files/data-dir.ts';
import { openSqliteStores } from '../../../main/stores/sqlite/open-sqlite-stores.ts';
import { collectLog } from '../../stores/temporary-folder.ts';
import { makeCameras } from '../../support/make-cameras.ts';

// Imports one directory after another, each of another size, and says each size when it was acknowledged. It kills itself in the middle of
// the change of the Registry that is told, before or after it; without one somebody else kills it.
const [folder, deadlyChange = '0', when = 'after'] = process.argv.slice(2);
const { registry } = openSqliteStores(openDataDir(folder).path, systemClock);
let changes = 0;
const die = () => process.kill(process.pid, 'SIGKILL');

async function deadly<T>(change: () => Promise<T>): Promise<T> {
  changes += 1;
  const isDeadly = changes === Number(deadlyChange);
  if (isDeadly && when === 'before') die();
  const outcome = await change();
  if (isDeadly) die();
  return outcome;
}
const mortal: Registry = {
  ...registry,
  put: (key, value, expectation) => deadly(() => registry.put(key, value, expectation)),
  delete: (key, expectation) => deadly(() => registry.delete(key, expectation)),
  table(name, schema) {
    const table = registry.table(name, schema);
    return {
      ...table,
      put: (key, value, expectation) => deadly(() => table.put(key, value, expectation)),
      delete: (key, expectation) => deadly(() => table.delete(key, expectation)),
    };
  },
};
const store = createDirectoryStore(mortal, collectLog());
for (let turn = 0; ; turn++) {
  const size = 2_100 + turn;
  await store.save(makeCameras(size, 1), (await store.head())?.generation ?? null, () => {});
  writeSync(1, `${size}\n`);
}
