import type { ByAddress } from '../../media/by-address.ts';
import { followTarget } from './follow-target.ts';
import { listenToPads } from './pad-steering.ts';
import type { PtzClient } from './ptz-client.ts';
import { ptzView } from './ptz-view.ts';
import { takePresetPictures } from './take-preset-pictures.ts';
import { listenToHands } from './tile-hands.ts';

/** Joins this window's keys, pointer, wheel and pads to the selected camera, and its pictures to presets. Returns the way to stop. */
export function beginSteering(client: PtzClient, byAddress: ByAddress, window: Window): () => void {
  ptzView.setState({ byAddress });
  const stops = [
    followTarget(client, window),
    listenToHands(window),
    listenToPads(window),
    takePresetPictures(client, byAddress, window.document),
  ];
  return () => {
    for (const stop of stops.toReversed()) stop();
  };
}
