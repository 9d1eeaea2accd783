import { leavesWall } from '../../../core/displays/display-use.ts';
import type { displaysContract, KnownDisplay } from '../../../core/displays/displays.contract.ts';
import { type Cell, createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { Feature, Session } from '../../../core/rpc/handlers.ts';
import type { WallDisplay } from '../../../core/wall/wall-display.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Displays, WindowWish } from '../../ports/displays.ts';
import type { Log } from '../../ports/log.ts';
import type { Registry } from '../../ports/registry.ts';
import { type DisplaysNow, knownDisplays, wallDisplays, windowWishes } from './display-views.ts';
import {
  nextRemembered,
  recognise,
  type Remembered,
  type RememberedDisplay,
  rememberedDisplaySchema,
  withPrimary,
} from './remembered-display.ts';

/** How long the large numbers stand on the displays. */
export const identifyMs = 10_000;

export interface MiniatureFact {
  readonly displayId: string;
  readonly revision: number;
  readonly atUtcMs: number;
}

export interface DisplaysPorts {
  readonly clock: Clock;
  readonly log: Log;
  /** Table `displays`. */
  readonly registry: Registry;
  readonly displays: Displays;
  /** All displays are the wall. */
  readonly kiosk: boolean;
  readonly miniatures: Watchable<readonly MiniatureFact[]>;
  /** A display was forgotten: what it showed is to be forgotten too. */
  forgotten(displayId: string): void;
}

export interface DisplaysFeature extends Feature<typeof displaysContract> {
  /** The remembered displays were read, and those that are there are remembered; before that there is no window and no wall. Rejects with `StoreProblem`. */
  readonly ready: Promise<void>;
  readonly known: Watchable<readonly KnownDisplay[]>;
  readonly walls: Watchable<readonly WallDisplay[]>;
  readonly windows: Watchable<readonly WindowWish[]>;
  sessionBegan(session: Session): void;
}

type Refusal = {
  refusal: 'no-such-display' | 'number-taken' | 'still-connected' | 'not-connected' | 'last-wall' | 'not-saved' | null;
};
const done: Refusal = { refusal: null };

/** Which displays there are and were, what each is for, and so which windows there should be. */
export function createDisplaysFeature(ports: DisplaysPorts): DisplaysFeature {
  const { clock, log } = ports;
  const table = ports.registry.table('displays', rememberedDisplaySchema, (key) =>
    log.warn('a remembered display cannot be read', { display: key }),
  );
  const sessions = new Set<Session>();
  const known = createCell<readonly KnownDisplay[]>([]);
  const walls = createCell<readonly WallDisplay[]>([]);
  const windows = createCell<readonly WindowWish[]>([]);
  const identifying = createCell(false);
  const consoles = createCell(false);
  let now: DisplaysNow = { remembered: new Map(), present: [], sessions, kiosk: ports.kiosk };
  let isReady = false;
  let callOff = () => {};
  let turn: Promise<unknown> = Promise.resolve();

  /** Changes of remembered displays one after another: each sees what the one before it left. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = turn.then(work);
    turn = next.catch(() => {});
    return next;
  }

  function tell(): void {
    if (!isReady) return;
    setIfOther(known, knownDisplays(now));
    setIfOther(walls, wallDisplays(known.current()));
    setIfOther(windows, windowWishes(known.current(), now.present));
  }

  /** The displays there are have changed. The windows do not wait for the disk. */
  function follow(): void {
    if (!isReady) return;
    const present = recognise(ports.displays.current(), now.remembered);
    const { remembered, changed, forgotten } = nextRemembered(now.remembered, present, clock.utcMs());
    now = { ...now, present: withPrimary(present, remembered), remembered };
    tell();
    for (const id of forgotten) ports.forgotten(id);
    void inTurn(async () => {
      for (const id of forgotten) await table.delete(id);
      for (const id of changed) {
        const kept = now.remembered.get(id);
        if (kept !== undefined) await table.put(id, kept);
      }
    }).catch((error: unknown) => log.error('a display could not be remembered', { reason: words(error) }));
  }

  /** Stores the change of one display, then it counts. */
  async function change(id: string, next: (kept: RememberedDisplay) => RememberedDisplay): Promise<Refusal> {
    const kept = now.remembered.get(id);
    if (kept === undefined) return { refusal: 'no-such-display' };
    if (!(await saved(() => table.put(id, next(kept))))) return { refusal: 'not-saved' };
    const present = now.remembered.get(id);
    if (present !== undefined) remember(new Map(now.remembered).set(id, next(present)));
    return done;
  }

  async function saved(store: () => Promise<unknown>): Promise<boolean> {
    try {
      await store();
      return true;
    } catch (error) {
      log.error('a display could not be stored', { reason: words(error) });
      return false;
    }
  }

  function remember(remembered: Remembered): void {
    now = { ...now, remembered };
    tell();
  }

  const find = (id: string) => known.current().find((display) => display.id === id && now.remembered.has(id));

  async function showElsewhere(missing: string, on: string | null): Promise<Refusal> {
    const display = find(missing);
    if (display === undefined) return { refusal: 'no-such-display' };
    if (display.connected) return { refusal: 'still-connected' };
    if (on !== null && !known.current().some(({ id }) => id === on)) return { refusal: 'no-such-display' };
    if (on !== null && !walls.current().some(({ id, contentOf }) => id === on && contentOf !== null))
      return { refusal: 'not-connected' };
    // One display shows one other's content.
    for (const other of known.current()) {
      if (on === null || other.id === missing || other.shownOn !== on) continue;
      const outcome = await change(other.id, (kept) => ({ ...kept, shownOn: null }));
      if (outcome.refusal !== null) return outcome;
    }
    return change(missing, (kept) => ({ ...kept, shownOn: on }));
  }

  async function forget(id: string): Promise<Refusal> {
    const display = find(id);
    if (display === undefined) return { refusal: 'no-such-display' };
    if (display.connected) return { refusal: 'still-connected' };
    if (!(await saved(() => table.delete(id)))) return { refusal: 'not-saved' };
    const remembered = new Map(now.remembered);
    remembered.delete(id);
    remember(remembered);
    ports.forgotten(id);
    return done;
  }

  const ready = table.list().then(async (entries) => {
    isReady = true;
    now = { ...now, remembered: new Map(entries.map(({ key, value }) => [key, value])) };
    follow();
    await turn;
  });
  const stop = ports.displays.subscribe(follow);
  const sessionsChanged = () => {
    // A window for both shows no miniatures: to draw them for itself would cost a wall its pictures.
    consoles.set([...sessions].some(({ windowKind }) => windowKind === 'console'));
    tell();
  };

  return {
    ready,
    known,
    walls,
    windows,
    sessionBegan(session) {
      sessions.add(session);
      sessionsChanged();
    },
    sessionEnded(session) {
      if (sessions.delete(session)) sessionsChanged();
    },
    close() {
      stop();
      callOff();
    },
    calls: {
      'displays.identify': () => {
        callOff();
        identifying.set(true);
        callOff = clock.after(identifyMs, () => identifying.set(false));
        return {};
      },
      'displays.describe': ({ id, name, number }) =>
        inTurn(async () => {
          const other = [...now.remembered].find(([otherId, kept]) => otherId !== id && kept.number === number);
          return other ? { refusal: 'number-taken' } : change(id, (kept) => ({ ...kept, givenName: name, number }));
        }),
      'displays.use': ({ id, wish }) =>
        inTurn(async () => {
          const after = known.current().map((display) => (display.id === id ? { ...display, wish } : display));
          return leavesWall(after) ? change(id, (kept) => ({ ...kept, wish })) : { refusal: 'last-wall' };
        }),
      'displays.word-scale': ({ id, wish }) => inTurn(() => change(id, (kept) => ({ ...kept, wordScaleWish: wish }))),
      'displays.show-elsewhere': ({ missing, on }) => inTurn(() => showElsewhere(missing, on)),
      'displays.forget': ({ id }) => inTurn(() => forget(id)),
    },
    states: {
      'displays.all': () => mapped([known], () => [...known.current()]),
      'displays.window': ({ windowKind, displayId }) =>
        mapped([known, identifying, consoles], () => {
          const display = known.current().find(({ id }) => id === displayId);
          const identify = identifying.current() && display ? { number: display.number, name: display.name } : null;
          return { kind: windowKind, displayId, identify, miniatures: consoles.current() && windowKind !== 'console' };
        }),
      'displays.miniatures': () => mapped([ports.miniatures], () => [...ports.miniatures.current()]),
    },
    events: {},
  };
}

/** A value read from others; it changes only where it reads differently. */
function mapped<T>(sources: readonly Watchable<unknown>[], read: () => T): Watchable<T> {
  return {
    current: read,
    subscribe(listener) {
      let last = JSON.stringify(read());
      const look = () => {
        const next = read();
        const text = JSON.stringify(next);
        if (text === last) return;
        last = text;
        listener(next);
      };
      const stops = sources.map((source) => source.subscribe(look));
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

function setIfOther<T>(cell: Cell<T>, next: T): void {
  if (JSON.stringify(next) !== JSON.stringify(cell.current())) cell.set(next);
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown';
}
