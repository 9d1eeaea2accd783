import { systemClock } from '../ports/clock.ts';
import { findParentPipe } from './parent-pipe.ts';
import { createCityHeads } from './simulated-ptz/city-heads.ts';
import { runGateway } from './run-gateway.ts';
import { createSourceMakers } from './source-makers.ts';

const parent = findParentPipe();
if (parent === null) {
  process.stderr.write('The media gateway is started by Deedban; it does nothing by itself.\n');
  process.exit(2);
}
runGateway(parent, systemClock, ({ ffmpegPath }, note) =>
  createSourceMakers({ clock: systemClock, ffmpegPath, note, heads: createCityHeads({ clock: systemClock, note }) }),
);
