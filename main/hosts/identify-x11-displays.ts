import { displayIds } from '../../core/displays/display-identity.ts';
import type { Display } from '../ports/displays.ts';
import { type EdidFacts, readEdid } from './edid.ts';
import type { X11Monitor } from './x11-monitors.ts';
import type { X11Output } from './x11-outputs.ts';

/** What the outputs' displays said of themselves last, by output: one that sleeps says nothing, and is still itself. */
export type LastEdids = Map<string, EdidFacts>;

/**
 * The displays of an X11 desktop with their identities, out of what was read of its monitors and its outputs; null where the two
 * readings contradict each other (something changed between them): then the next one counts. `last` is brought up to date.
 */
export function identifyX11Displays(
  monitors: readonly X11Monitor[],
  outputs: ReadonlyMap<string, X11Output>,
  last: LastEdids,
): readonly Display[] | null {
  const facts: (EdidFacts | null)[] = [];
  for (const monitor of monitors) {
    const output = outputs.get(monitor.output);
    if (output?.lit === false) return null;
    const said = readEdid(output?.edid ?? '');
    if (said !== null) last.set(monitor.output, said);
    // Something that is there and says nothing is not what was there before.
    else if (output?.connected !== false) last.delete(monitor.output);
    facts.push(said ?? last.get(monitor.output) ?? null);
  }
  const ids = displayIds(
    monitors.map(({ output, bounds }, index) => ({ digest: facts[index]?.digest ?? null, connector: output, ...bounds })),
    [],
  );
  return monitors.map(({ output, primary, bounds }, index) => ({
    id: ids[index] ?? output,
    digest: facts[index]?.digest ?? null,
    connector: output,
    name: facts[index]?.name ?? output,
    primary,
    bounds,
    pixels: bounds,
    millimetres: outputs.get(output)?.millimetres ?? null,
    // Windows on X11 are opened with the scale of 1: a wall's picture is shown pixel by pixel.
    scale: 1,
  }));
}
