import { EventEmitter } from 'node:events';
import type { GuardedContents } from '../../main/hosts/electron/contents-guards.ts';
import type { ScreenDisplay, Screen } from '../../main/hosts/electron/electron-displays.ts';
import type { WindowSession } from '../../main/hosts/electron/electron-host.ts';
import type { IpcContents, IpcEvent, IpcMain } from '../../main/hosts/electron/ipc-server.ts';
import type { GuardedSession } from '../../main/hosts/electron/session-guards.ts';
import type { ElectronWindow } from '../../main/hosts/electron/wall-window.ts';

/**
 * Electron's modules in small, as far as the host uses them. Each implements the very interface the host declares, and
 * `entry.ts` hands Electron's own objects to those interfaces, so the compiler notices where the two drift apart.
 */

/** An event with the one thing listeners do to it. */
export function preventable(): { prevented: boolean; preventDefault(): void } {
  const event = {
    prevented: false,
    preventDefault() {
      event.prevented = true;
    },
  };
  return event;
}

let lastContentsId = 0;

export class PretendContents extends EventEmitter implements IpcContents, GuardedContents {
  readonly id = ++lastContentsId;
  readonly mainFrame = { parent: null, origin: 'app://deedban' };
  /** What main sent: channel and values. */
  readonly sent: [string, ...unknown[]][] = [];
  /** A preload listens here. */
  readonly toPreload = new EventEmitter();
  openHandler: (() => { action: 'deny' }) | null = null;
  destroyed = false;
  crashes = 0;

  isDestroyed(): boolean {
    return this.destroyed;
  }
  send(channel: string, ...values: unknown[]): void {
    if (this.destroyed) throw new Error('Object has been destroyed');
    // Values cross a process border: only copies arrive, and later.
    const copies = structuredClone(values);
    this.sent.push([channel, ...copies]);
    setImmediate(() => this.toPreload.emit(channel, {}, ...copies));
  }
  setWindowOpenHandler(handler: () => { action: 'deny' }): void {
    this.openHandler = handler;
  }
  forcefullyCrashRenderer(): void {
    this.crashes += 1;
    this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
  }
}

export class PretendWindow extends EventEmitter implements ElectronWindow {
  readonly webContents = new PretendContents();
  readonly loads: string[] = [];
  bounds: ScreenDisplay['bounds'];
  fullScreen = false;
  minimized = false;
  shown = false;
  focused = false;
  /** The next loads fail with this. */
  failLoads: Error | null = null;

  constructor(bounds: ScreenDisplay['bounds']) {
    super();
    this.bounds = bounds;
  }
  loadURL(url: string): Promise<void> {
    this.loads.push(url);
    return this.failLoads === null ? Promise.resolve() : Promise.reject(this.failLoads);
  }
  isDestroyed(): boolean {
    return this.webContents.destroyed;
  }
  isFullScreen(): boolean {
    return this.fullScreen;
  }
  isSimpleFullScreen(): boolean {
    return this.fullScreen;
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  setBounds(bounds: ScreenDisplay['bounds']): void {
    // As real ones do: a full-screen window stays where it is.
    if (!this.fullScreen) this.bounds = bounds;
  }
  getBounds(): ScreenDisplay['bounds'] {
    return this.bounds;
  }
  setFullScreen(on: boolean): void {
    const left = this.fullScreen && !on;
    this.fullScreen = on;
    if (left) this.emit('leave-full-screen');
  }
  setSimpleFullScreen(on: boolean): void {
    this.fullScreen = on;
  }
  show(): void {
    this.shown = true;
  }
  restore(): void {
    this.minimized = false;
  }
  focus(): void {
    this.focused = true;
  }
  /** Somebody closes it: Alt+F4, the desktop's list of windows. */
  close(): void {
    const event = preventable();
    this.emit('close', event);
    if (!event.prevented) this.destroy();
  }
  destroy(): void {
    if (this.webContents.destroyed) return;
    this.webContents.destroyed = true;
    this.webContents.emit('destroyed');
    this.emit('closed');
  }
}

export class PretendScreen extends EventEmitter implements Screen {
  all: ScreenDisplay[];
  constructor(...all: ScreenDisplay[]) {
    super();
    this.all = all;
  }
  getAllDisplays(): ScreenDisplay[] {
    return this.all;
  }
  getPrimaryDisplay(): { id: number } {
    const [first] = this.all;
    if (first === undefined) throw new Error('there is no display');
    return first;
  }
  become(...all: ScreenDisplay[]): void {
    this.all = all;
    this.emit('display-metrics-changed', {}, all[0], ['bounds']);
  }
}

/** A display of 1920×1080 at a place. */
export function pretendDisplay(id: number, x: number, label = `Monitor ${id}`): ScreenDisplay {
  return { id, label, bounds: { x, y: 0, width: 1920, height: 1080 }, scaleFactor: 1 };
}

type PermissionRequest = Parameters<GuardedSession['setPermissionRequestHandler']>[0];
type PermissionCheck = Parameters<GuardedSession['setPermissionCheckHandler']>[0];
type BeforeRequest = Parameters<GuardedSession['webRequest']['onBeforeRequest']>[0];

export class PretendSession extends EventEmitter implements WindowSession {
  permissionRequest: PermissionRequest | null = null;
  permissionCheck: PermissionCheck | null = null;
  devicePermission: (() => boolean) | null = null;
  displayMedia: ((request: unknown, answer: (streams: null) => void) => void) | null = null;
  beforeRequest: BeforeRequest | null = null;
  spellChecker = true;
  proxy = 'system';
  readonly handlers = new Map<string, (request: Request) => Promise<Response>>();
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) => {
      if (this.handlers.has(scheme)) throw new Error('The scheme has been registered');
      this.handlers.set(scheme, handler);
    },
    isProtocolHandled: (scheme: string) => this.handlers.has(scheme),
  };
  readonly webRequest = {
    onBeforeRequest: (listener: BeforeRequest) => {
      this.beforeRequest = listener;
    },
  };
  setPermissionRequestHandler(handler: PermissionRequest): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: PermissionCheck): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.devicePermission = handler;
  }
  setDisplayMediaRequestHandler(handler: (request: unknown, answer: (streams: null) => void) => void): void {
    this.displayMedia = handler;
  }
  setBluetoothPairingHandler(): void {}
  setSpellCheckerEnabled(enable: boolean): void {
    this.spellChecker = enable;
  }
  setProxy(config: { mode: 'direct' }): Promise<void> {
    this.proxy = config.mode;
    return Promise.resolve();
  }
}

export class PretendIpcMain extends EventEmitter implements IpcMain {
  readonly #answers = new Map<string, (event: IpcEvent, ...values: unknown[]) => unknown>();
  handle(channel: string, answer: (event: IpcEvent, ...values: unknown[]) => unknown): void {
    if (this.#answers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#answers.set(channel, answer);
  }
  removeHandler(channel: string): void {
    this.#answers.delete(channel);
  }
  /** A window's `invoke`: arrives later, and only copies cross. */
  async invoke(event: IpcEvent, channel: string, ...values: unknown[]): Promise<unknown> {
    const copies = structuredClone(values);
    await new Promise((resolve) => setImmediate(resolve));
    const answer = this.#answers.get(channel);
    if (answer === undefined) throw new Error(`No handler registered for '${channel}'`);
    return structuredClone(await answer(event, ...copies));
  }
}
