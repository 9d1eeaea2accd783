import { afterEach, expect, test } from 'vitest';
import { maxTextLength } from '../../core/rpc/envelope.ts';
import { ipcChannels } from '../../core/rpc/ipc-channels.ts';
import { createIpcPair, type IpcPair } from './ipc-pair.ts';

const pairs: IpcPair[] = [];
function pairOf(options?: { known?: boolean }): IpcPair {
  const pair = createIpcPair(options);
  pairs.push(pair);
  return pair;
}
afterEach(() => {
  for (const pair of pairs.splice(0)) pair.close();
});

/** Joins a window; what it hears is in the lists. */
async function join(pair: IpcPair) {
  const texts: string[] = [];
  const ends: string[] = [];
  const connection = await pair.bridge.connect({ onText: (text) => texts.push(text), onClose: (why) => ends.push(why) });
  return { connection, main: await pair.nextTransport(), texts, ends };
}

test('texts cross in both directions and in order', async () => {
  const pair = pairOf();
  const { connection, main, texts } = await join(pair);
  const heard: string[] = [];
  main.onText((text) => heard.push(text));
  await Promise.all(['a', 'b', 'c'].map((text) => connection.send(text)));
  await Promise.all(['1', '2', '3'].map((text) => main.send(text)));
  expect(heard).toEqual(['a', 'b', 'c']);
  expect(texts).toEqual(['1', '2', '3']);
});

test('texts that come before main listens are delivered when it does', async () => {
  const pair = pairOf();
  const { connection, main } = await join(pair);
  await connection.send('early');
  const heard: string[] = [];
  main.onText((text) => heard.push(text));
  expect(heard).toEqual(['early']);
});

test('a text main sends counts as sent only when the window has it', async () => {
  const pair = pairOf();
  const { main } = await join(pair);
  pair.contents.toPreload.removeAllListeners(ipcChannels.toWindow);
  let sent = false;
  const sending = main.send('x').then(
    () => {
      sent = true;
    },
    () => {},
  );
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  expect(sent).toBe(false);
  main.close();
  await sending;
  expect(sent).toBe(false);
});

test('a window that takes nothing is given up after a bounded number of texts', async () => {
  const pair = pairOf();
  const { main } = await join(pair);
  pair.contents.toPreload.removeAllListeners(ipcChannels.toWindow);
  const sends = Array.from({ length: 257 }, () => main.send('x'));
  const results = await Promise.allSettled(sends);
  expect(results.every((result) => result.status === 'rejected')).toBe(true);
});

test('a window that is not ours is refused', async () => {
  const pair = pairOf({ known: false });
  await expect(join(pair)).rejects.toThrow('refused');
  expect(pair.log.lines.join()).toContain('foreign page');
});

test.each([
  ['a frame inside our page', { parent: {}, origin: 'app://deedban' }],
  ['a page of another origin', { parent: null, origin: 'https://example.org' }],
  ['a page whose origin only begins like ours', { parent: null, origin: 'app://deedban.example' }],
  ['a frame that is gone', null],
])('%s can neither connect nor speak on a connection of ours', async (_who, frame) => {
  const pair = pairOf();
  const { main } = await join(pair);
  const heard: string[] = [];
  main.onText((text) => heard.push(text));
  const name = pair.contents.sent.length;
  await main.send('so that its name is known');
  const connection = pair.contents.sent[name]?.[1];
  expect(await pair.sendAs(frame, ipcChannels.open, '00000000ff')).toBe('refused');
  expect(await pair.sendAs(frame, ipcChannels.toMain, connection, 'forged')).toBe('gone');
  expect(heard).toEqual([]);
});

test.each([
  ['a name that is none', '../x'],
  ['no text at all', 7],
  ['an endless name', 'a'.repeat(65)],
])('a connection with %s is refused', async (_what, name) => {
  const pair = pairOf();
  expect(await pair.sendAs(pair.contents.mainFrame, ipcChannels.open, name)).toBe('refused');
});

test('a window has a bounded number of connections, and a name is used once', async () => {
  const pair = pairOf();
  const open = (name: string) => pair.sendAs(pair.contents.mainFrame, ipcChannels.open, name);
  expect(await open('000000aa')).toBe('open');
  expect(await open('000000aa')).toBe('refused');
  expect([await open('000000ab'), await open('000000ac'), await open('000000ad')]).toEqual(['open', 'open', 'open']);
  expect(await open('000000ae')).toBe('refused');
});

test('a text that is too large closes the connection and never reaches main', async () => {
  const pair = pairOf();
  const { connection, main, ends } = await join(pair);
  const heard: string[] = [];
  main.onText((text) => heard.push(text));
  const closed = new Promise<void>((resolve) => main.onClose(resolve));
  await expect(connection.send('x'.repeat(maxTextLength + 1))).rejects.toThrow('gone');
  await closed;
  expect(heard).toEqual([]);
  await expect.poll(() => ends).toEqual(['gone']);
});

test.each([
  ['its page navigates', 'did-start-navigation', [{ isMainFrame: true, isSameDocument: false }]],
  ['its process is gone', 'render-process-gone', [{}, { reason: 'crashed', exitCode: 1 }]],
  ['the window is destroyed', 'destroyed', []],
])('a connection ends when %s', async (_why, event, values) => {
  const pair = pairOf();
  const { main } = await join(pair);
  let closed = 0;
  main.onClose(() => {
    closed += 1;
  });
  pair.contents.emit(event, ...values);
  expect(closed).toBe(1);
  await expect(main.send('x')).rejects.toThrow('gone');
  main.onClose(() => {
    closed += 10;
  });
  expect(closed).toBe(11);
});

test('a jump within the page keeps the connection', async () => {
  const pair = pairOf();
  const { connection, main } = await join(pair);
  pair.contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true });
  pair.contents.emit('did-start-navigation', { isMainFrame: false, isSameDocument: false });
  const heard: string[] = [];
  main.onText((text) => heard.push(text));
  await connection.send('still here');
  expect(heard).toEqual(['still here']);
});

test('main hears that the window closed, and the window hears that main closed', async () => {
  const pair = pairOf();
  const one = await join(pair);
  const closed = new Promise<void>((resolve) => one.main.onClose(resolve));
  one.connection.close();
  await closed;
  const other = await join(pair);
  other.main.close();
  await expect.poll(() => other.ends).toEqual(['gone']);
  await expect(other.connection.send('x')).rejects.toThrow('gone');
});
