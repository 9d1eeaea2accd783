import { randomUUID } from 'node:crypto';
import type { Clock } from '../../ports/clock.ts';
import type { Display, Displays } from '../../ports/displays.ts';
import type { Log } from '../../ports/log.ts';
import { createWallWindow, type ElectronWindow, type WallWindow } from './wall-window.ts';

export interface WallWindowsSupply {
  readonly displays: Displays;
  /** Opens a hidden window on a display; `windowId` stays the same for that display as long as the program runs. */
  open(display: Display, windowId: string): ElectronWindow;
  readonly clock: Clock;
  random(): number;
  readonly log: Log;
  readonly platform: NodeJS.Platform;
}

/** One window for each display, as displays come, move and go. */
export function createWallWindows(supply: WallWindowsSupply): { focusFirst(): void; close(): void } {
  const { displays, log } = supply;
  const windows = new Map<string, WallWindow>();
  const windowIds = new Map<string, string>();

  /** Kept when a display goes, so that one that slept gets its rights back. Bounded by the displays there have ever been. */
  function windowIdOf(displayId: string): string {
    const known = windowIds.get(displayId);
    if (known !== undefined) return known;
    const made = randomUUID();
    windowIds.set(displayId, made);
    return made;
  }

  function follow(present: readonly Display[]): void {
    for (const [id, window] of windows) {
      if (present.some((display) => display.id === id)) continue;
      windows.delete(id);
      window.close();
      log.warn('A display is gone; its window is closed.', { display: id });
    }
    for (const display of present) {
      const window = windows.get(display.id);
      if (window !== undefined) {
        window.place(display);
        continue;
      }
      const { clock, random, platform } = supply;
      const open = (on: Display) => supply.open(on, windowIdOf(on.id));
      windows.set(display.id, createWallWindow(display, { open, clock, random, log, platform }));
      log.info('A display has its window.', { display: display.id, name: display.name });
    }
  }

  follow(displays.current());
  const stop = displays.subscribe(follow);
  return {
    focusFirst() {
      const primary = displays.current().find((display) => display.primary) ?? displays.current()[0];
      if (primary !== undefined) windows.get(primary.id)?.focus();
    },
    close() {
      stop();
      for (const window of windows.values()) window.close();
      windows.clear();
    },
  };
}
