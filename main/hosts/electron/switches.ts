import { windowSystem } from '../window-system.ts';
import { type ChromiumSwitch, hardwareDecodingSwitches } from '../hardware-decoding.ts';

/** What of Electron's `app.commandLine` is used. */
export interface CommandLine {
  appendSwitch(name: string, value?: string): void;
  getSwitchValue(name: string): string;
}

const always: readonly ChromiumSwitch[] = [
  // The embedded gateway listens on loopback, which WebRTC leaves out of its candidates otherwise
  // (chromium content/public/common/content_switches.cc).
  { name: 'allow-loopback-in-peer-connection', value: null },
  { name: 'autoplay-policy', value: 'no-user-gesture-required' },
  // A wall behind another window must not slow down: the other window may be ours, on a display that just came.
  { name: 'disable-renderer-backgrounding', value: null },
  { name: 'disable-backgrounding-occluded-windows', value: null },
  { name: 'no-proxy-server', value: null },
  // Chromium calls home for these; a control room's network often has no way out.
  { name: 'disable-component-update', value: null },
  { name: 'disable-domain-reliability', value: null },
  { name: 'no-pings', value: null },
];

/**
 * Gives Chromium its switches; call it before the program is ready. Features join those that the command line already
 * names, because a switch that is given twice counts only once.
 */
export function applySwitches(commandLine: CommandLine, platform: NodeJS.Platform, env: NodeJS.ProcessEnv): void {
  // Wayland lets nobody place a window: where X11 is there too, windows go there.
  const x11 = windowSystem(platform, env) === 'x11' ? [{ name: 'ozone-platform', value: 'x11' }] : [];
  for (const { name, value } of [...always, ...x11, ...hardwareDecodingSwitches(platform)]) {
    const present = name === 'enable-features' ? commandLine.getSwitchValue(name) : '';
    const joined = [present, value ?? ''].filter((part) => part !== '').join(',');
    if (joined === '') commandLine.appendSwitch(name);
    else commandLine.appendSwitch(name, joined);
  }
}
