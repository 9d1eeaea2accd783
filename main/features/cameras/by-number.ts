import type { CameraEntry } from '../../../core/cameras/camera.ts';

/** Cameras in the order of their numbers, in a new list. */
export function byNumber(entries: Iterable<CameraEntry>): CameraEntry[] {
  return [...entries].sort((a, b) => a.camera.number - b.camera.number);
}
