import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createCell } from '../../core/rpc/cell.ts';
import { call, state } from '../../core/rpc/define.ts';
import { maxTextLength } from '../../core/rpc/envelope.ts';
import { serveSession } from '../../core/rpc/server.ts';
import type { Transport } from '../../core/rpc/transport.ts';
import { until } from '../support/until.ts';

const contract = {
  'test.echo': call({ input: z.strictObject({ text: z.string() }), output: z.string() }),
  'test.count': state(z.number()),
};

function serve(sendGate: () => Promise<void> = async () => {}) {
  const sent: string[] = [];
  let read: (text: string) => void = () => {};
  let closed = false;
  const faults: string[] = [];
  const count = createCell(0);
  const transport: Transport = {
    async send(text) {
      await sendGate();
      sent.push(text);
    },
    onText: (listener) => {
      read = listener;
    },
    onClose: () => {},
    close: () => {
      closed = true;
    },
  };
  serveSession(
    contract,
    { calls: { 'test.echo': ({ text }: { text: string }) => text }, states: { 'test.count': () => count }, events: {} },
    transport,
    {
      version: 1,
      session: {
        id: 's',
        seat: { number: 1, role: 'viewer', priority: 1, signedIn: false },
        displayId: 'wall',
        windowKind: 'wall',
      },
      onFault: (name) => faults.push(name),
    },
  );
  const say = (message: unknown) => read(JSON.stringify(message));
  return { sent, count, faults, say, text: (text: string) => read(text), isClosed: () => closed };
}

describe('a session', () => {
  it('hears nothing before the handshake', () => {
    const { say, sent, isClosed } = serve();
    say({ t: 'call', id: 1, name: 'test.echo', input: { text: 'x' } });
    expect(sent).toEqual([]);
    expect(isClosed()).toBe(true);
  });

  it('is closed by a text that is too large', () => {
    const { text, isClosed } = serve();
    text('x'.repeat(maxTextLength + 1));
    expect(isClosed()).toBe(true);
  });

  it('sends a slow reader the newest value, not all of them', async () => {
    let open = () => {};
    let gate = Promise.resolve();
    const { say, sent, count } = serve(() => gate);
    say({ t: 'hello', version: 1 });
    await until('the welcome is sent', () => sent.length === 1);
    say({ t: 'watch', name: 'test.count' });
    await until('the first value is sent', () => sent.length === 2);
    gate = new Promise((resolve) => {
      open = resolve;
    });
    for (let value = 1; value <= 5_000; value += 1) count.set(value);
    gate = Promise.resolve();
    open();
    await until('the newest is sent', () => sent.at(-1)?.includes('5000') ?? false);
    expect(sent.length).toBeLessThanOrEqual(4);
  });

  it('survives any message and never faults by it', async () => {
    const names = fc.constantFrom('test.echo', 'test.count', '__proto__', 'constructor', 'hasOwnProperty', '', 'x');
    const message = fc.oneof(
      fc.record(
        {
          t: fc.constantFrom('call', 'cancel', 'watch', 'unwatch', 'hello', 'other'),
          id: fc.anything(),
          name: names,
          input: fc.anything(),
        },
        { requiredKeys: ['t'] },
      ),
      fc.anything(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 20 }), async (messages) => {
        const { say, faults } = serve();
        say({ t: 'hello', version: 1 });
        for (const one of messages) {
          try {
            JSON.stringify(one);
          } catch {
            continue;
          }
          say(one ?? null);
        }
        await Promise.resolve();
        expect(faults).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
