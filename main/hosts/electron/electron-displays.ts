import { createHash } from 'node:crypto';
import { displayIds } from '../../../core/displays/display-identity.ts';
import { createCell } from '../../../core/rpc/cell.ts';
import type { Bounds, Display, Displays } from '../../ports/displays.ts';
import type { X11Displays } from '../x11-displays.ts';

/** What of Electron's `Display` is used. `bounds` are in DIP, the unit windows are placed in. */
export interface ScreenDisplay {
  readonly id: number;
  readonly label: string;
  readonly bounds: Bounds;
  readonly scaleFactor: number;
  /** In pixels; only where the system places displays in pixels (X11). */
  readonly nativeOrigin?: { readonly x: number; readonly y: number };
}

/** What of Electron's `screen` is used. */
export interface Screen {
  getAllDisplays(): ScreenDisplay[];
  getPrimaryDisplay(): { readonly id: number };
  on(event: 'display-added' | 'display-removed' | 'display-metrics-changed', listener: () => void): unknown;
  removeListener(event: 'display-added' | 'display-removed' | 'display-metrics-changed', listener: () => void): unknown;
}

export interface ElectronDisplays {
  readonly displays: Displays;
  close(): void;
}

/** More displays than any graphics card has outputs; the rest is not shown. */
const displaysLimit = 64;
/** A size in DIP times a scale that is not whole is off by a pixel or two. */
const tolerancePx = 2;

/**
 * Follows the displays of the desktop, left to right and top to bottom. Who they are is not Electron's to say:
 *
 * - on X11 the adapter both hosts share knows their EDIDs; a display is found there by its place and size in pixels. After a
 *   change that adapter looks again before anything is told, so that no display is known by two names.
 * - elsewhere (Windows, macOS) no EDID is within reach without a native module: label and size stand for what a display is, and
 *   Electron's own id for where it is plugged in.
 *
 * Wait for `x11.ready` before. On Wayland alone there is only the primary display, since no window can be placed.
 */
export function createElectronDisplays(
  screen: Screen,
  x11: Pick<X11Displays, 'displays' | 'oneWindow' | 'look'> | null,
): ElectronDisplays {
  const read = () => readDisplays(screen, x11?.displays.current() ?? [], x11?.oneWindow ?? false);
  const cell = createCell<readonly Display[]>(read());
  let closed = false;
  const tell = () => {
    const next = read();
    if (!closed && JSON.stringify(next) !== JSON.stringify(cell.current())) cell.set(next);
  };
  const changed = () => {
    if (x11 === null) tell();
    else void x11.look().then(tell);
  };
  const stop = x11?.displays.subscribe(tell);
  screen.on('display-added', changed);
  screen.on('display-removed', changed);
  screen.on('display-metrics-changed', changed);
  return {
    displays: cell,
    close() {
      closed = true;
      stop?.();
      screen.removeListener('display-added', changed);
      screen.removeListener('display-removed', changed);
      screen.removeListener('display-metrics-changed', changed);
    },
  };
}

function readDisplays(screen: Screen, x11: readonly Display[], oneWindow: boolean): readonly Display[] {
  const all = screen.getAllDisplays();
  // Without any display Chromium's primary one is a made-up placeholder.
  const primary = all.length === 0 ? null : screen.getPrimaryDisplay().id;
  const usable = all
    // -1 is Chromium's word for a display that it does not know yet; a change follows when it does.
    .filter(({ id, bounds }) => id !== -1 && bounds.width > 0 && bounds.height > 0)
    .filter(({ id }) => !oneWindow || id === primary)
    .sort((one, other) => one.bounds.x - other.bounds.x || one.bounds.y - other.bounds.y)
    .slice(0, displaysLimit);
  const identified = usable.map((display) => {
    const pixels = pixelsOf(display);
    const found = x11.find((candidate) => near(candidate.pixels, pixels));
    const { digest, connector, name } = found ?? ownWords(display);
    const millimetres = found?.millimetres ?? null;
    const { x, y, width, height } = display.bounds;
    const bounds = { x, y, width, height };
    return { digest, connector, name, primary: display.id === primary, bounds, pixels, millimetres, scale: display.scaleFactor };
  });
  const ids = displayIds(
    identified.map(({ digest, connector, pixels }) => ({ digest, connector, width: pixels.width, height: pixels.height })),
    [],
  );
  return identified.map((display, index) => ({ id: ids[index] ?? display.connector, ...display }));
}

function pixelsOf({ bounds, scaleFactor, nativeOrigin }: ScreenDisplay): Bounds {
  return {
    x: nativeOrigin?.x ?? Math.round(bounds.x * scaleFactor),
    y: nativeOrigin?.y ?? Math.round(bounds.y * scaleFactor),
    width: Math.round(bounds.width * scaleFactor),
    height: Math.round(bounds.height * scaleFactor),
  };
}

function near(one: Bounds, other: Bounds): boolean {
  return (['x', 'y', 'width', 'height'] as const).every((side) => Math.abs(one[side] - other[side]) <= tolerancePx);
}

function ownWords(display: ScreenDisplay): Pick<Display, 'digest' | 'connector' | 'name'> {
  const { id, label } = display;
  const connector = String(id);
  if (label === '') return { digest: null, connector, name: `Display ${id}` };
  const { width, height } = pixelsOf(display);
  const digest = createHash('sha256').update(`${label} ${width}x${height}`).digest('hex').slice(0, 16);
  return { digest, connector, name: label };
}
