import { randomBytes } from 'node:crypto';
import type { Seat } from '../../../core/access/seat.ts';
import type { WindowKind } from '../../../core/displays/displays.contract.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { Clock } from '../../ports/clock.ts';
import { wholeWallId, type WindowWish } from '../../ports/displays.ts';
import type { Log } from '../../ports/log.ts';
import type { SeatSetting } from '../../ports/settings.ts';
import type { Program } from '../../program.ts';
import { startChromium } from './chromium-process.ts';
import { createEntryCodes } from './entry-codes.ts';
import { findChromium } from './find-chromium.ts';
import { startHttpServer } from './http-server.ts';
import { BrowserHostProblem } from './listen-on-loopback.ts';
import { createWallWindows, type WallWindows } from './wall-windows.ts';
import { createWindowCookies } from './window-cookie.ts';

export interface BrowserHostOptions {
  readonly program: Pick<Program, 'admit' | 'byAddress'>;
  readonly clock: Clock;
  readonly log: Log;
  /** The built renderer. */
  readonly rendererDir: string;
  /** Exactly this port; null where any will do. */
  readonly port: number | null;
  /** Tried first where `port` is null: the last one, so that an address on a desk stays good. */
  readonly preferredPort: number | null;
  /** At least 32 bytes, kept where only this user can read them; with the same key a new main knows the old one's windows. */
  readonly sessionKey: Buffer;
  /** The windows opened here belong to the first; an address is printed for each. */
  readonly seats: readonly SeatSetting[];
  /** The windows there should be, as displays come, move and go. */
  readonly wishes: Watchable<readonly WindowWish[]>;
  /** `displays`: those that are wished for; `headless`: one of the wall that nobody sees; `none`: none. */
  readonly windows: 'displays' | 'none' | 'headless';
  readonly sandbox: boolean;
  /** The screen of a headless window, in pixels; 1920 × 1080 by default. */
  readonly headlessSize?: { readonly width: number; readonly height: number };
  /** This process's by default: where the browser is (`CHROMIUM_PATH`, `PATH`) and the display it opens on. */
  readonly env?: NodeJS.ProcessEnv;
  /** What the browser at the printed address is for; `shared` by default. */
  readonly printedKind?: WindowKind;
  /** Told each new address of a seat after its first: the last one was used, or became too old. */
  addressChanged?(address: string, seatNumber: number): void;
}

export interface BrowserHost {
  /** Without any code: it lets nobody in by itself. */
  readonly url: string;
  readonly port: number;
  /**
   * An address that lets one browser in, once, within 12 hours, as a window of this kind; of `printedKind` by default, and then the
   * same address until it was used. For the first seat by default; throws where there is no such seat.
   */
  printedAddress(kind?: WindowKind, seatNumber?: number): string;
  /** Null where no window is opened. */
  readonly windows: WallWindows | null;
  /** A PNG of one window. Rejects where there is none. */
  screenshot(displayId?: string): Promise<Buffer>;
  /** Ends the windows and the browser, then the server. The program is not ended. */
  close(): Promise<void>;
}

const printedCodeLivesMs = 12 * 3_600_000;
const windowCodeLivesMs = 120_000;

/**
 * Serves the wall to browsers of this machine and, where asked, opens the Chromium windows that are wished for.
 * Rejects with a BrowserHostProblem where a person can mend it: the port is taken, there is no browser.
 */
