import { readdirSync, writeSync } from 'node:fs';
import type { Log } from '../../../main/ports/log.ts';
import { contextOf, createTestSaving, orderOf } from '../saving-set-up.ts';

// Saves four megabytes where no file may have more than two, and one.
const [folder = ''] = process.argv.slice(2);
const log: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };
const { save, ended } = createTestSaving(folder, log);
const large = await save(orderOf('/pieces/4'), contextOf());
const left = readdirSync(folder);
const small = await save(orderOf('/pieces/1'), contextOf());
writeSync(1, `${JSON.stringify({ large, left, small, there: readdirSync(folder), ended })}\n`);
