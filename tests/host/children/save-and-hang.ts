import { writeSync } from 'node:fs';
import { systemClock } from '../../../main/ports/clock.ts';
import type { Log } from '../../../main/ports/log.ts';
import { openUnfinishedSaves } from '../../../main/stores/files/unfinished-saves.ts';
import { contextOf, createTestSaving, orderOf } from '../saving-set-up.ts';

// Saves a file and stands still in the middle of it.
const [folder = '', record = ''] = process.argv.slice(2);
const log: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };
const { save } = createTestSaving(folder, log, {
  saves: openUnfinishedSaves(record, systemClock, log),
  async beforePiece(index) {
    if (index < 2) return;
    writeSync(1, 'in the middle\n');
    await new Promise((resolve) => setTimeout(resolve, 600_000));
  },
});
await save(orderOf('/pieces/4'), contextOf());
