import { writeSync } from 'node:fs';
import { flagged } from '../acknowledged.ts';

// Says the numbers of all incidents of a data folder, for who cannot open its database from where it is.
const [folder = ''] = process.argv.slice(2);
writeSync(1, JSON.stringify(flagged(folder)));
