import type { Display } from '../ports/displays.ts';

/** More displays than any graphics card has outputs; the rest is not shown. */
const displaysLimit = 64;

/**
 * Reads `xrandr --listmonitors`, whose lines are
 * `<index>: +[*]<name> <width>/<mm>x<height>/<mm>+<x>+<y>  <output> …` (`*`: primary), left to right, top to bottom.
 * A mirror (the same place and size as one before) is left out: it shows the same picture. Lines it does not understand are skipped.
 */
export function parseX11Monitors(text: string): readonly Display[] {
  const found: Display[] = [];
  for (const line of text.split('\n')) {
    const match = /^\s*\d+:\s+\+?(\*?)(\S+)\s+(\d+)\/\d+x(\d+)\/\d+([+-]\d+)([+-]\d+)(?:\s+(\S+))?/.exec(line);
    if (!match) continue;
    const [, primary, monitor, width, height, x, y, output] = match;
    const id = output ?? monitor ?? '';
    const bounds = { x: Number(x), y: Number(y), width: Number(width), height: Number(height) };
    if (id === '' || bounds.width === 0 || bounds.height === 0) continue;
    if (found.some((other) => other.id === id || sameBounds(other.bounds, bounds))) continue;
    found.push({ id, name: id, primary: primary === '*', bounds });
  }
  return found.sort((one, other) => one.bounds.x - other.bounds.x || one.bounds.y - other.bounds.y).slice(0, displaysLimit);
}

export function sameBounds(one: Display['bounds'], other: Display['bounds']): boolean {
  return one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height;
}
