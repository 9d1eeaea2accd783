import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createCell } from '../../core/rpc/cell.ts';
import { firstSeat } from '../../main/ports/settings.ts';
import type { WindowWish } from '../../main/ports/displays.ts';
import type { HostPorts } from '../../main/start-services.ts';
import { createPretendLog } from './pretend-log.ts';
import { PretendIpcMain, PretendScreen, PretendSession, PretendWindow, preventable, pretendDisplay } from './pretend-electron.ts';

/** What the entry starts. */
const services = vi.hoisted(() => ({ started: [] as unknown[], closed: 0, kiosk: false }));
/** What the entry gives to the services. */
const given = vi.hoisted(() => ({ host: null as HostPorts | null }));
vi.mock('../../main/stores/electron-settings.ts', () => ({ openElectronSettings: () => expect.unreachable() }));
const guards = vi.hoisted(() => ({ ends: [] as (() => void)[] }));
vi.mock('../../main/ptz-guard/run-guard.ts', () => ({ runGuard: (end: () => void) => guards.ends.push(end) }));
vi.mock('../../main/hosts/renderer-files.ts', () => ({ listRendererFiles: () => Promise.resolve(new Map()) }));
vi.mock('../../main/start-services.ts', () => ({
  startServices(options: unknown, host: HostPorts) {
    services.started.push(options);
    given.host = host;
    return Promise.resolve({
      program: {
        admit: () => {},
        byAddress: () => Promise.resolve(new Response()),
        refused: createCell([]),
        windows: createCell([0, 1_920].map((x, index) => wish(`d${index}`, x))),
      },
      kiosk: services.kiosk,
      settings: { values: createCell({ seats: [firstSeat] }) },
      log: createPretendLog(),
      close() {
        services.closed += 1;
        return Promise.resolve();
      },
    });
  },
}));

const wish = (displayId: string, x: number): WindowWish => ({
  displayId,
  windowKind: 'wall',
  name: displayId,
  primary: x === 0,
  bounds: { x, y: 0, width: 1_920, height: 1_080 },
});

const argv = process.argv;
/** Those of the test runner, given back after each test. */
const faultListeners = process.listeners('uncaughtException');

function pretendModule(facts: { packaged?: boolean; switches?: string[]; first?: boolean } = {}) {
  const windows: { window: PretendWindow; options: Record<string, unknown> }[] = [];
  const exits: number[] = [];
  const schemes: unknown[] = [];
  const app = Object.assign(new EventEmitter(), {
    isPackaged: facts.packaged ?? false,
    commandLine: {
      hasSwitch: (name: string) => facts.switches?.includes(name) ?? false,
      appendSwitch: () => {},
      getSwitchValue: () => '',
    },
    enableSandbox: vi.fn(),
    exit: (code: number) => exits.push(code),
    requestSingleInstanceLock: () => facts.first ?? true,
    whenReady: () => Promise.resolve(),
    getVersion: () => '0.0.0',
    getAppPath: () => '/pretended/app',
  });
  class BrowserWindow extends PretendWindow {
    constructor(options: { x: number; y: number; width: number; height: number }) {
      super(options);
      windows.push({ window: this, options: { ...options } });
      app.emit('web-contents-created', {}, this.webContents);
    }
  }
  const sleep = { start: vi.fn(() => 1), stop: vi.fn(), isStarted: () => true };
  const module = {
    app,
    BrowserWindow,
    dialog: { showErrorBox: vi.fn(), showSaveDialog: vi.fn(async () => ({ canceled: false, filePath: '/chosen.zip' })) },
    ipcMain: new PretendIpcMain(),
    Menu: { setApplicationMenu: vi.fn() },
    powerMonitor: new EventEmitter(),
    powerSaveBlocker: sleep,
    protocol: { registerSchemesAsPrivileged: (list: unknown[]) => schemes.push(...list) },
    screen: new PretendScreen(pretendDisplay(1, 0), pretendDisplay(2, 1920)),
    session: { defaultSession: new PretendSession(), fromPartition: () => new PretendSession() },
    utilityProcess: { fork: () => expect.unreachable() },
  };
  // Not vi.mock: each test has an Electron of its own.
  vi.doMock('electron', () => module);
  return { app, windows, exits, schemes, sleep, dialog: module.dialog };
}

beforeEach(() => {
  vi.resetModules();
  vi.stubEnv('DISPLAY', '');
  services.kiosk = false;
  services.started.length = 0;
  services.closed = 0;
});
afterEach(() => {
  process.argv = argv;
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.removeAllListeners('uncaughtException');
  for (const listener of faultListeners) process.on('uncaughtException', listener);
});

