import type { Story } from '../bench.ts';
import { steerMany } from '../ptz/steer-many.ts';
import { steerOnGlass } from '../ptz/steer-on-glass.ts';
import { timesToStill } from '../ptz/times-to-still.ts';
import { quantile, soleResult } from '../result.ts';

/** Steering: how direct it feels, how many it bears, and how soon a camera stands when something dies. */
export const ptz: Story = {
  name: 'ptz',
  about:
    'steering: key to wire and to the picture, 64 cameras from 8 seats, and until the camera stands after each kind of death',
  async run({ quick, progress }) {
    const { toWireMs, toGlassMs, windowDiedMs } = await steerOnGlass({ presses: quick ? 24 : 120, deaths: quick ? 1 : 3 });
    progress(`key to wire ${quantile(toWireMs, 0.5).toFixed(1)} ms, to the picture ${quantile(toGlassMs, 0.5).toFixed(0)} ms`);
    const { moveMs, stopMs, lost } = await steerMany({ cameras: 64, seats: 8, seconds: quick ? 8 : 30 });
    progress(`64 cameras: an order is on the wire after ${quantile(moveMs, 0.5).toFixed(1)} ms, ${moveMs.length} orders`);
    const still = await timesToStill(quick ? 3 : 7);
    for (const [death, values] of Object.entries(still))
      progress(`${death}: ${values.map((each) => each.toFixed(0)).join(', ')} ms`);
    return [
      soleResult('key to wire, the middle press', 'ms', toWireMs, null),
      soleResult('key to wire, 99 %', 'ms', toWireMs, 20, 0.99),
      soleResult('key to the picture, the middle press', 'ms', toGlassMs, null),
      soleResult('key to the picture, 95 %', 'ms', toGlassMs, null, 0.95),
      soleResult('64 cameras from 8 seats: order to the camera, the middle one', 'ms', moveMs, null),
      soleResult('64 cameras from 8 seats: order to the camera, 99 %', 'ms', moveMs, null, 0.99),
      soleResult('64 cameras from 8 seats: Stop to the camera, 99 %', 'ms', stopMs, null, 0.99),
      soleResult('64 cameras from 8 seats: cameras not told to stop', 'cameras', [lost], 0),
      soleResult('window died: the camera is told to stop', 'ms', windowDiedMs, 1_000, 1),
      soleResult('main killed: the camera stands', 'ms', still.mainKilled, 1_000, 1),
      soleResult('main hangs: the camera stands', 'ms', still.mainHangs, 1_000, 1),
      soleResult('network cut: the camera stands by its own timeout', 'ms', still.networkCut, null, 1),
    ];
  },
};
