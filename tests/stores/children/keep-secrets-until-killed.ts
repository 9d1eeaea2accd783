import { writeSync } from 'node:fs';
import { openSecretStore } from '../../../main/stores/secrets/open-secret-store.ts';

// Changes two secrets together and wraps the key anew, as fast as it can, and says each turn only after it was acknowledged. Somebody will kill it.
const store = await openSecretStore(process.argv[2] ?? '', 'passwords');
for (let turn = 0; ; turn++) {
  const value = `${turn} ${'x'.repeat(turn % 3_000)}`;
  await store.change(
    new Map([
      ['camera/a', value],
      ['camera/b', value],
    ]),
  );
  if (turn % 4 === 0) await store.setPassphrase(null);
  writeSync(1, `${turn}\n`);
}
