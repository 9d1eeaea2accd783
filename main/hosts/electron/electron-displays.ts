import { createCell } from '../../../core/rpc/cell.ts';
import type { Display, Displays } from '../../ports/displays.ts';

/** What of Electron's `Display` is used. Coordinates are in DIP, the unit windows are placed in. */
export interface ScreenDisplay {
  readonly id: number;
  readonly label: string;
  readonly bounds: Display['bounds'];
}

/** What of Electron's `screen` is used. */
export interface Screen {
  getAllDisplays(): ScreenDisplay[];
  getPrimaryDisplay(): { readonly id: number };
  on(event: 'display-added' | 'display-removed' | 'display-metrics-changed', listener: () => void): unknown;
  removeListener(event: 'display-added' | 'display-removed' | 'display-metrics-changed', listener: () => void): unknown;
}

/** More displays than any graphics card has outputs; the rest is not shown. */
const displaysLimit = 64;

/**
 * Follows the displays of the desktop, left to right and top to bottom. Chromium derives the id from the display's EDID
 * where the system gives one, else from the output, so that a display that slept comes back as itself; that is as
 * far as Electron knows a display.
 */
export function createElectronDisplays(screen: Screen): { displays: Displays; close(): void } {
  const cell = createCell<readonly Display[]>(readDisplays(screen));
  const changed = () => {
    const next = readDisplays(screen);
    if (JSON.stringify(next) !== JSON.stringify(cell.current())) cell.set(next);
  };
  screen.on('display-added', changed);
  screen.on('display-removed', changed);
  screen.on('display-metrics-changed', changed);
  return {
    displays: cell,
    close() {
      screen.removeListener('display-added', changed);
      screen.removeListener('display-removed', changed);
      screen.removeListener('display-metrics-changed', changed);
    },
  };
}

function readDisplays(screen: Screen): readonly Display[] {
  const found = new Map<string, Display>();
  const all = screen.getAllDisplays();
  // Without any display Chromium's primary one is a made-up placeholder.
  const primary = all.length === 0 ? null : screen.getPrimaryDisplay().id;
  for (const display of all.slice(0, displaysLimit)) {
    const { x, y, width, height } = display.bounds;
    // -1 is Chromium's word for a display that it does not know yet; a change follows when it does.
    if (display.id === -1 || width <= 0 || height <= 0) continue;
    const id = String(display.id);
    found.set(id, {
      id,
      name: display.label === '' ? `Display ${id}` : display.label,
      primary: display.id === primary,
      bounds: { x, y, width, height },
    });
  }
  return [...found.values()].sort((one, other) => one.bounds.x - other.bounds.x || one.bounds.y - other.bounds.y);
}
