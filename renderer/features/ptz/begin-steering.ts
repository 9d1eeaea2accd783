import { followTarget } from './follow-target.ts';
import { listenToPads } from './pad-steering.ts';
import type { PtzClient } from './ptz-client.ts';
import { listenToHands } from './tile-hands.ts';

/** Joins this window's keys, pointer, wheel and pads to the selected camera. Returns the way to stop. */
export function beginSteering(client: PtzClient, window: Window): () => void {
  const stops = [followTarget(client, window), listenToHands(window), listenToPads(window)];
  return () => {
    for (const stop of stops.toReversed()) stop();
  };
}
