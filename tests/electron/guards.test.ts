import { expect, test } from 'vitest';
import { guardContents } from '../../main/hosts/electron/contents-guards.ts';
import { guardSession, mayLoad, permits } from '../../main/hosts/electron/session-guards.ts';
import { PretendContents, PretendSession, preventable } from './pretend-electron.ts';
import { createPretendLog } from './pretend-log.ts';

function guardedSession(devTools = false) {
  const session = new PretendSession();
  const log = createPretendLog();
  guardSession(session, { devTools, log });
  return { session, log };
}

function request(session: PretendSession, permission: string, requestingUrl: string, isMainFrame = true): boolean | null {
  let answered: boolean | null = null;
  session.permissionRequest?.(null, permission, (granted) => (answered = granted), { requestingUrl, isMainFrame });
  return answered;
}

test.each([
  'media',
  'display-capture',
  'geolocation',
  'notifications',
  'hid',
  'usb',
  'serial',
  'fullscreen',
  'openExternal',
  'clipboard-read',
  'fileSystem',
  'unknown',
])('the permission %s is denied to our own page, asked or checked', (permission) => {
  const { session } = guardedSession();
  expect(request(session, permission, 'app://deedban/')).toBe(false);
  expect(
    session.permissionCheck?.(null, permission, 'app://deedban', { requestingUrl: 'app://deedban/', isMainFrame: true }),
  ).toBe(false);
});

test.each(['local-network', 'local-network-access', 'loopback-network'])(
  'the permission %s, without which no picture comes, is given to our main frame and to nobody else',
  (permission) => {
    const { session } = guardedSession();
    expect(request(session, permission, 'app://deedban/')).toBe(true);
    expect(request(session, permission, 'app://deedban/', false)).toBe(false);
    expect(request(session, permission, 'https://example.org/')).toBe(false);
    expect(permits(permission, 'app://deedban.example/', true)).toBe(false);
    expect(permits(permission, '', true)).toBe(false);
  },
);

test('devices, screen capture, the spell checker and the machine’s proxy are out of reach', () => {
  const { session } = guardedSession();
  expect(session.devicePermission?.()).toBe(false);
  let streams: unknown = 'unanswered';
  session.displayMedia?.({}, (answer) => (streams = answer));
  expect(streams).toBeNull();
  expect(session.spellChecker).toBe(false);
  expect(session.proxy).toBe('direct');
});

test('a download is denied', () => {
  const { session } = guardedSession();
  const event = preventable();
  session.emit('will-download', event);
  expect(event.prevented).toBe(true);
});

test.each([
  ['app://deedban/index.html', 'mainFrame', true],
  ['app://deedban/whep/pes-214/main', 'xhr', true],
  ['blob:app://deedban/8a1c', 'media', true],
  ['data:image/png;base64,AA', 'image', true],
  ['data:text/html,x', 'mainFrame', false],
  ['data:text/html,x', 'subFrame', false],
  ['https://example.org/', 'image', false],
  ['http://127.0.0.1:8889/cam/whep', 'xhr', false],
  ['ws://127.0.0.1/', 'webSocket', false],
  ['file:///etc/passwd', 'xhr', false],
  ['app://other/', 'script', false],
  ['app://deedban.example/', 'script', false],
  ['devtools://devtools/bundled/inspector.html', 'mainFrame', false],
])('a session of the packaged program asked for %s (%s) loads it: %s', (url, resourceType, allowed) => {
  const { session, log } = guardedSession();
  let cancelled: boolean | null = null;
  session.beforeRequest?.({ url, resourceType }, ({ cancel }) => (cancelled = cancel));
  expect(cancelled).toBe(!allowed);
  expect(log.lines.join()).not.toContain(url);
});

test('the developer tools load in a checkout only', () => {
  expect(mayLoad('devtools://devtools/bundled/inspector.html', 'mainFrame', true)).toBe(true);
  expect(mayLoad('devtools://devtools/bundled/inspector.html', 'mainFrame', false)).toBe(false);
});

test.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('%s to anywhere but the wall itself is denied', (event) => {
  const contents = new PretendContents();
  guardContents(contents, createPretendLog());
  for (const url of [
    'https://example.org/',
    'app://deedban/other.html',
    'app://deedban/?x',
    'file:///etc/passwd',
    'javascript:1',
    'about:blank',
  ]) {
    const denied = preventable();
    contents.emit(event, { url, preventDefault: denied.preventDefault });
    expect(denied.prevented, url).toBe(true);
  }
  const reload = preventable();
  contents.emit(event, { url: 'app://deedban/', preventDefault: reload.preventDefault });
  expect(reload.prevented).toBe(false);
});

test('a window opens no other window, no webview and no password dialog', () => {
  const contents = new PretendContents();
  guardContents(contents, createPretendLog());
  expect(contents.openHandler?.()).toEqual({ action: 'deny' });
  for (const name of ['will-attach-webview', 'login']) {
    const event = preventable();
    contents.emit(name, event);
    expect(event.prevented, name).toBe(true);
  }
});
