import type { Watchable } from '../../../core/rpc/cell.ts';
import type { Display, Displays, WindowWish } from '../../../main/ports/displays.ts';

/** A wall's window on every display: what main wishes for in a kiosk, without main. */
export function wallWishes(displays: Displays): Watchable<readonly WindowWish[]> {
  const wishes = (present: readonly Display[]) =>
    present.map(({ id, bounds, name, primary }): WindowWish => ({ displayId: id, windowKind: 'wall', bounds, name, primary }));
  return {
    current: () => wishes(displays.current()),
    subscribe: (listener) => displays.subscribe((present) => listener(wishes(present))),
  };
}
