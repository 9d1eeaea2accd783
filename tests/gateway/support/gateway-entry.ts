import { findParentPipe } from '../../../main/gateway/parent-pipe.ts';
import { runGateway } from '../../../main/gateway/run-gateway.ts';
import { systemClock } from '../../../main/ports/clock.ts';
import { openFeedSource } from './feed-source.ts';

/** The real gateway process with the test's own cameras behind `sim:`. */
const parent = findParentPipe();
if (parent === null) process.exit(2);
runGateway(parent, systemClock, () => ({
  forAddress: ({ scheme }) => (scheme === 'sim' ? openFeedSource : null),
}));
