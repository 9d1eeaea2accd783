import { z } from 'zod';
import type { Clock } from '../../ports/clock.ts';
import type { Watchable } from '../../../core/rpc/cell.ts';
import type { WindowWish } from '../../ports/displays.ts';
import type { Log } from '../../ports/log.ts';
import { activate, type BrowserWindow, closeWindow, cover, covers, openWindow, pages, screenshotOf } from './browser-windows.ts';
import type { Chromium } from './chromium-process.ts';
import { type Failures, nextFailures, noFailures } from './return-policy.ts';

export interface WallWindowsSupply {
  /** The windows there should be, one per display. */
  readonly wishes: Watchable<readonly WindowWish[]>;
  /** Starts a browser without any window. */
  start(): Promise<Chromium>;
  /** The address of a window, with a fresh one-time code: opened once, at once. */
  address(wish: WindowWish): string;
  /** What every address of a window begins with. */
  readonly origin: string;
  /** Whether main has a pipe to this window now. */
  connected(wish: WindowWish): boolean;
  readonly clock: Clock;
  random(): number;
  readonly log: Log;
}

export interface WallWindows {
  /** The root process of the browser that runs now; null while none does. */
  pid(): number | null;
  /** The displays that have their window now. */
  standing(): readonly string[];
  /** A PNG of one window: of this display, or of the first. Rejects where there is none. */
  screenshot(displayId?: string): Promise<Buffer>;
  close(): Promise<void>;
}

/** How often windows are looked after without being told of anything. */
const lookEveryMs = 1_500;
/** A window whose page has had no pipe to main for this long is opened anew, whatever it may be doing. */
const muteMs = 60_000;
/** A window manager that does not let a window cover its display is not fought with every time. */
const coverTries = 3;
const coverAgainEvery = 40;

interface Standing extends BrowserWindow {
  readonly kind: WindowWish['windowKind'];
  /** Its page has been heard of since it was opened. */
  heard: boolean;
  heardMs: number;
  coverFailures: number;
}

/**
 * Keeps exactly the windows that are wished for, each full screen on its display, and no other. Everything that happens (a display comes, a page crashes,
 * somebody closes a window, the browser dies) only wakes one routine that compares what is with what should be:
 *
 *     event ─▶ look ─▶ no browser? start ─▶ window nobody wished for? close ─▶ wish without window? open ─▶ not covering? cover
 *               ▲                                                                                           │
 *               └────────────────── every 1.5 s, or when a failure's wait is over ◀───────────────────────┘
 */
