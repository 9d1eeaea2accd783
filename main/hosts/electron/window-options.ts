import type { BrowserWindowConstructorOptions, Session } from 'electron';
import type { Display } from '../../ports/displays.ts';

/**
 * How a wall's window is made. Everything that keeps a page in its box is said here, defaults too: a default may change.
 *
 * `backgroundThrottling` is off from the start and never toggled: toggled while a window is covered it can leave videos
 * that no longer paint.
 */
export function wallWindowOptions(
  display: Display,
  supply: { preload: string; session: Session; devTools: boolean },
): BrowserWindowConstructorOptions {
  return {
    ...display.bounds,
    show: false,
    frame: false,
    title: 'Deedban',
    backgroundColor: '#0b0d0f',
    autoHideMenuBar: true,
    // Without it a frameless window is inset by its invisible border on Windows.
    thickFrame: false,
    enableLargerThanScreen: true,
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