export async function createBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const { program, clock, log, rendererDir, port, preferredPort, env = process.env } = options;
  const [firstSeat] = options.seats;
  if (firstSeat === undefined) throw new BrowserHostProblem('The settings name no seat.');
  const chromium = options.windows === 'none' ? null : findChromium(env);
  if (options.windows !== 'none' && chromium === null) {
    throw new BrowserHostProblem(
      'There is no Chromium on this machine. Install one (Debian: apt-get install chromium), or set CHROMIUM_PATH.',
    );
  }

  const codes = createEntryCodes(() => clock.monotonicMs());
  const cookies = createWindowCookies(options.sessionKey, () => clock.utcMs());
  const seats = new Map(options.seats.map((seat): [number, Seat] => [seat.number, { ...seat, signedIn: false }]));
  const windowIds = new Map<string, string>();
  const printed = new Map<number, { windowId: string; address: string; callOff(): void }>();

  const server = await startHttpServer({
    program,
    rendererDir,
    codes,
    cookies,
    clock,
    log,
    port,
    preferredPort,
    seat: (number) => seats.get(number) ?? null,
    entered: ({ windowId, displayId }) => {
      log.info('a window came in', { display: displayId });
      for (const [seatNumber, { windowId: own }] of printed) if (windowId === own) printAnew(seatNumber);
    },
  });
  const url = `http://127.0.0.1:${server.port}/`;

  const addressFor = (windowId: string, seatNumber: number, displayId: string, windowKind: WindowKind, livesMs: number) =>
    `${url}#code=${codes.issue({ windowId, seatNumber, displayId, windowKind }, livesMs)}`;
  const addressOfKind = (kind: WindowKind, seatNumber: number, windowId: string) =>
    addressFor(windowId, seatNumber, wholeWallId, kind, printedCodeLivesMs);
  const printedKind = options.printedKind ?? 'shared';
  const newWindowId = () => randomBytes(16).toString('base64url');
  function print(seatNumber: number): string {
    const windowId = newWindowId();
    const address = addressOfKind(printedKind, seatNumber, windowId);
    printed.get(seatNumber)?.callOff();
    printed.set(seatNumber, { windowId, address, callOff: clock.after(printedCodeLivesMs, () => printAnew(seatNumber)) });
    return address;
  }
  function printAnew(seatNumber: number): void {
    options.addressChanged?.(print(seatNumber), seatNumber);
  }
  for (const seatNumber of seats.keys()) print(seatNumber);

  /** The same as long as main runs, so that a window that comes back is the one it was. */
  function windowIdOf({ displayId, windowKind }: WindowWish): string {
    const place = `${windowKind} ${displayId}`;
    const known = windowIds.get(place) ?? newWindowId();
    windowIds.set(place, known);
    return known;
  }
  const headless = options.windows === 'headless' ? (options.headlessSize ?? { width: 1_920, height: 1_080 }) : null;
  const windows =
    chromium === null
      ? null
      : createWallWindows({
          wishes: headless === null ? options.wishes : oneWindow(headless),
          start: () => startChromium({ path: chromium, sandbox: options.sandbox, headless, clock, env }),
          address: (wish) => addressFor(windowIdOf(wish), firstSeat.number, wish.displayId, wish.windowKind, windowCodeLivesMs),
          origin: url.slice(0, -1),
          connected: (wish) => server.connected(windowIdOf(wish)),
          clock,
          random: Math.random,
          log,
        });
  return {
    url,
    port: server.port,
    printedAddress(kind = printedKind, seatNumber = firstSeat.number) {
      const own = printed.get(seatNumber);
      if (own === undefined) throw new Error(`there is no seat ${seatNumber}`);
      return kind === printedKind ? own.address : addressOfKind(kind, seatNumber, newWindowId());
    },
    windows,
    screenshot: async (displayId) => {
      if (windows === null) throw new Error('no window is opened here');
      return windows.screenshot(displayId);
    },
    async close() {
      for (const { callOff } of printed.values()) callOff();
      await windows?.close();
      await server.close();
    },
  };
}

/** What a headless browser shows is the wall and nothing else, on a screen of this size. */
function oneWindow(size: { readonly width: number; readonly height: number }): Watchable<readonly WindowWish[]> {
  const bounds = { x: 0, y: 0, ...size };
  return createCell([{ displayId: wholeWallId, windowKind: 'wall', name: wholeWallId, primary: true, bounds }]);
}
