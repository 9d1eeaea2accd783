import type { StreamName } from '../../../core/cameras/camera.ts';
import type { Clip } from '../../../core/evidence/clip.ts';

/** A clip that got no picture for so long is not what its window secures at present. */
const presentMs = 5_000;
/** Whoever secures the main stream has put a piece of it by then. */
const patienceMs = 5_000;

/**
 * Whether a camera's main stream has to be secured beside what its window secures, for no window has it.
 *
 * @param clips those of the camera in this incident
 * @param takenMs how long a window has had the task
 * @param isOpen whether the gateway has the main stream open: what it has not, no window shows
 */
export function needsMain(
  clips: readonly Clip[],
  { nowUtcMs, takenMs, isOpen }: { readonly nowUtcMs: number; readonly takenMs: number; readonly isOpen: boolean },
): boolean {
  const byWindows = clips.filter(({ bySeat, life }) => bySeat !== null && life.state === 'growing');
  const isSecured = (stream: StreamName) =>
    byWindows.some(
      (clip) => clip.stream === stream && clip.firstPictureUtcMs + (clip.fragments.at(-1)?.endMs ?? 0) >= nowUtcMs - presentMs,
    );
  if (isSecured('main')) return false;
  if (!isOpen || isSecured('sub')) return true;
  // A camera that is lost sends neither: then the window that had its main stream has it again first.
  return takenMs >= patienceMs && !byWindows.some(({ stream }) => stream === 'main');
}
