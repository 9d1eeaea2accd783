import { EventEmitter } from 'node:events';
import { createCell, type Watchable } from '../../core/rpc/cell.ts';
import { ipcChannels } from '../../core/rpc/ipc-channels.ts';
import { createElectronDisplays } from '../../main/hosts/electron/electron-displays.ts';
import { startElectronHost } from '../../main/hosts/electron/electron-host.ts';
import type { WindowWish } from '../../main/ports/displays.ts';
import type { Admission } from '../../main/program.ts';
import { wallWishes } from '../host/support/wall-wishes.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { PretendIpcMain, PretendScreen, PretendSession, PretendWindow, pretendDisplay } from './pretend-electron.ts';
import { createPretendLog } from './pretend-log.ts';

/** Wishes of one kind, until a test wishes for another. */
function kinds(walls: Watchable<readonly WindowWish[]>) {
  const cell = createCell(walls.current());
  walls.subscribe((wishes) => cell.set(wishes));
  return cell;
}

const seat = { number: 1, role: 'supervisor', priority: 50, signedIn: false } as const;

/** A host on pretended displays; `windows` are all that were ever opened, with the display each was opened on. */
export function startOn(screen: PretendScreen, platform: NodeJS.Platform = 'linux', kiosk = false) {
  const windows: PretendWindow[] = [];
  const sessions = new Map<string, PretendSession>();
  const used: PretendSession[] = [];
  const admitted: Admission[] = [];
  const askedBy: string[] = [];
  const clock = createFakeClock();
  const log = createPretendLog();
  const ipcMain = new PretendIpcMain();
  const app = new EventEmitter();
  const displays = createElectronDisplays(screen, null);
  const wishes = kinds(wallWishes(displays.displays));
  const host = startElectronHost({
    app,
    ipcMain,
    sessionOf(partition) {
      const own = sessions.get(partition) ?? new PretendSession();
      sessions.set(partition, own);
      return own;
    },
    newWindow(wish, session) {
      const window = new PretendWindow(wish.bounds);
      app.emit('web-contents-created', {}, window.webContents);
      used.push(session);
      windows.push(window);
      return window;
    },
    wishes,
    kiosk,
    files: new Map(),
    policies: { contentSecurity: '', permissions: '' },
    devTools: false,
    seat,
    program: {
      admit: (_transport, admission) => admitted.push(admission),
      byAddress(_request, windowIds) {
        askedBy.push(...windowIds);
        return Promise.resolve(new Response(null, { status: 201 }));
      },
      close: () => Promise.resolve(),
    },
    clock,
    random: () => 0.999,
    log,
    platform,
  });
  const open = () => windows.filter((window) => !window.isDestroyed());
  const connect = (window: PretendWindow) =>
    ipcMain.invoke({ sender: window.webContents, senderFrame: window.webContents.mainFrame }, ipcChannels.open, '000000aa');
  return { host, displays, wishes, windows, open, sessions, used, admitted, askedBy, clock, log, connect };
}

export const two = () => new PretendScreen(pretendDisplay(11, 0), pretendDisplay(22, 1920));

/** As Electron does when a window has painted. */
export const paint = (window: PretendWindow | undefined) => window?.emit('ready-to-show');
