import type { Watchable } from '../../../core/rpc/cell.ts';
import type { WindowWish } from '../../ports/displays.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Seat } from '../../../core/access/seat.ts';
import type { Admission, Program } from '../../program.ts';
import { handleAppProtocol, type PagePolicies, type ProtocolHandling } from './app-protocol.ts';
import { type GuardedContents, guardContents } from './contents-guards.ts';
import { type IpcContents, type IpcMain, serveIpc } from './ipc-server.ts';
import type { RendererFiles } from '../renderer-files.ts';
import { type GuardedSession, guardSession } from './session-guards.ts';
import type { ElectronWindow } from './wall-window.ts';
import { createWallWindows } from './windows.ts';

/** A window's own session: nothing of it is written to disk, and its requests are known to be its own. */
export interface WindowSession extends GuardedSession {
  readonly protocol: ProtocolHandling;
}

export interface ElectronHostSupply<S extends WindowSession> {
  readonly app: { on(event: 'web-contents-created', listener: (event: unknown, contents: GuardedContents) => void): unknown };
  readonly ipcMain: IpcMain;
  /** The session of a partition: the same object for the same name. */
  sessionOf(partition: string): S;
  newWindow(wish: WindowWish, session: S): ElectronWindow & { readonly webContents: IpcContents };
  /** The windows there should be, as displays come, move and go. */
  readonly wishes: Watchable<readonly WindowWish[]>;
  /** Nobody closes a window of a kiosk. */
  readonly kiosk: boolean;
  readonly files: RendererFiles;
  readonly policies: PagePolicies;
  /** Only in a checkout. */
  readonly devTools: boolean;
  readonly seat: Seat;
  readonly program: Program;
  readonly clock: Clock;
  random(): number;
  readonly log: Log;
  readonly platform: NodeJS.Platform;
}

/**
 * Puts the wall on the displays and the windows in touch with the services. Each window has a session of its own:
 * `protocol.handle` does not say which window asks (electron issue 45869), and main must know whose media it forwards.
 */
export function startElectronHost<S extends WindowSession>(supply: ElectronHostSupply<S>): { focus(): void; close(): void } {
  const { program, log, devTools } = supply;
  const admissions = new Map<number, Admission>();

  supply.app.on('web-contents-created', (_event, contents) => guardContents(contents, log));
  const ipc = serveIpc({
    ipcMain: supply.ipcMain,
    admissionOf: (contentsId) => admissions.get(contentsId),
    admit: (transport, admission) => program.admit(transport, admission),
    log,
  });

  const sessions = new Map<string, S>();
  function sessionOf(windowId: string): S {
    const known = sessions.get(windowId);
    if (known !== undefined) return known;
    // Without `persist:` a partition lives in memory.
    const session = supply.sessionOf(`wall-${windowId}`);
    guardSession(session, { devTools, log });
    handleAppProtocol(session.protocol, {
      files: supply.files,
      policies: supply.policies,
      byAddress: (request) => program.byAddress(request, [windowId]),
      log,
    });
    sessions.set(windowId, session);
    return session;
  }

  const windows = createWallWindows({
    wishes: supply.wishes,
    kiosk: supply.kiosk,
    open(wish, windowId) {
      const window = supply.newWindow(wish, sessionOf(windowId));
      const { id } = window.webContents;
      const { displayId, windowKind } = wish;
      admissions.set(id, { windowId, seat: supply.seat, displayId, windowKind });
      window.webContents.on('destroyed', () => admissions.delete(id));
      return window;
    },
    clock: supply.clock,
    random: supply.random,
    log,
    platform: supply.platform,
  });

  return {
    focus: windows.focusFirst,
    close() {
      windows.close();
      ipc.close();
    },
  };
}
