import { z } from 'zod';
import { displayIdSchema } from '../../../core/wall/wall-change.ts';
import { wordScaleSchema } from '../../../core/displays/displays.contract.ts';
import { displayIds } from '../../../core/displays/display-identity.ts';
import type { Display } from '../../ports/displays.ts';

/** The contract's most, less one for the pseudo display `wall`. */
export const mostRemembered = 63;
const textMax = 120;

/** What is kept of a display, whether it is there or not. */
export const rememberedDisplaySchema = z.object({
  number: z.int().min(1).max(999),
  /** Given by a person; null: the system's name. */
  givenName: z.string().min(1).max(textMax).nullable(),
  systemName: z.string().max(textMax),
  connector: z.string().max(textMax),
  width: z.number(),
  height: z.number(),
  wish: z.enum(['auto', 'wall', 'console']),
  shownOn: displayIdSchema.nullable(),
  /** The connector that was the primary one when this display became it; null: it is not, or another one became it since. */
  primaryOn: z.string().max(textMax).nullable().default(null),
  /** Null: as its size and its use want it. */
  wordScaleWish: wordScaleSchema.nullable().default(null),
  /** When it came or changed last. */
  seenUtcMs: z.number(),
});
export type RememberedDisplay = z.infer<typeof rememberedDisplaySchema>;
export type Remembered = ReadonlyMap<string, RememberedDisplay>;

/** A display that is there, by the id under which it is remembered. */
export interface PresentDisplay extends Display {
  readonly id: string;
}

/** The displays with the ids they were known by before: of two equal ones that is not for a host to know. */
export function recognise(displays: readonly Display[], remembered: Remembered): readonly PresentDisplay[] {
  const facts = displays.map(({ digest, connector, pixels }) => ({
    digest,
    connector,
    width: pixels.width,
    height: pixels.height,
  }));
  const earlier = [...remembered].map(([id, { connector }]) => ({ id, connector }));
  const ids = displayIds(facts, earlier);
  return displays.map((display, index) => ({ ...display, id: ids[index] ?? display.id }));
}

/**
 * These displays, of which the primary one is a monitor and not a connector: where the system names the same connector as before, the monitor
 * that was there then is meant, wherever it is plugged in now. While that is away, the one in its place is.
 */
export function withPrimary(present: readonly PresentDisplay[], remembered: Remembered): readonly PresentDisplay[] {
  const named = present.find(({ primary }) => primary);
  if (named === undefined) return present;
  const meant = present.find(({ id }) => remembered.get(id)?.primaryOn === named.connector) ?? named;
  return present.map((display) => ({ ...display, primary: display === meant }));
}

/**
 * What is remembered once these displays are there: new ones get the lowest free numbers in their order, and one that returns is
 * shown nowhere else any more. Where there would be too many, those that have been missing for longest are forgotten.
 */
export function nextRemembered(
  before: Remembered,
  present: readonly PresentDisplay[],
  nowUtcMs: number,
): { readonly remembered: Remembered; readonly changed: readonly string[]; readonly forgotten: readonly string[] } {
  const remembered = new Map(before);
  const changed: string[] = [];
  for (const display of present.slice(0, mostRemembered)) {
    const known = remembered.get(display.id);
    const next = { ...(known ?? newDisplay(remembered)), ...factsOf(display), shownOn: null };
    if (known !== undefined && JSON.stringify({ ...known, seenUtcMs: 0 }) === JSON.stringify({ ...next, seenUtcMs: 0 })) continue;
    remembered.set(display.id, { ...next, seenUtcMs: nowUtcMs });
    changed.push(display.id);
  }
  // Another connector is the primary one now: that was said by a person.
  const named = present.find(({ primary, id }) => primary && remembered.has(id));
  if (named !== undefined && ![...remembered.values()].some(({ primaryOn }) => primaryOn === named.connector)) {
    for (const [id, kept] of remembered) {
      const primaryOn = id === named.id ? named.connector.slice(0, textMax) : null;
      if (kept.primaryOn === primaryOn) continue;
      remembered.set(id, { ...kept, primaryOn });
      if (!changed.includes(id)) changed.push(id);
    }
  }
  const missing = [...remembered].filter(([id]) => !present.some((display) => display.id === id));
  const forgotten = missing
    .sort(([, one], [, other]) => one.seenUtcMs - other.seenUtcMs)
    .slice(0, Math.max(0, remembered.size - mostRemembered))
    .map(([id]) => id);
  for (const id of forgotten) remembered.delete(id);
  return { remembered, changed, forgotten };
}

function factsOf({ name, connector, pixels }: Display) {
  const { width, height } = pixels;
  return { systemName: name.slice(0, textMax), connector: connector.slice(0, textMax), width, height };
}

function newDisplay(remembered: Remembered): RememberedDisplay {
  const taken = new Set([...remembered.values()].map(({ number }) => number));
  return {
    number: lowestFree(taken),
    givenName: null,
    systemName: '',
    connector: '',
    width: 0,
    height: 0,
    wish: 'auto',
    shownOn: null,
    primaryOn: null,
    wordScaleWish: null,
    seenUtcMs: 0,
  };
}

/** The lowest number from 1 that is not taken. */
export function lowestFree(taken: ReadonlySet<number>): number {
  let number = 1;
  while (taken.has(number)) number += 1;
  return number;
}
