import { systemClock } from '../../../main/ports/clock.ts';
import type { Log } from '../../../main/ports/log.ts';
import { createEmbeddedGateway } from '../../../main/supervision/embedded-gateway.ts';
import { createNodeGatewaySpawner } from '../../../main/supervision/node-gateway-process.ts';

/** A main that has nothing but a gateway: started to be killed. */
const [runDir = '', entry = ''] = process.argv.slice(2);
const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };
const gateway = createEmbeddedGateway({
  clock: systemClock,
  log: silent,
  spawn: createNodeGatewaySpawner(entry),
  runDir,
  ffmpegPath: null,
});
gateway.life.subscribe(({ state }) => process.stdout.write(`${state}\n`));
process.once('message', (cameras: Parameters<typeof gateway.setCameras>[0]) => gateway.setCameras(cameras));