export function createWallWindows(supply: WallWindowsSupply): WallWindows {
  const { wishes, clock, log } = supply;
  const windows = new Map<string, Standing>();
  const failures = new Map<string, Failures>();
  let browser: Chromium | null = null;
  let browserFailures = noFailures;
  let keysTaken = false;
  let closed = false;
  let looking: Promise<void> | null = null;
  let again = false;
  let callOff = () => {};

  function wake(): void {
    if (closed) return;
    again = true;
    looking ??= lookUntilDone().finally(() => {
      looking = null;
      if (again) wake();
    });
  }

  async function lookUntilDone(): Promise<void> {
    callOff();
    let dueMs = lookEveryMs;
    while (again && !closed) {
      again = false;
      dueMs = await look().catch((error: unknown) => {
        log.warn('the windows could not be looked after', { reason: words(error) });
        return lookEveryMs;
      });
    }
    if (!closed) callOff = clock.after(Math.max(10, dueMs), wake);
  }

  /** One round; returns in how many ms the next is due. */
  async function look(): Promise<number> {
    const wished = wishes.current();
    for (const id of [...failures.keys()]) if (!wished.some(({ displayId }) => displayId === id)) failures.delete(id);
    if (wished.length === 0 && browser === null) return lookEveryMs;
    if (browser === null) {
      const waitMs = browserFailures.dueMs - clock.monotonicMs();
      if (waitMs > 0) return waitMs;
      await startBrowser();
    }
    const own = browser;
    if (own === null) return lookEveryMs;
    await sweep(own, wished);
    for (const wish of wished) {
      // A window that goes while it is looked at must not keep the others from being looked after.
      await tend(own, wish).catch((error: unknown) => log.debug('a window could not be tended', { reason: words(error) }));
    }
    await giveKeysToConsole(own);
    const waits = [...failures.entries()].filter(([id]) => !windows.has(id)).map(([, { dueMs }]) => dueMs - clock.monotonicMs());
    return Math.min(lookEveryMs, ...waits);
  }

  /** The newest window takes the keyboard, and an operator's keys belong to the console, where there is one. */
  async function giveKeysToConsole(own: Chromium): Promise<void> {
    const desk = [...windows.values()].find(({ kind }) => kind === 'console');
    if (!keysTaken || desk === undefined) return;
    keysTaken = false;
    await activate(own.cdp, desk).catch((error: unknown) =>
      log.debug('the console did not get the keyboard', { reason: words(error) }),
    );
  }

  /** A page that is being opened has no address yet. */
  function isOwnPage(url: string): boolean {
    return url === '' || url === 'about:blank' || url.startsWith(`${supply.origin}/`);
  }

  async function startBrowser(): Promise<void> {
    let own: Chromium;
    try {
      own = await supply.start();
    } catch (error) {
      browserFailures = nextFailures(browserFailures, clock.monotonicMs(), supply.random());
      log.error('the browser could not be started', { reason: words(error), failures: browserFailures.count });
      return;
    }
    browser = own;
    log.info('the browser runs', { product: own.product, pid: own.pid });
    void Promise.race([own.exited, own.cdp.closed]).then(() => browserGone(own));
    for (const event of ['Target.targetCreated', 'Target.targetDestroyed']) own.cdp.on(event, wake);
    own.cdp.on('Target.targetInfoChanged', (params) => {
      const changed = z.object({ targetInfo: z.object({ type: z.literal('page'), url: z.string() }) }).safeParse(params);
      if (changed.success && !isOwnPage(changed.data.targetInfo.url)) wake();
    });
    own.cdp.on('Target.targetCrashed', (params) => {
      const crashed = z.object({ targetId: z.string() }).safeParse(params);
      const displayId = [...windows].find(([, window]) => window.targetId === crashed.data?.targetId)?.[0];
      if (displayId !== undefined) void drop(own, displayId, 'its page crashed').finally(wake);
    });
    await own.cdp.call('Target.setDiscoverTargets', { discover: true }, z.unknown());
  }

  async function browserGone(own: Chromium): Promise<void> {
    if (browser !== own) return;
    browser = null;
    windows.clear();
    if (!closed) {
      browserFailures = nextFailures(browserFailures, clock.monotonicMs(), supply.random());
      log.warn('the browser ended and is started again', { failures: browserFailures.count });
      wake();
    }
    await own.close().catch((error: unknown) => log.warn('the browser left something behind', { reason: words(error) }));
  }

  /** Forgets windows that are gone, closes what nobody wished for: windows of displays that left or serve another purpose, and pages that are not ours. */
  async function sweep(own: Chromium, wished: readonly WindowWish[]): Promise<void> {
    const open = await pages(own.cdp);
    for (const [id, window] of windows) {
      const page = open.find((candidate) => candidate.targetId === window.targetId);
      if (page === undefined) fell(id, 'it was closed');
      else if (!wished.some((wish) => wish.displayId === id && wish.windowKind === window.kind)) await drop(own, id, null);
      else if (!isOwnPage(page.url)) await drop(own, id, 'it left its page');
    }
    const ours = new Set([...windows.values()].map((window) => window.targetId));
    for (const { targetId } of open) if (!ours.has(targetId)) await closeWindow(own.cdp, targetId);
  }

  async function tend(own: Chromium, wish: WindowWish): Promise<void> {
    const { displayId, windowKind: kind, bounds, name } = wish;
    const nowMs = clock.monotonicMs();
    const window = windows.get(displayId);
    if (window === undefined) {
      if ((failures.get(displayId) ?? noFailures).dueMs > nowMs) return;
      try {
        const opened = await openWindow(own.cdp, supply.address(wish), bounds);
        windows.set(displayId, { ...opened, kind, heard: false, heardMs: clock.monotonicMs(), coverFailures: 0 });
        log.info('a display has its window', { display: name, kind });
      } catch (error) {
        fell(displayId, `it could not be opened: ${words(error)}`);
      }
      return;
    }
    if (supply.connected(wish)) {
      keysTaken ||= !window.heard;
      window.heard = true;
      window.heardMs = nowMs;
    } else if (nowMs - window.heardMs > muteMs) return drop(own, displayId, 'its page does not reach Deedban');
    if (await covers(own.cdp, window, bounds)) window.coverFailures = 0;
    else if (window.coverFailures++ < coverTries || window.coverFailures % coverAgainEvery === 0) {
      await cover(own.cdp, window, bounds);
    }
  }

  /** Closes a window; `why` says what failed, null where nothing did. */
  async function drop(own: Chromium, displayId: string, why: string | null): Promise<void> {
    const window = windows.get(displayId);
    windows.delete(displayId);
    if (why !== null) fell(displayId, why);
    if (window !== undefined) await closeWindow(own.cdp, window.targetId);
  }

  function fell(displayId: string, why: string): void {
    windows.delete(displayId);
    const next = nextFailures(failures.get(displayId) ?? noFailures, clock.monotonicMs(), supply.random());
    failures.set(displayId, next);
    log.warn('a window of the wall failed and comes back', { display: displayId, why, failures: next.count });
  }

  const stop = wishes.subscribe(wake);
  wake();
  return {
    pid: () => browser?.pid ?? null,
    standing: () => [...windows.keys()],
    async screenshot(displayId) {
      const window = displayId === undefined ? [...windows.values()][0] : windows.get(displayId);
      if (browser === null || window === undefined) throw new Error('there is no such window');
      return screenshotOf(browser.cdp, window);
    },
    async close() {
      closed = true;
      stop();
      callOff();
      await looking;
      const own = browser;
      browser = null;
      windows.clear();
      await own?.close();
    },
  };
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown';
}
