import { writeSync } from 'node:fs';
import { createIncidentsFeature } from '../../../main/features/incidents/incidents-feature.ts';
import { systemClock } from '../../../main/ports/clock.ts';
import type { Log } from '../../../main/ports/log.ts';
import { openSqliteStores } from '../../../main/stores/sqlite/open-sqlite-stores.ts';
import { flagOf, incidentPorts, seatOf } from '../incident-set-up.ts';

// Flags, acknowledges and notes as fast as it can, and says each only after it was acknowledged. Somebody will kill it.
const log: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };
const { journal } = openSqliteStores(process.argv[2] ?? '', systemClock);
const incidents = createIncidentsFeature(incidentPorts(journal, systemClock, log));
await incidents.ready;
const say = (...words: readonly (string | number)[]) => writeSync(1, `${words.join(' ')}\n`);
for (let turn = 0; ; turn += 1) {
  const { incident } = await incidents.flag(seatOf(1), flagOf(`pes-${turn}-${process.pid}`));
  if (!incident) throw new Error('not flagged');
  say('open', incident.number);
  if (turn % 3 === 0) {
    await incidents.do(seatOf(1), incident.number, { do: 'withdraw' });
    say('withdrawn', incident.number);
  } else {
    await incidents.do(seatOf(2), incident.number, { do: 'acknowledge' });
    say('acknowledged', incident.number);
  }
}
