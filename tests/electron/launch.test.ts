import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { preventDisplaySleep } from '../../main/hosts/electron/display-sleep.ts';
import { optionsOnStdin, ownArguments, readArgumentsFrom } from '../../main/hosts/electron/launch-arguments.ts';
import { launchRefusal } from '../../main/hosts/electron/launch-refusal.ts';
import { watchMain } from '../../main/hosts/electron/main-fault.ts';
import { createOrderlyQuit } from '../../main/hosts/electron/orderly-quit.ts';
import { watchProcesses } from '../../main/hosts/electron/process-watch.ts';
import { becomeOnlyInstance } from '../../main/hosts/electron/single-instance.ts';
import { applySwitches } from '../../main/hosts/electron/switches.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { preventable } from './pretend-electron.ts';
import { createPretendLog } from './pretend-log.ts';

const none = () => false;

test('the packaged program refuses to run as root, in words', () => {
  expect(launchRefusal({ packaged: true, uid: 0, hasSwitch: none })).toMatch(/does not run as root.*ordinary user/s);
});

test('the packaged program runs as an ordinary user, and where there are no user numbers', () => {
  expect(launchRefusal({ packaged: true, uid: 1000, hasSwitch: none })).toBeNull();
  expect(launchRefusal({ packaged: true, uid: null, hasSwitch: none })).toBeNull();
});

test.each(['no-sandbox', 'remote-debugging-port', 'disable-web-security', 'ignore-certificate-errors', 'proxy-server'])(
  'the packaged program refuses --%s, a checkout does not',
  (name) => {
    const hasSwitch = (asked: string) => asked === name;
    expect(launchRefusal({ packaged: true, uid: 1000, hasSwitch })).toContain(`--${name}`.replace('--no-sandbox', 'sandbox'));
    expect(launchRefusal({ packaged: false, uid: 1000, hasSwitch })).toBeNull();
  },
);

test('only the first instance runs, and it hears of the second', () => {
  let seconds = 0;
  const first = Object.assign(new EventEmitter(), { requestSingleInstanceLock: () => true });
  expect(becomeOnlyInstance(first, () => (seconds += 1))).toBe(true);
  first.emit('second-instance');
  expect(seconds).toBe(1);
  const second = Object.assign(new EventEmitter(), { requestSingleInstanceLock: () => false });
  expect(becomeOnlyInstance(second, () => expect.unreachable())).toBe(false);
  expect(second.eventNames()).toEqual([]);
});

function quitting(close: () => Promise<void>) {
  const exits: number[] = [];
  const app = Object.assign(new EventEmitter(), { exit: (code: number) => exits.push(code) });
  const clock = createFakeClock();
  const log = createPretendLog();
  return { app, exits, clock, log, quit: createOrderlyQuit({ app, close, clock, log }) };
}

test('a quit waits until everything is closed, and closes it once', async () => {
  let closes = 0;
  let closed = () => {};
  const { app, exits } = quitting(() => {
    closes += 1;
    return new Promise((resolve) => (closed = resolve));
  });
  const event = preventable();
  app.emit('before-quit', event);
  app.emit('before-quit', preventable());
  expect([event.prevented, closes, exits.length]).toEqual([true, 1, 0]);
  closed();
  await expect.poll(() => exits).toEqual([0]);
});

test('an end that hangs is bounded', () => {
  const { quit, exits, clock, log } = quitting(() => new Promise(() => {}));
  quit.leave();
  clock.pass(9_999);
  expect(exits).toEqual([]);
  clock.pass(1);
  expect(exits).toEqual([1]);
  expect(log.lines.join()).toContain('did not end in time');
});

test('an end that fails still ends, with a code that says so', async () => {
  const { quit, exits, clock } = quitting(() => Promise.reject(new Error('disk')));
  quit.leave();
  await expect.poll(() => exits).toEqual([1]);
  clock.pass(60_000);
  expect(exits).toEqual([1]);
});

