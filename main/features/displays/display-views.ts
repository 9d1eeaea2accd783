import { displayUses } from '../../../core/displays/display-use.ts';
import { usualWordScale } from '../../../core/displays/word-scale.ts';
import type { KnownDisplay } from '../../../core/displays/displays.contract.ts';
import type { Session } from '../../../core/rpc/handlers.ts';
import type { WallDisplay } from '../../../core/wall/wall-display.ts';
import { type WindowWish, wholeWallId } from '../../ports/displays.ts';
import { lowestFree, type PresentDisplay, type Remembered } from './remembered-display.ts';

/** All that decides what displays there are and what they are for. */
export interface DisplaysNow {
  readonly remembered: Remembered;
  readonly present: readonly PresentDisplay[];
  readonly sessions: ReadonlySet<Session>;
  readonly kiosk: boolean;
}

/** Of a display nobody knows the size of. */
const usualSize = { width: 1_920, height: 1_080 };

/** Every display that is or was there, by number; with the pseudo display `wall` where that is one. */
export function knownDisplays(now: DisplaysNow): KnownDisplay[] {
  const { remembered, present, kiosk } = now;
  const displays = [...remembered].map(([id, kept]) => {
    const here = present.find((display) => display.id === id);
    const { number, connector, wish, width, height, shownOn } = kept;
    return {
      id,
      number,
      name: kept.givenName ?? kept.systemName,
      connector,
      bounds: here?.pixels ?? { x: 0, y: 0, width, height },
      scale: here?.scale ?? null,
      primary: here?.primary ?? false,
      connected: here !== undefined,
      wish,
      shownOn,
      wordScaleWish: kept.wordScaleWish,
    };
  });
  const uses = displayUses(displays, kiosk);
  const known = displays
    .map((display): KnownDisplay => {
      const use = uses.get(display.id) ?? 'wall';
      return { ...display, use, wordScale: display.wordScaleWish ?? wordScaleOf(display.id, use) };
    })
    .sort((one, other) => one.number - other.number);
  /** The words of a wall go by its height; those of a desk are read from a chair. */
  function wordScaleOf(id: string, use: KnownDisplay['use']): number {
    const here = present.find((display) => display.id === id);
    return here === undefined || use === 'wall' ? 1 : usualWordScale(here);
  }
  return hasPseudoDisplay(now) ? [...known, pseudoDisplay(now)] : known;
}

/** A browser stands on no known display, or there is none at all. */
function hasPseudoDisplay({ present, sessions }: DisplaysNow): boolean {
  return present.length === 0 || [...sessions].some(({ displayId }) => displayId === wholeWallId);
}

function pseudoDisplay({ remembered, sessions, kiosk }: DisplaysNow): KnownDisplay {
  const kinds = [...sessions].filter(({ displayId }) => displayId === wholeWallId).map(({ windowKind }) => windowKind);
  const wallOnly = kinds.length > 0 ? kinds.every((kind) => kind === 'wall') : kiosk;
  return {
    id: wholeWallId,
    number: lowestFree(new Set([...remembered.values()].map(({ number }) => number))),
    name: wholeWallId,
    connector: '',
    bounds: { x: 0, y: 0, width: 0, height: 0 },
    scale: null,
    primary: false,
    connected: true,
    use: wallOnly ? 'wall' : 'shared',
    wish: 'auto',
    shownOn: null,
    wordScale: 1,
    wordScaleWish: null,
  };
}

/** The displays that show a share of the wall or would if they were there, in the order of their numbers, and whose content each shows. */
export function wallDisplays(known: readonly KnownDisplay[]): readonly WallDisplay[] {
  return known
    .filter(({ use }) => use !== 'console')
    .map(({ id, bounds, connected, connector }) => ({
      id,
      ...(bounds.width > 0 && bounds.height > 0 ? { width: bounds.width, height: bounds.height } : usualSize),
      // Where something else is plugged in it was replaced, or only has another resolution.
      waits: !connected && !known.some((other) => other.connected && other.connector === connector),
      contentOf: connected ? (known.find((other) => !other.connected && other.shownOn === id)?.id ?? id) : null,
    }));
}

/** One window for each display that is there. */
export function windowWishes(known: readonly KnownDisplay[], present: readonly PresentDisplay[]): readonly WindowWish[] {
  return present.flatMap(({ id, bounds, primary }) => {
    const display = known.find((candidate) => candidate.id === id);
    if (display === undefined) return [];
    return [{ displayId: id, windowKind: display.use, bounds, name: display.name, primary }];
  });
}
