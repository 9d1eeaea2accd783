import type { KnownDisplay, WindowKind } from './displays.contract.ts';

export type UsedDisplay = Pick<KnownDisplay, 'id' | 'number' | 'primary' | 'connected' | 'wish'>;

/**
 * What each display is used for:
 *
 * - in a kiosk all are the wall;
 * - one display alone is shared, whatever was wished of it: nobody could work without a console, nor watch without a wall;
 * - of two or more the wishes count, and where none of them is wished to be the console, the primary one is (unless it is wished to
 *   be the wall). Where that leaves no wall, the one with the highest number is the wall.
 *
 * A missing display is what it would be beside the others.
 */
export function displayUses(displays: readonly UsedDisplay[], kiosk: boolean): ReadonlyMap<string, WindowKind> {
  const present = displays.filter(({ connected }) => connected);
  const consoleWished = present.some(({ wish }) => wish === 'console');
  const uses = new Map<string, WindowKind>();
  for (const { id, wish, primary, connected } of displays) {
    if (kiosk) uses.set(id, 'wall');
    else if (connected && present.length === 1) uses.set(id, 'shared');
    else if (wish !== 'auto') uses.set(id, wish);
    else uses.set(id, connected && primary && !consoleWished ? 'console' : 'wall');
  }
  if (present.length > 1 && present.every(({ id }) => uses.get(id) === 'console')) {
    const last = present.reduce((one, other) => (other.number > one.number ? other : one));
    uses.set(last.id, 'wall');
  }
  return uses;
}

/** Whether these wishes leave a wall by themselves, of the displays that are there. */
export function leavesWall(displays: readonly UsedDisplay[]): boolean {
  const present = displays.filter(({ connected }) => connected);
  return present.length < 2 || present.some(({ wish }) => wish !== 'console');
}
