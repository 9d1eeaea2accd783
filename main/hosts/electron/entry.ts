import { fileURLToPath } from 'node:url';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  utilityProcess,
} from 'electron';
import { createCell } from '../../../core/rpc/cell.ts';
import type { HostAbout } from '../../../core/host/host.contract.ts';
import { readOptions, startOptionDocs, startOptions } from '../../command-line.ts';
import { systemClock } from '../../ports/clock.ts';
import { setPin } from '../../set-pin.ts';
import { startServices } from '../../start-services.ts';
import { openElectronSettings } from '../../stores/electron-settings.ts';
import { electronKiosk } from '../kiosk-abilities.ts';
import { contentSecurityPolicy, permissionsPolicy } from '../content-security.ts';
import { preventDisplaySleep } from './display-sleep.ts';
import { createX11Displays } from '../x11-displays.ts';
import { createElectronDisplays } from './electron-displays.ts';
import { createGuardSpawner } from '../../supervision/guard-child.ts';
import { runGuard } from '../../ptz-guard/run-guard.ts';
import { electronGuardProgram, guardWord } from './electron-guard-program.ts';
import { createElectronGatewayProcess } from './electron-gateway-process.ts';
import { electronKeyring } from './electron-keyring.ts';
import { startElectronHost } from './electron-host.ts';
import { optionsOnStdin, ownArguments, readArgumentsFrom } from './launch-arguments.ts';
import { launchRefusal } from './launch-refusal.ts';
import { watchMain } from './main-fault.ts';
import { createOrderlyQuit } from './orderly-quit.ts';
import { registerAppScheme } from './privileged-scheme.ts';
import { watchProcesses } from './process-watch.ts';
import { listRendererFiles } from '../renderer-files.ts';
import { createSaveDialog } from './save-dialog.ts';
import { guardSession } from './session-guards.ts';
import { becomeOnlyInstance } from './single-instance.ts';
import { applySwitches } from './switches.ts';
import { wallWindowOptions } from './window-options.ts';

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** What was started, the last first. */
const closers: (() => void | Promise<void>)[] = [];

async function closeAll(): Promise<void> {
  for (const close of closers.splice(0)) await close();
}

/** Gives back what was started before it failed, and says why. */
async function failed(error: unknown): Promise<void> {
  await closeAll().catch(() => {});
  refuse(error instanceof Error ? error.message : 'Deedban could not start.', 4);
}

/** Ends before anything was started, with words where somebody sees them. */
function refuse(words: string, code: number): void {
  process.stderr.write(`${words}\n`);
  // A program started from a desktop has no terminal; without a display there is nobody to read a dialog.
  if (app.isPackaged && (process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])) {
    dialog.showErrorBox('Deedban', words);
  }
  app.exit(code);
}

/** Stops cameras when the main that started us is gone; opens nothing. */
function beGuard(): void {
  // The desktop shows no second Deedban; and a signal to quit is for main, by whose end we end.
  app.dock?.hide();
  app.on('before-quit', (event) => event.preventDefault());
  runGuard(() => app.exit(0));
}

// Chromium reads schemes and switches before it is ready, so this comes first and waits for nothing.
registerAppScheme(protocol);
applySwitches(app.commandLine, process.platform, process.env);
app.enableSandbox();
Menu.setApplicationMenu(null);

const refusal = launchRefusal({
  packaged: app.isPackaged,
  uid: process.getuid?.() ?? null,
  hasSwitch: (name) => app.commandLine.hasSwitch(name),
});
if (process.argv.includes(guardWord)) beGuard();
else if (refusal !== null) refuse(refusal, 4);
else await run().catch(failed);

