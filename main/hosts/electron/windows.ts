import { randomUUID } from 'node:crypto';
import type { WindowKind } from '../../../core/displays/displays.contract.ts';
import type { Watchable } from '../../../core/rpc/cell.ts';
import type { Clock } from '../../ports/clock.ts';
import type { WindowWish } from '../../ports/displays.ts';
import type { Log } from '../../ports/log.ts';
import { createWallWindow, type ElectronWindow, type WallWindow } from './wall-window.ts';

export interface WallWindowsSupply {
  /** The windows there should be, one per display. */
  readonly wishes: Watchable<readonly WindowWish[]>;
  /** Opens a hidden window; `windowId` stays the same for a display and a kind as long as the program runs. */
  open(wish: WindowWish, windowId: string): ElectronWindow;
  readonly clock: Clock;
  random(): number;
  readonly log: Log;
  readonly platform: NodeJS.Platform;
  readonly kiosk: boolean;
}

/** Opens, moves and closes windows as they are wished for. A window that is to serve another purpose is closed and opened anew. */
export function createWallWindows(supply: WallWindowsSupply): { focusFirst(): void; close(): void } {
  const { wishes, log } = supply;
  const windows = new Map<string, { readonly kind: WindowKind; readonly window: WallWindow }>();
  const windowIds = new Map<string, string>();

  /** Kept when a display goes, so that one that slept gets its rights back. Bounded by the displays there have ever been. */
  function windowIdOf({ displayId, windowKind }: WindowWish): string {
    const place = `${windowKind} ${displayId}`;
    const known = windowIds.get(place);
    if (known !== undefined) return known;
    const made = randomUUID();
    windowIds.set(place, made);
    return made;
  }

  function follow(wished: readonly WindowWish[]): void {
    for (const [id, { kind, window }] of windows) {
      const wish = wished.find(({ displayId }) => displayId === id);
      if (wish?.windowKind === kind) continue;
      windows.delete(id);
      window.close();
      log.info('A window is closed: nobody wishes for it any more.', { display: id, kind });
    }
    for (const wish of wished) {
      const { displayId, windowKind, name } = wish;
      const standing = windows.get(displayId);
      if (standing !== undefined) {
        standing.window.place(wish);
        continue;
      }
      const { clock, random, platform, kiosk } = supply;
      const open = (on: WindowWish) => supply.open(on, windowIdOf(on));
      windows.set(displayId, { kind: windowKind, window: createWallWindow(wish, { open, clock, random, log, platform, kiosk }) });
      log.info('A display has its window.', { display: displayId, name, kind: windowKind });
    }
  }

  follow(wishes.current());
  const stop = wishes.subscribe(follow);
  return {
    focusFirst() {
      const first = wishes.current().find(({ primary }) => primary) ?? wishes.current()[0];
      if (first !== undefined) windows.get(first.displayId)?.window.focus();
    },
    close() {
      stop();
      for (const { window } of windows.values()) window.close();
      windows.clear();
    },
  };
}