test('closing all windows does not end the program', () => {
  const { app, exits, quit } = quitting(() => Promise.resolve());
  expect(app.listenerCount('window-all-closed')).toBe(1);
  app.emit('window-all-closed');
  expect([quit.leaving(), exits.length]).toEqual([false, 0]);
});

test('the displays are kept awake until the end', () => {
  const started = new Set<number>();
  const stop = preventDisplaySleep({
    start(type) {
      expect(type).toBe('prevent-display-sleep');
      started.add(7);
      return 7;
    },
    stop: (id) => started.delete(id),
    isStarted: (id) => started.has(id),
  });
  expect([...started]).toEqual([7]);
  stop();
  stop();
  expect([...started]).toEqual([]);
});

test('a GPU process that dies is written down and counted, one that ends in order is not', () => {
  const app = new EventEmitter();
  const log = createPretendLog();
  watchProcesses(app, log);
  app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 139 });
  app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 139 });
  app.emit('child-process-gone', {}, { type: 'Utility', reason: 'clean-exit', exitCode: 0 });
  expect(log.lines).toHaveLength(2);
  expect(log.lines[1]).toContain('"gpuFailures":2');
});

test.each([
  ['at once', 1_000, false],
  ['after it stood for a minute', 60_000, true],
])('a fault in main %s (%i ms) ends the program in order, once; started again: %s', (_when, stoodMs, again) => {
  const process = new EventEmitter();
  const clock = createFakeClock();
  const log = createPretendLog();
  const did: string[] = [];
  watchMain({ process, relaunch: () => did.push('relaunch'), leave: (code) => did.push(`leave ${code}`), clock, log });
  clock.pass(stoodMs);
  process.emit('uncaughtException', new Error('a fault'));
  process.emit('uncaughtException', new Error('another'));
  expect(did).toEqual(again ? ['relaunch', 'leave 1'] : ['leave 1']);
  expect(log.lines.join()).toMatch(/a fault.*another/s);
});

test('features join those the command line names already', () => {
  const given = new Map([['enable-features', 'Mine']]);
  applySwitches(
    { appendSwitch: (name, value) => void given.set(name, value ?? ''), getSwitchValue: (name) => given.get(name) ?? '' },
    'linux',
    {},
  );
  expect(given.get('enable-features')).toMatch(/^Mine,./);
  expect(given.get('allow-loopback-in-peer-connection')).toBe('');
  expect(given.get('autoplay-policy')).toBe('no-user-gesture-required');
});

test('windows go to X11 where it is there, because Wayland places none', () => {
  const platformOf = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv) => {
    const given = new Map<string, string>();
    applySwitches({ appendSwitch: (name, value) => void given.set(name, value ?? ''), getSwitchValue: () => '' }, platform, env);
    return given.get('ozone-platform');
  };
  expect(platformOf('linux', { DISPLAY: ':0', WAYLAND_DISPLAY: 'wayland-0' })).toBe('x11');
  expect(platformOf('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBeUndefined();
  expect(platformOf('darwin', { DISPLAY: ':0' })).toBeUndefined();
});

test('our words of the command line are those after the program, and in a checkout after its folder', () => {
  expect(ownArguments(['/opt/deedban', '--tiles', '4'], true)).toEqual(['--tiles', '4']);
  expect(ownArguments(['/x/electron', '/checkout', optionsOnStdin, '--tiles', '4'], false)).toEqual(['--tiles', '4']);
});

test('options come over standard input whole, and anything else there is refused in words', async () => {
  const words = ['--camera', 'rtsp://u:p@192.0.2.1/a'];
  expect(await readArgumentsFrom(Readable.from([JSON.stringify(words)]))).toEqual(words);
  for (const text of ['', '{}', '[1]', 'rtsp://u:p@192.0.2.1/a']) {
    await expect(readArgumentsFrom(Readable.from([text]))).rejects.toThrow(
      /^The options on standard input are not a list of words\.$/,
    );
  }
  const endless = Readable.from(
    (function* () {
      for (;;) yield 'x'.repeat(65_536);
    })(),
  );
  await expect(readArgumentsFrom(endless)).rejects.toThrow('too long');
});
