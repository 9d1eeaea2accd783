import { describe, expect, it } from 'vitest';
import { browserUser } from '../../main/hosts/browser/browser-user.ts';
import { chromiumSwitches } from '../../main/hosts/browser/chromium-switches.ts';
import { findChromium } from '../../main/hosts/browser/find-chromium.ts';
import { nextFailures, noFailures, returnPolicy } from '../../main/hosts/browser/return-policy.ts';
import { contentSecurityPolicy } from '../../main/hosts/content-security.ts';
import { hardwareDecodingSwitches } from '../../main/hosts/hardware-decoding.ts';

describe('finding a browser', () => {
  const with_ =
    (...paths: string[]) =>
    (path: string) =>
      paths.includes(path);
  it('takes the one that is named, and no other in its place', () => {
    const env = { CHROMIUM_PATH: '/opt/c', PATH: '/usr/bin' };
    expect(findChromium(env, 'linux', with_('/opt/c', '/usr/bin/chromium'))).toBe('/opt/c');
    expect(findChromium(env, 'linux', with_('/usr/bin/chromium'))).toBeNull();
  });
  it('takes Chromium before Chrome before Edge on the PATH', () => {
    const env = { PATH: '/a:/b' };
    expect(findChromium(env, 'linux', with_('/a/google-chrome', '/b/chromium'))).toBe('/b/chromium');
    expect(findChromium(env, 'linux', with_('/a/microsoft-edge', '/b/google-chrome'))).toBe('/b/google-chrome');
    expect(findChromium({}, 'linux', () => true)).toBeNull();
  });
  it('knows the usual places of macOS and Windows', () => {
    const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    expect(findChromium({}, 'darwin', with_(mac))).toBe(mac);
    const windows = 'C:\\PF\\Google\\Chrome\\Application\\chrome.exe';
    expect(findChromium({ ProgramFiles: 'C:\\PF' }, 'win32', with_(windows))).toBe(windows);
  });
});

describe('whom the browser runs as', () => {
  const passwd =
    (...lines: string[]) =>
    () =>
      ['root:x:0:0:root:/root:/bin/sh', ...lines].join('\n');
  const nobody = 'nobody:x:65534:65534::/nonexistent:/usr/sbin/nologin';
  it('is ourselves unless we are root', () => {
    expect(browserUser(1_000, passwd(nobody), () => null)).toBeNull();
    expect(browserUser(null, passwd(nobody), () => null)).toBeNull();
  });
  it('is the user made for it, else nobody, with the group of the graphics card', () => {
    expect(browserUser(0, passwd(nobody), () => null)).toEqual({ name: 'nobody', uid: 65_534, gid: 65_534 });
    expect(browserUser(0, passwd(nobody, 'deedban:x:990:991::/:'), () => 106)).toEqual({ name: 'deedban', uid: 990, gid: 106 });
  });
  it('is never root', () => {
    expect(() => browserUser(0, passwd(), () => null)).toThrow(/unprivileged user/);
    expect(() => browserUser(0, passwd('deedban:x:0:0::/:'), () => null)).toThrow(/unprivileged user/);
  });
});

describe('the command line of the browser', () => {
  const wanted = {
    platform: 'linux',
    profileDir: '/p',
    sandbox: true,
    headless: null,
    desktop: 'x11',
    smallSharedMemory: false,
  } as const;
  it('keeps the sandbox unless it is told not to, and never opens a port', () => {
    expect(chromiumSwitches(wanted)).not.toContain('--no-sandbox');
    expect(chromiumSwitches({ ...wanted, sandbox: false })).toContain('--no-sandbox');
    expect(chromiumSwitches(wanted)).toContain('--remote-debugging-pipe');
    expect(chromiumSwitches(wanted).join(' ')).not.toMatch(/remote-debugging-port|disable-web-security|https?:/);
  });
  it('names each switch once: of a switch given twice only one counts', () => {
    for (const headless of [null, { width: 1, height: 1 }]) {
      const names = chromiumSwitches({ ...wanted, headless }).map((text) => text.split('=')[0]);
      expect(new Set(names).size).toBe(names.length);
    }
  });
  it('is a kiosk on a display, and a screen of its size without one', () => {
    expect(chromiumSwitches(wanted)).toEqual(expect.arrayContaining(['--kiosk', '--ozone-platform=x11']));
    const onWayland = chromiumSwitches({ ...wanted, desktop: 'wayland' });
    expect(onWayland).toContain('--ozone-platform=wayland');
    // There the compositor says how large things are.
    expect(onWayland.join(' ')).not.toMatch(/force-device-scale-factor/);
    const unseen = chromiumSwitches({ ...wanted, headless: { width: 640, height: 360 } });
    expect(unseen).toEqual(expect.arrayContaining(['--headless', '--screen-info={640x360}']));
    expect(unseen).not.toContain('--kiosk');
  });
  it('asks for hardware decoding where the platform has a row, and overrides no list of bad drivers', () => {
    expect(hardwareDecodingSwitches('linux')).toEqual([
      { name: 'enable-features', value: 'AcceleratedVideoDecoder,AcceleratedVideoDecodeLinuxGL' },
    ]);
    expect(hardwareDecodingSwitches('win32')).toEqual([]);
    expect(hardwareDecodingSwitches('aix')).toEqual([]);
    expect(chromiumSwitches(wanted).join(' ')).not.toMatch(/ignore-gpu-blocklist|IgnoreDriverChecks/);
  });
});

describe('the policy of what a page may load', () => {
  it('admits nothing inline, nothing evaluated and no other host', () => {
    expect(contentSecurityPolicy).not.toMatch(/unsafe|\*|https?:|ws:/);
    expect(contentSecurityPolicy).toContain("connect-src 'self'");
  });
});

describe('how long what failed stays away', () => {
  it('is not at all for the first time, and within a second for the first three', () => {
    let failures = nextFailures(noFailures, 0, 0.999);
    expect(failures.dueMs).toBe(0);
    for (let count = 0; count < 2; count++) {
      failures = nextFailures(failures, 0, 0.999);
      expect(failures.dueMs).toBeLessThan(1_000);
    }
  });
  it('grows to a limit, never to nothing', () => {
    let failures = noFailures;
    for (let count = 0; count < 50; count++) failures = nextFailures(failures, 0, 0.999);
    expect(failures.dueMs).toBeGreaterThan(returnPolicy.slowestMs / 2);
    expect(failures.dueMs).toBeLessThanOrEqual(returnPolicy.slowestMs);
    expect(nextFailures(failures, 0, 0).dueMs).toBe(returnPolicy.slowestMs / 4);
  });
  it('begins anew after it stood for a while', () => {
    let failures = noFailures;
    for (let count = 0; count < 10; count++) failures = nextFailures(failures, 0, 0.5);
    expect(nextFailures(failures, returnPolicy.standingMs + 1, 0.5).count).toBe(1);
  });
});
