import type { Log } from '../../ports/log.ts';
import { appStartUrl } from './own-origin.ts';

interface Preventable {
  preventDefault(): void;
}

/** What of Electron's `WebContents` the guards use. */
export interface GuardedContents {
  on(
    event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect',
    listener: (details: Preventable & { url: string }) => void,
  ): unknown;
  on(event: 'will-attach-webview', listener: (event: Preventable) => void): unknown;
  on(event: 'login', listener: (event: Preventable) => void): unknown;
  on(
    event: 'select-bluetooth-device',
    listener: (event: Preventable, devices: unknown, answer: (id: string) => void) => void,
  ): unknown;
  setWindowOpenHandler(handler: () => { action: 'deny' }): void;
}

/**
 * Keeps a window on the page it was opened with: no navigation but a reload of that page, no redirect, no further
 * window, no `<webview>`, no password dialog. Call it for every web contents there ever is (`web-contents-created`).
 */
export function guardContents(contents: GuardedContents, log: Log): void {
  const deny = (what: string) => (event: Preventable) => {
    event.preventDefault();
    log.warn('A window tried to leave its page and was denied.', { what });
  };
  const stay = (what: string) => (details: Preventable & { url: string }) => {
    if (details.url !== appStartUrl) deny(what)(details);
  };
  contents.on('will-navigate', stay('navigation'));
  contents.on('will-frame-navigate', stay('frame navigation'));
  contents.on('will-redirect', stay('redirect'));
  contents.on('will-attach-webview', deny('webview'));
  contents.on('login', deny('login'));
  contents.on('select-bluetooth-device', (event, _devices, answer) => {
    event.preventDefault();
    answer('');
  });
  contents.setWindowOpenHandler(() => {
    log.warn('A window tried to open another one and was denied.');
    return { action: 'deny' };
  });
}