async function run(): Promise<void> {
  const words = process.argv.includes(optionsOnStdin)
    ? await readArgumentsFrom(process.stdin)
    : ownArguments(process.argv, app.isPackaged);
  const options = startOptions(readOptions(words, startOptionDocs));

  if (options.setPin) {
    app.exit(
      await setPin({
        data: options.data,
        terminal: { input: process.stdin, output: process.stderr },
        openSettings: openElectronSettings,
      }),
    );
    return;
  }

  let focus = () => {};
  // The data folder's own lock decides in the end; this one only lets a second start show the wall that is there.
  if (options.data === null && !becomeOnlyInstance(app, () => focus())) {
    process.stderr.write('Deedban is already running; its wall was brought to the front.\n');
    app.exit(0);
    return;
  }
  await app.whenReady();

  const x11 = process.platform === 'linux' ? createX11Displays({ clock: systemClock }) : null;
  closers.unshift(() => x11?.close());
  await x11?.ready;
  const displays = createElectronDisplays(screen, x11);
  const about = createCell<HostAbout>({
    version: app.getVersion(),
    abilities: { leave: true, saves: true, kiosk: { on: false, ...electronKiosk } },
    notices: [
      ...(app.commandLine.hasSwitch('no-sandbox') ? (['sandbox-off'] as const) : []),
      ...(x11?.oneWindow ? (['one-window'] as const) : []),
    ],
  });
  closers.unshift(displays.close);
  let leave = () => {};
  const windowsOn = new Map<string, BrowserWindow>();
  const services = await startServices(
    {
      cameras: options.cameras,
      cameraFile: options.cameraFile,
      data: options.data,
      temporaryData: false,
      tiles: options.tiles,
      kiosk: options.kiosk,
    },
    {
      displays: displays.displays,
      about,
      openSettings: openElectronSettings,
      keyring: (log) => electronKeyring(safeStorage, process.platform, log),
      spawnGuard: createGuardSpawner(
        electronGuardProgram({
          execPath: process.execPath,
          appPath: app.isPackaged ? null : app.getAppPath(),
          hasSwitch: (name) => app.commandLine.hasSwitch(name),
          env: process.env,
        }),
      ),
      spawnGateway: (log) => createElectronGatewayProcess({ utilityProcess, modulePath: beside('./gateway.js'), log }),
      askSavePlace: (log) => createSaveDialog(dialog, (displayId) => windowsOn.get(displayId), log),
      leave: () => leave(),
    },
  );
  closers.unshift(() => services.close());
  const log = services.log.child('host');
  for (const { where, reason } of services.program.refused.current()) process.stderr.write(`not taken: ${where}: ${reason}\n`);

  const quit = createOrderlyQuit({
    app,
    close: closeAll,
    clock: systemClock,
    log,
  });
  leave = quit.leave;
  watchProcesses(app, log);
  watchMain({ process, relaunch: app.isPackaged ? () => app.relaunch() : null, leave: quit.leave, clock: systemClock, log });
  powerMonitor.on('shutdown', () => quit.leave());
  closers.unshift(preventDisplaySleep(powerSaveBlocker));

  const { kiosk } = services;
  const devTools = !app.isPackaged && !kiosk;
  // Nothing uses the default session; what should come to use it finds the same doors shut.
  guardSession(session.defaultSession, { devTools: false, log });
  const [seat] = services.settings.values.current().seats;
  if (seat === undefined) throw new Error('The settings name no seat.');
  const host = startElectronHost({
    app,
    ipcMain,
    sessionOf: (partition) => session.fromPartition(partition, { cache: false }),
    newWindow(wish, own) {
      const options = wallWindowOptions(wish, { preload: beside('./preload-electron.cjs'), session: own, devTools, kiosk });
      const window = new BrowserWindow(options);
      const { displayId } = wish;
      windowsOn.set(displayId, window);
      window.on('closed', () => {
        if (windowsOn.get(displayId) === window) windowsOn.delete(displayId);
      });
      return window;
    },
    wishes: services.program.windows,
    kiosk,
    files: await listRendererFiles(beside('./renderer')),
    policies: { contentSecurity: contentSecurityPolicy, permissions: permissionsPolicy },
    devTools,
    seat: { ...seat, signedIn: false },
    program: services.program,
    clock: systemClock,
    random: Math.random,
    log,
    platform: process.platform,
  });
  closers.unshift(() => host.close());
  focus = host.focus;
}