const start = () => import('../../main/hosts/electron/entry.ts');

test('the entry opens a closed box on every display, keeps them awake, and ends in order', async () => {
  const { app, windows, exits, schemes, sleep } = pretendModule();
  process.argv = ['electron', '.', '--data', '/pretended', '--tiles', '9'];
  await start();
  expect(exits).toEqual([]);
  expect(schemes).toHaveLength(1);
  expect(windows.map(({ window }) => window.loads)).toEqual([['app://deedban/'], ['app://deedban/']]);
  for (const { options } of windows) {
    expect(options).toMatchObject({
      show: false,
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
        backgroundThrottling: false,
        spellcheck: false,
      },
    });
  }
  expect(sleep.start).toHaveBeenCalledWith('prevent-display-sleep');
  const event = preventable();
  app.emit('before-quit', event);
  await expect.poll(() => exits, { timeout: 15_000 }).toEqual([0]);
  expect(event.prevented).toBe(true);
  expect(windows.every(({ window }) => window.isDestroyed())).toBe(true);
  expect(sleep.stop).toHaveBeenCalledOnce();
  expect(services).toEqual({
    started: [{ cameras: [], cameraFile: null, data: '/pretended', temporaryData: false, tiles: 9, kiosk: false }],
    closed: 1,
    kiosk: false,
  });
});

test('a kiosk opens windows that nobody closes and that have no developer tools', async () => {
  const { windows } = pretendModule();
  services.kiosk = true;
  process.argv = ['electron', '.', '--data', '/pretended', '--kiosk'];
  await start();
  expect(services.started).toMatchObject([{ kiosk: true }]);
  for (const { window, options } of windows) {
    expect(options).toMatchObject({ kiosk: true, closable: false, minimizable: false, webPreferences: { devTools: false } });
    window.close();
    expect(window.isDestroyed()).toBe(false);
  }
});

test('where a file is to go is asked in front of the window of the display that asks, as long as it has one', async () => {
  const { windows, dialog } = pretendModule();
  process.argv = ['electron', '.', '--data', '/pretended'];
  await start();
  const ask = given.host?.askSavePlace?.(createPretendLog());
  expect(await ask?.('d1', 'bundle.zip')).toBe('/chosen.zip');
  expect(dialog.showSaveDialog.mock.calls).toEqual([
    [windows[1]?.window, expect.objectContaining({ defaultPath: 'bundle.zip' })],
  ]);
  windows[1]?.window.destroy();
  expect(await ask?.('d1', 'bundle.zip')).toBeNull();
});

test('the packaged program started as root opens nothing and says why', async () => {
  const { windows, exits } = pretendModule({ packaged: true });
  vi.spyOn(process, 'getuid').mockReturnValue(0);
  const words = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await start();
  expect([exits, windows.length]).toEqual([[4], 0]);
  expect(words.mock.calls.join()).toContain('does not run as root');
});

test('a second start on the same data ends at once, with words', async () => {
  const { windows, exits } = pretendModule({ first: false });
  process.argv = ['electron', '.'];
  const words = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await start();
  expect([exits, windows.length]).toEqual([[0], 0]);
  expect(words.mock.calls.join()).toContain('already running');
});

test('the guard is the same program that opens nothing, stays when it is asked to quit, and ends when everything stands', async () => {
  const { app, windows, exits } = pretendModule();
  const { electronGuardProgram } = await import('../../main/hosts/electron/electron-guard-program.ts');
  const hasSwitch = (name: string) => name === 'no-sandbox';
  const program = electronGuardProgram({ execPath: '/bin/electron', appPath: '/app', hasSwitch, env: { HOME: '/home/op' } });
  expect(program).toMatchObject({ command: '/bin/electron', env: { HOME: '/home/op' } });
  expect(program.words).toContain('--no-sandbox');
  expect(program.words).toContain('--ozone-platform=headless');
  process.argv = [program.command, ...program.words];
  await start();
  const quit = preventable();
  app.emit('before-quit', quit);
  expect([quit.prevented, windows.length, services.started.length, exits]).toEqual([true, 0, 0, []]);
  for (const end of guards.ends) end();
  expect(exits).toEqual([0]);
});

test('a mistake on the command line is said and nothing is left open', async () => {
  const { windows, exits } = pretendModule();
  process.argv = ['electron', '.', '--no-such-option'];
  const words = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await start();
  expect([exits, windows.length]).toEqual([[4], 0]);
  expect(words.mock.calls.join()).toContain('no-such-option');
});
