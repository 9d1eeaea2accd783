import type { Clock } from '../../ports/clock.ts';
import type { Bounds, WindowWish } from '../../ports/displays.ts';
import type { Log } from '../../ports/log.ts';
import { appStartUrl } from './own-origin.ts';
import { nextWindowReturnMs, windowReturn } from './window-return-policy.ts';

/** What of Electron's `BrowserWindow` a wall's window uses. */
export interface ElectronWindow {
  readonly webContents: {
    on(event: 'render-process-gone', listener: (event: unknown, details: { reason: string; exitCode: number }) => void): unknown;
    forcefullyCrashRenderer(): void;
  };
  loadURL(url: string): Promise<void>;
  on(
    event: 'closed' | 'ready-to-show' | 'unresponsive' | 'responsive' | 'leave-full-screen' | 'minimize',
    listener: () => void,
  ): unknown;
  on(event: 'close', listener: (event: { preventDefault(): void }) => void): unknown;
  isDestroyed(): boolean;
  isFullScreen(): boolean;
  isSimpleFullScreen(): boolean;
  isMinimized(): boolean;
  setBounds(bounds: Bounds): void;
  getBounds(): Bounds;
  setFullScreen(on: boolean): void;
  setSimpleFullScreen(on: boolean): void;
  show(): void;
  restore(): void;
  focus(): void;
  destroy(): void;
}

export interface WallWindowSupply {
  /** Opens a hidden window with its guards and its right to connect. */
  open(wish: WindowWish): ElectronWindow;
  readonly clock: Clock;
  /** In [0, 1). */
  random(): number;
  readonly log: Log;
  readonly platform: NodeJS.Platform;
  /** Nobody closes a window of a kiosk. */
  readonly kiosk: boolean;
}

export interface WallWindow {
  /** Covers the display again, wherever it now is. */
  place(wish: WindowWish): void;
  focus(): void;
  close(): void;
}

/**
 * Keeps one full-screen window on one display, whatever happens to it:
 *
 *     opening ──page loaded──▶ standing ──crash, failed load──▶ waiting ──▶ loading the page again
 *        ▲                        │ closed by somebody             │
 *        └──────── waiting ◀──────┘                    close() ends it from everywhere
 */
export function createWallWindow(first: WindowWish, supply: WallWindowSupply): WallWindow {
  const { clock, log } = supply;
  let wish = first;
  let window: ElectronWindow | null = null;
  let ended = false;
  let failures = 0;
  let lastFailureMs = Number.NEGATIVE_INFINITY;
  let calledOff = () => {};
  /** Until when a window that leaves full screen does so because we move it. */
  let movingUntilMs = Number.NEGATIVE_INFINITY;

  /** One return at a time: a crash during a load is heard twice. */
  function returnLater(what: string, again: () => void): void {
    if (ended) return;
    const nowMs = clock.monotonicMs();
    failures = nowMs - lastFailureMs > windowReturn.standingMs ? 1 : failures + 1;
    lastFailureMs = nowMs;
    const delayMs = nextWindowReturnMs(failures, supply.random());
    log.warn('A window of the wall failed and comes back.', { display: wish.name, what, failures, delayMs });
    calledOff();
    calledOff = clock.after(delayMs, again);
  }

  function load(own: ElectronWindow): void {
    if (own.isDestroyed()) return;
    own.loadURL(appStartUrl).catch((error: unknown) => {
      if (!own.isDestroyed()) returnLater(`load failed: ${error instanceof Error ? error.message : 'unknown'}`, () => load(own));
    });
  }

  function cover(own: ElectronWindow): void {
    if (ended || own.isDestroyed()) return;
    if (own.isMinimized()) own.restore();
    const simple = supply.platform === 'darwin';
    const bounds = own.getBounds();
    const { x, y, width, height } = wish.bounds;
    const there = bounds.x === x && bounds.y === y && bounds.width === width && bounds.height === height;
    if (there && (simple ? own.isSimpleFullScreen() : own.isFullScreen())) return;
    movingUntilMs = clock.monotonicMs() + windowReturn.moveMs;
    // A full-screen window does not move: it leaves, moves, and covers again. macOS's own full screen would make a
    // space of its own for each window and animate; the simple one just covers.
    if (simple) {
      own.setSimpleFullScreen(false);
      own.setBounds(wish.bounds);
      own.setSimpleFullScreen(true);
    } else {
      own.setFullScreen(false);
      own.setBounds(wish.bounds);
      own.setFullScreen(true);
    }
  }

  function open(): void {
    if (ended) return;
    const own = supply.open(wish);
    window = own;
    let shown = false;
    let hanging = () => {};
    const show = () => {
      if (shown || own.isDestroyed()) return;
      shown = true;
      own.show();
      cover(own);
    };
    const showAnyway = clock.after(windowReturn.showMs, show);
    own.on('ready-to-show', show);
    const uncovered = () => {
      if (clock.monotonicMs() > movingUntilMs) clock.after(windowReturn.coverMs, () => cover(own));
    };
    own.on('close', (event) => {
      if (supply.kiosk && !ended) event.preventDefault();
    });
    own.on('leave-full-screen', uncovered);
    own.on('minimize', uncovered);
    own.on('unresponsive', () => {
      hanging();
      hanging = clock.after(windowReturn.unresponsiveMs, () => {
        if (own.isDestroyed()) return;
        log.error('A window of the wall does not answer; its page is ended.', { display: wish.name });
        own.webContents.forcefullyCrashRenderer();
      });
    });
    own.on('responsive', () => hanging());
    own.webContents.on('render-process-gone', (_event, details) => {
      hanging();
      // A window that closed takes its page along, and is opened anew already.
      if (window !== own || own.isDestroyed()) return;
      returnLater(`page gone: ${details.reason} (${details.exitCode})`, () => load(own));
    });
    own.on('closed', () => {
      showAnyway();
      hanging();
      window = null;
      returnLater('closed', open);
    });
    load(own);
  }

  open();
  return {
    place(next) {
      wish = next;
      if (window !== null) cover(window);
    },
    focus() {
      if (window === null || window.isDestroyed()) return;
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    close() {
      ended = true;
      calledOff();
      if (window !== null && !window.isDestroyed()) window.destroy();
    },
  };
}
