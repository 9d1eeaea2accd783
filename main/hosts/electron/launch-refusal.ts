/** How the program was started, as far as it matters for refusing to run. */
export interface Launch {
  readonly packaged: boolean;
  /** The user's number; null on systems that have none (Windows). */
  readonly uid: number | null;
  hasSwitch(name: string): boolean;
}

/** Chromium's switches that open a door which the packaged program keeps shut. Sandbox and debugging first. */
const refusedSwitches = [
  'no-sandbox',
  'disable-setuid-sandbox',
  'disable-gpu-sandbox',
  'single-process',
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-allow-origins',
  'inspect',
  'inspect-brk',
  'disable-web-security',
  'allow-running-insecure-content',
  'ignore-certificate-errors',
  'host-rules',
  'host-resolver-rules',
  'load-extension',
  'proxy-server',
  'proxy-pac-url',
  'js-flags',
  'log-net-log',
] as const;

/**
 * The words with which the packaged program refuses to run, or null where it may. A checkout may do what its developer
 * says: there Electron itself refuses root, unless `--no-sandbox` was given on purpose.
 */
export function launchRefusal(launch: Launch): string | null {
  if (!launch.packaged) return null;
  if (launch.uid === 0) {
    return 'Deedban does not run as root: a fault in a window would have the whole machine. Start it as an ordinary user, on a kiosk as the user that is logged in there.';
  }
  const refused = refusedSwitches.find((name) => launch.hasSwitch(name));
  if (refused === 'no-sandbox') {
    return "Deedban does not run without Chromium's sandbox. If you started an AppImage: it adds --no-sandbox where this system forbids user namespaces. Install the .deb there instead.";
  }
  return refused === undefined
    ? null
    : `Deedban does not run with --${refused}: it would take a protection away. Start it without.`;
}
