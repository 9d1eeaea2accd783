import type { BrowserWindowConstructorOptions, Session } from 'electron';
import type { WindowWish } from '../../ports/displays.ts';

/**
 * How a wall's window is made. Everything that keeps a page in its box is said here, defaults too: a default may change.
 *
 * `backgroundThrottling` is off from the start and never toggled: toggled while a window is covered it can leave videos
 * that no longer paint.
 */
export function wallWindowOptions(
  wish: WindowWish,
  supply: { preload: string; session: Session; devTools: boolean; kiosk: boolean },
): BrowserWindowConstructorOptions {
  return {
    ...wish.bounds,
    show: false,
    frame: false,
    // What a technician sees in the system's list of windows.
    title: `Deedban: ${wish.name}`,
    backgroundColor: '#0b0d0f',
    autoHideMenuBar: true,
    // Without it a frameless window is inset by its invisible border on Windows.
    thickFrame: false,
    enableLargerThanScreen: true,
    // In a kiosk the system's own bars and gestures are kept away too, where it lets a program do that.
    // (On macOS that would be a full screen of its own kind, which a wall's window does not use.)
    kiosk: supply.kiosk && process.platform !== 'darwin',
    closable: !supply.kiosk,
    minimizable: !supply.kiosk,
    webPreferences: {
      preload: supply.preload,
      session: supply.session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: supply.devTools,
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
    },
  };
}
