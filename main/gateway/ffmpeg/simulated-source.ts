import { readSimAddress } from '../../../core/cameras/sim-address.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OpenSource } from '../source.ts';
import { endedSource } from './ended-source.ts';
import { createRecordings } from './recordings.ts';
import { createSimSource, type SimPorts } from './sim-source.ts';

/** Every `sim:` address: a camera of the city drawn live, a recording of one in a loop, or a made-up camera that shows nothing. */
export function createSimulatedSource(ports: SimPorts & { readonly clock: Clock }): OpenSource {
  const city = createSimSource(ports);
  const recordings = createRecordings({ clock: ports.clock, record: city });
  return (address, events) => {
    const sim = readSimAddress(address.url);
    if (sim?.what === 'made-up') {
      return endedSource(events, ports.clock, { code: 'made-up', detail: 'this camera is made up and has no picture' });
    }
    return sim?.what === 'recording' ? recordings.open(sim.camera, sim.turn, events) : city(address, events);
  };
}
