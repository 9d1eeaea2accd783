import { frameHeight, frameWidth } from './frame-size.ts';
import type { Track } from './track.ts';
import { type Projected, project, type View } from './view.ts';

/** Where in the picture a place of a track is. */
export function placeOf(track: Track, metres: number, view: View): Projected {
  const pose = track.poseAt(metres);
  return project(view, [pose.x, pose.y, 0]);
}

/** Whether something that stands there may be seen, whatever it is. */
export function isSeen(view: View, here: Projected): boolean {
  // Nothing is higher than a lorry, and no shadow or beam reaches further than a bus is long.
  const reach = (view.focal * 12) / here.depth;
  return here.depth >= 2 && here.x >= -reach && here.x <= frameWidth + reach && here.y - reach * 0.32 <= frameHeight;
}
