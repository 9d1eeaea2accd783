import type { CameraId } from '../cameras/camera.ts';
import { camerasEver, type Incident } from '../incidents/incident.ts';
import type { CustodyRecord } from './custody.ts';
import type { Stretch } from './missing-stretches.ts';

/** From when on pictures of an incident's camera are wanted (UTC, ms): so long before it was flagged or joined, or before what the flagged tile showed. */
export function wantedFromUtcMs(incident: Incident, camera: CameraId, beforeSeconds: number): number {
  const { cameras, flagged } = incident;
  const joinedUtcMs = camerasEver(incident).find((each) => each.camera === camera)?.utcMs ?? flagged.utcMs;
  const shownUtcMs = camera === cameras[0]?.camera ? flagged.shownUtcMs : null;
  return Math.min(shownUtcMs ?? joinedUtcMs, joinedUtcMs) - beforeSeconds * 1_000;
}

/** The whole stretch that was wanted of a camera: as the custody log says, or by `beforeSeconds` where nobody ever took it. It ends with the securing, when the camera was taken back, or at `nowUtcMs`. */
export function wantedStretch(
  incident: Incident,
  camera: CameraId,
  custody: readonly CustodyRecord[],
  { beforeSeconds, nowUtcMs }: { readonly beforeSeconds: number; readonly nowUtcMs: number },
): Stretch {
  const told = custody.flatMap((line) =>
    line.what === 'secured-by' && line.camera === camera && line.fromUtcMs !== undefined ? [line.fromUtcMs] : [],
  );
  const offUtcMs = camerasEver(incident).find((each) => each.camera === camera)?.untilUtcMs;
  const over = custody.find(({ what }) => what === 'over');
  return {
    fromUtcMs: told.length > 0 ? Math.min(...told) : wantedFromUtcMs(incident, camera, beforeSeconds),
    toUtcMs: Math.min(offUtcMs ?? nowUtcMs, over?.utcMs ?? nowUtcMs),
  };
}
