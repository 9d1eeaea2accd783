import type { Bounds } from '../ports/displays.ts';

/** A part of the desktop that one screen shows, as `xrandr --listmonitors` tells. */
export interface X11Monitor {
  /** The output that shows it; the monitor's own name where somebody defined one without. */
  readonly output: string;
  readonly primary: boolean;
  readonly bounds: Bounds;
}

/** More displays than any graphics card has outputs; the rest is not shown. */
const displaysLimit = 64;

/**
 * Reads `xrandr --listmonitors`, whose lines are
 * `<index>: +[*]<name> <width>/<mm>x<height>/<mm>+<x>+<y>  <output> …` (`*`: primary), left to right, top to bottom.
 * A mirror (the same place and size as one before) is left out: it shows the same picture. Lines it does not understand are skipped.
 */
export function parseX11Monitors(text: string): readonly X11Monitor[] {
  const found: X11Monitor[] = [];
  for (const line of text.split('\n')) {
    const match = /^\s*\d+:\s+\+?(\*?)(\S+)\s+(\d+)\/\d+x(\d+)\/\d+([+-]\d+)([+-]\d+)(?:\s+(\S+))?/.exec(line);
    if (!match) continue;
    const [, primary, monitor, width, height, x, y, output] = match;
    const name = output ?? monitor ?? '';
    const bounds = { x: Number(x), y: Number(y), width: Number(width), height: Number(height) };
    if (name === '' || bounds.width === 0 || bounds.height === 0) continue;
    if (found.some((other) => other.output === name || sameBounds(other.bounds, bounds))) continue;
    found.push({ output: name, primary: primary === '*', bounds });
  }
  return found.sort((one, other) => one.bounds.x - other.bounds.x || one.bounds.y - other.bounds.y).slice(0, displaysLimit);
}

export function sameBounds(one: Bounds, other: Bounds): boolean {
  return one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height;
}
