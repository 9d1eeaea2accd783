import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createCdpPipe } from '../../main/hosts/browser/cdp-pipe.ts';
import { createHandClock } from './support/hand-clock.ts';

function pipe() {
  const to = new PassThrough();
  const from = new PassThrough();
  const clock = createHandClock();
  const cdp = createCdpPipe(to, from, clock);
  const asked = () =>
    String(to.read() ?? '')
      .split('\0')
      .filter((text) => text !== '')
      .map((text): unknown => JSON.parse(text));
  const answer = (message: object) => from.write(`${JSON.stringify(message)}\0`);
  return { to, from, clock, cdp, asked, answer };
}
const anything = z.unknown();

describe('the pipe to the browser', () => {
  it('matches answers with questions, in any order', async () => {
    const { cdp, asked, answer } = pipe();
    const first = cdp.call('A.a', { x: 1 }, z.object({ n: z.number() }));
    const second = cdp.call('B.b', {}, anything, { sessionId: 's' });
    expect(asked()).toEqual([
      { id: 1, method: 'A.a', params: { x: 1 } },
      { id: 2, method: 'B.b', params: {}, sessionId: 's' },
    ]);
    answer({ id: 2, result: { m: 2 } });
    answer({ id: 1, result: { n: 1, more: true } });
    expect(await first).toEqual({ n: 1 });
    expect(await second).toEqual({ m: 2 });
  });

  it('reads messages however they are cut, also within a letter', async () => {
    const { cdp, from } = pipe();
    const heard: unknown[] = [];
    cdp.on('E.e', (params) => heard.push(params));
    const call = cdp.call('A.a', {}, anything);
    const bytes = Buffer.from(`{"method":"E.e","params":"پشاور"}\0{"id":1,"result":"دیدبان"}\0`);
    for (const byte of bytes) from.write(Buffer.from([byte]));
    expect(await call).toBe('دیدبان');
    expect(heard).toEqual(['پشاور']);
  });

  it('rejects with the browser’s words, on an answer it does not understand, and when none comes', async () => {
    const { cdp, clock, answer } = pipe();
    const refused = cdp.call('A.a', {}, anything);
    const odd = cdp.call('B.b', {}, z.object({ n: z.number() }));
    const silent = cdp.call('C.c', {}, anything, { limitMs: 500 });
    answer({ id: 1, error: { code: -1, message: 'No such target' } });
    answer({ id: 2, result: { n: 'one' } });
    await expect(refused).rejects.toThrow('No such target');
    await expect(odd).rejects.toThrow('not understood');
    clock.pass(500);
    await expect(silent).rejects.toThrow('did not answer C.c within 500 ms');
  });

  it('ends every question when the browser goes or does not speak the protocol', async () => {
    const gone = pipe();
    const call = gone.cdp.call('A.a', {}, anything);
    gone.from.end();
    await expect(call).rejects.toThrow('the browser is gone');
    await gone.cdp.closed;
    await expect(gone.cdp.call('A.a', {}, anything)).rejects.toThrow('the browser is gone');
    const odd = pipe();
    odd.from.write('<html>\0');
    await odd.cdp.closed;
  });
});
