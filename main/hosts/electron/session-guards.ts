import type { Log } from '../../ports/log.ts';
import { appOrigin, appStartUrl, isOwnUrl } from './own-origin.ts';

/** What of Electron's `Session` the guards use. */
export interface GuardedSession {
  setPermissionRequestHandler(
    handler: (
      webContents: unknown,
      permission: string,
      answer: (granted: boolean) => void,
      details: { requestingUrl?: string; isMainFrame?: boolean },
    ) => void,
  ): void;
  setPermissionCheckHandler(
    handler: (
      webContents: unknown,
      permission: string,
      requestingOrigin: string,
      details: { requestingUrl?: string; isMainFrame?: boolean },
    ) => boolean,
  ): void;
  setDevicePermissionHandler(handler: () => boolean): void;
  setDisplayMediaRequestHandler(handler: (request: unknown, answer: (streams: null) => void) => void): void;
  setBluetoothPairingHandler(handler: (details: unknown, answer: (response: { confirmed: boolean }) => void) => void): void;
  setSpellCheckerEnabled(enable: boolean): void;
  setProxy(config: { mode: 'direct' }): Promise<void>;
  on(event: 'will-download', listener: (event: { preventDefault(): void }) => void): unknown;
  readonly webRequest: {
    onBeforeRequest(
      listener: (details: { url: string; resourceType: string }, answer: (response: { cancel: boolean }) => void) => void,
    ): void;
  };
}

/**
 * Chromium's Local Network Access asks before a page reaches private addresses, WebRTC included
 * (https://wicg.github.io/local-network-access/). Every camera picture comes from such an address, from the gateway on
 * loopback or on the control room's network. Requests over HTTP stay closed by the CSP and by `onBeforeRequest`.
 */
const neededForPictures: ReadonlySet<string> = new Set(['local-network', 'local-network-access', 'loopback-network']);

/** Whether a page may have a permission. Denied unless our own main frame needs it to show pictures. */
export function permits(permission: string, requester: string, isMainFrame: boolean): boolean {
  return neededForPictures.has(permission) && isMainFrame && (requester === appOrigin || isOwnUrl(requester));
}

/** Whether a session may load an address: only what the program brought along. `devTools` is for a checkout. */
export function mayLoad(url: string, resourceType: string, devTools: boolean): boolean {
  if (isOwnUrl(url) || url.startsWith(`blob:${appStartUrl}`)) return true;
  // Inlined pictures and fonts touch no network; as a page they would be an origin without our policy.
  if (url.startsWith('data:')) return resourceType !== 'mainFrame' && resourceType !== 'subFrame';
  return devTools && url.startsWith('devtools:');
}

/** Closes everything a session could open besides our own files. Call it before the session's first page. */
export function guardSession(session: GuardedSession, options: { devTools: boolean; log: Log }): void {
  const { devTools, log } = options;
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const granted = permits(permission, details.requestingUrl ?? '', details.isMainFrame === true);
    if (!granted) log.warn('A window asked for a permission and was denied.', { permission });
    answer(granted);
  });
  session.setPermissionCheckHandler((_contents, permission, origin, details) =>
    permits(permission, details.requestingUrl ?? origin, details.isMainFrame === true),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }));
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => {
    event.preventDefault();
    log.warn('A download was denied.');
  });
  session.webRequest.onBeforeRequest((details, answer) => {
    const allowed = mayLoad(details.url, details.resourceType, devTools);
    // The address is not logged: a page could put anything in it.
    if (!allowed) log.warn('A window asked for something outside the program and was denied.', { type: details.resourceType });
    answer({ cancel: !allowed });
  });
  // Nothing leaves by HTTP anyway; this keeps the machine's proxy script from being run for our own addresses.
  session.setProxy({ mode: 'direct' }).catch(() => log.warn('The proxy of the machine could not be put aside.'));
}
