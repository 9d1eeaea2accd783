import { hardwareDecodingSwitches } from '../hardware-decoding.ts';

export interface SwitchesFor {
  readonly platform: NodeJS.Platform;
  readonly profileDir: string;
  readonly sandbox: boolean;
  /** The only screen of a wall nobody sees, in pixels; null on real displays. */
  readonly headless: { readonly width: number; readonly height: number } | null;
  /** Where windows are opened; null on displays of a system that has only one way. */
  readonly desktop: 'x11' | 'wayland' | null;
  /** /dev/shm is missing or small (containers): shared memory goes to the temporary folder instead. */
  readonly smallSharedMemory: boolean;
}

/** Nothing is asked, offered, restored, translated, synchronised, measured or fetched: the wall talks to nobody but us. */
const silent = [
  'no-first-run',
  'no-default-browser-check',
  'no-startup-window',
  'disable-background-networking',
  'disable-breakpad',
  'disable-component-update',
  'disable-default-apps',
  'disable-domain-reliability',
  'disable-extensions',
  'disable-field-trial-config',
  'disable-search-engine-choice-screen',
  'disable-sync',
  'deny-permission-prompts',
  'hide-crash-restore-bubble',
  'metrics-recording-only',
  'no-pings',
  'no-proxy-server',
  'noerrdialogs',
  'disable-pinch',
  'overscroll-history-navigation=0',
  // Without it a desktop's keyring may ask for its password in front of the wall.
  'password-store=basic',
  'use-mock-keychain',
];

/**
 * The makers' own hosts, where all the same Chromium 156 looked for accounts and updates within its first minute (seen in its
 * net log, with all of the above). Not `*`: a gateway's candidate may be a name or be reached over TCP.
 */
const neverResolved = ['google.com', 'googleapis.com', 'gstatic.com', 'gvt1.com', 'microsoft.com', 'bing.com', 'msn.com'];

const switchedOff = [
  'AutofillServerCommunication',
  'DialMediaRouteProvider',
  'GlobalMediaControls',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'Translate',
];

/**
 * The command line of a wall's Chromium. It carries no address and no code: every user can read command lines.
 *
 * - `kiosk` takes away the bubble that says how to leave full screen, and Chromium's own "hold Esc": ours is the one that counts.
 * - A wall's window that something covers stays visible to its page (`disable-backgrounding-occluded-windows`): the cover is brief,
 *   the picture must be there the instant it goes, and a false report of being covered must not stop a wall. A minimised
 *   window is still `hidden`, and its timers still run (heartbeats, leases).
 * - `allow-loopback-in-peer-connection`: the gateway is on loopback.
 */
export function chromiumSwitches(wanted: SwitchesFor): readonly string[] {
  const hardware = hardwareDecodingSwitches(wanted.platform).map(({ name, value }) =>
    value === null ? name : `${name}=${value}`,
  );
  const { headless } = wanted;
  return [
    'remote-debugging-pipe',
    `user-data-dir=${wanted.profileDir}`,
    ...silent,
    `host-resolver-rules=${neverResolved.map((name) => `MAP ${name} ~NOTFOUND,MAP *.${name} ~NOTFOUND`).join(',')}`,
    `disable-features=${switchedOff.join(',')}`,
    ...hardware,
    'autoplay-policy=no-user-gesture-required',
    'allow-loopback-in-peer-connection',
    'disable-background-timer-throttling',
    'disable-backgrounding-occluded-windows',
    ...(headless ? ['headless', `screen-info={${headless.width}x${headless.height}}`] : ['kiosk']),
    // The displays are known in pixels, and a wall's picture is shown pixel by pixel.
    ...(headless || wanted.desktop === 'x11' ? ['force-device-scale-factor=1'] : []),
    // Left to itself Chromium goes by the name of the session, and takes X11 where that is not set.
    ...(wanted.desktop && !headless ? [`ozone-platform=${wanted.desktop}`] : []),
    ...(wanted.smallSharedMemory ? ['disable-dev-shm-usage'] : []),
    ...(wanted.sandbox ? [] : ['no-sandbox']),
  ].map((name) => `--${name}`);
}
