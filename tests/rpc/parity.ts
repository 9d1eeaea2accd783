import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createCell } from '../../core/rpc/cell.ts';
import { type Client, createClient } from '../../core/rpc/client.ts';
import { call, event, state } from '../../core/rpc/define.ts';
import { maxCallsInFlight } from '../../core/rpc/envelope.ts';
import { RpcError } from '../../core/rpc/error.ts';
import type { Handlers, Session } from '../../core/rpc/handlers.ts';
import { serveSession } from '../../core/rpc/server.ts';
import type { Bridge, Transport } from '../../core/rpc/transport.ts';
import { until } from '../support/until.ts';

const testContract = {
  'test.add': call({ input: z.strictObject({ a: z.number(), b: z.number() }), output: z.number() }),
  'test.wrong': call({ input: z.strictObject({}), output: z.number() }),
  'test.throws': call({ input: z.strictObject({}), output: z.number() }),
  'test.conflicts': call({ input: z.strictObject({}), output: z.number() }),
  'test.hangs': call({ input: z.strictObject({}), output: z.number(), limitMs: 60_000 }),
  'test.slow': call({ input: z.strictObject({}), output: z.number(), limitMs: 30 }),
  'test.technicians': call({ input: z.strictObject({}), output: z.number(), who: 'technician' }),
  'test.count': state(z.number()),
  'test.secret': state(z.number(), 'technician'),
  'test.rang': event(z.string()),
};

/** A pipe of some kind between a window and main. */
export interface Pair {
  readonly bridge: Bridge;
  /** Called with main's end of each connection. */
  onTransport(listener: (transport: Transport) => void): void;
  end(): Promise<void> | void;
}

/** The contract's promises, the same over every pipe. */
export function describeParity(name: string, makePair: () => Promise<Pair>): void {
  describe(`the contract over ${name}`, () => {
    const ends: (() => Promise<void> | void)[] = [];
    afterEach(async () => {
      for (const end of ends.splice(0).reverse()) await end();
    });

    async function start(version = 1) {
      const pair = await makePair();
      ends.push(() => pair.end());
      const count = createCell(0);
      const ringers = new Set<(value: string) => void>();
      const faults: string[] = [];
      const sessions: Session[] = [];
      const aborted: string[] = [];
      const transports: Transport[] = [];
      const handlers: Handlers<typeof testContract> = {
        calls: {
          'test.add': ({ a, b }) => a + b,
          // An answer that a handler in plain JavaScript could give.
          'test.wrong': () => JSON.parse('"seven"'),
          'test.throws': () => {
            throw new Error('at /secret/path');
          },
          'test.conflicts': () => {
            throw new RpcError('conflict', 'somebody was faster');
          },
          'test.hangs': (_input, { signal }) =>
            new Promise(() => {
              signal.addEventListener('abort', () => aborted.push(String(signal.reason)));
            }),
          'test.slow': () => new Promise(() => {}),
          'test.technicians': () => 1,
        },
        states: { 'test.count': () => count, 'test.secret': () => count },
        events: {
          'test.rang': (_session, listener) => {
            ringers.add(listener);
            return () => ringers.delete(listener);
          },
        },
      };
      const ended: Session[] = [];
      pair.onTransport((transport) => {
        transports.push(transport);
        const seat = { number: 1, role: 'operator', priority: 50, signedIn: false } as const;
        sessions.push(
          serveSession(testContract, handlers, transport, {
            version: 1,
            session: { id: `s${sessions.length}`, seat, displayId: 'wall', windowKind: 'wall' },
            onFault: (fault) => faults.push(fault),
            onEnded: (session) => ended.push(session),
          }),
        );
      });
      const clientFaults: string[] = [];
      const client: Client<typeof testContract> = createClient(testContract, pair.bridge, {
        version,
        onFault: (fault, problem) => clientFaults.push(`${fault}: ${problem}`),
      });
      ends.push(() => client.close());
      return { client, count, ringers, faults, sessions, ended, aborted, transports, clientFaults };
    }
    const open = (client: Client<typeof testContract>) => until('the client is open', () => client.status.current() === 'open');
    const code = (promise: Promise<unknown>) =>
      promise.then(
        () => 'answered',
        (error: unknown) => (error instanceof RpcError ? error.code : String(error)),
      );

    it('answers a call', async () => {
      const { client } = await start();
      await open(client);
      expect(await client.call('test.add', { a: 2, b: 3 })).toBe(5);
    });

    it('refuses input that does not fit, unknown names and missing rights, each with its code', async () => {
      const { client } = await start();
      await open(client);
      expect(await code(client.call('test.add', JSON.parse('{"a":1}')))).toBe('bad-input');
      expect(await code(client.call('test.add', JSON.parse('{"a":1,"b":2,"c":3}')))).toBe('bad-input');
      expect(await code(client.call(JSON.parse('"toString"'), {}))).toBe('unknown-name');
      expect(await code(client.call('test.technicians', {}))).toBe('not-allowed');
    });

    it('lets no stack, path or wrong answer out', async () => {
      const { client, faults } = await start();
      await open(client);
      const error: unknown = await client.call('test.throws', {}).catch((reason: unknown) => reason);
      expect(String(error)).toBe('RpcError: internal');
      expect(await code(client.call('test.wrong', {}))).toBe('bad-output');
      expect(faults).toEqual(['test.throws', 'test.wrong']);
    });

    it('passes on an error that was meant, with its words', async () => {
      const { client } = await start();
      await open(client);
      const error: unknown = await client.call('test.conflicts', {}).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'conflict', detail: 'somebody was faster' });
    });

    it('ends a call at its time limit, and by cancellation', async () => {
      const { client, aborted } = await start();
      await open(client);
      expect(await code(client.call('test.slow', {}))).toBe('timeout');
      const abort = new AbortController();
      const hanging = code(client.call('test.hangs', {}, { signal: abort.signal }));
      abort.abort();
      expect(await hanging).toBe('cancelled');
      expect(aborted).toHaveLength(1);
    });

    it('bounds the calls in flight', async () => {
      const { client } = await start();
      await open(client);
      const hanging = Array.from({ length: maxCallsInFlight }, () => code(client.call('test.hangs', {})));
      expect(await code(client.call('test.add', { a: 1, b: 1 }))).toBe('busy');
      client.close();
      expect(new Set(await Promise.all(hanging))).toEqual(new Set(['gone']));
    });

    it('gives a state its present value at once and each later one', async () => {
      const { client, count } = await start();
      count.set(7);
      const seen: number[] = [];
      client.watch('test.count', (value) => seen.push(value));
      await until('the first value came', () => seen.length > 0);
      count.set(8);
      await until('the second value came', () => seen.at(-1) === 8);
      expect(seen[0]).toBe(7);
      const late: number[] = [];
      client.watch('test.count', (value) => late.push(value));
      expect(late).toEqual([8]);
    });

    it('gives the newest value last, however fast it changes', async () => {
      const { client, count } = await start();
      const seen: number[] = [];
      client.watch('test.count', (value) => seen.push(value));
      await until('the first value came', () => seen.length > 0);
      for (let value = 1; value <= 1_000; value += 1) count.set(value);
      await until('the newest value came', () => seen.at(-1) === 1_000);
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
    });

    it('stops watching, and tells who may not watch', async () => {
      const { client, count, clientFaults } = await start();
      await open(client);
      const seen: number[] = [];
      const stop = client.watch('test.count', (value) => seen.push(value));
      await until('the first value came', () => seen.length === 1);
      stop();
      client.watch('test.secret', (value) => seen.push(value));
      await until('the refusal came', () => clientFaults.length > 0);
      count.set(1);
      await client.call('test.add', { a: 1, b: 1 });
      expect(seen).toEqual([0]);
      expect(clientFaults).toEqual(['test.secret: not-allowed']);
    });

    it('tells events in order to those who listen', async () => {
      const { client, ringers } = await start();
      const heard: string[] = [];
      client.listen('test.rang', (value) => heard.push(value));
      await until('main has the listener', () => ringers.size === 1);
      for (const ringer of ringers) for (const word of ['a', 'b', 'c']) ringer(word);
      await until('all were heard', () => heard.length === 3);
      expect(heard).toEqual(['a', 'b', 'c']);
    });

    it('ends everything with the session, and finds main again by itself', async () => {
      const { client, count, ringers, transports, ended, aborted } = await start();
      const seen: number[] = [];
      client.watch('test.count', (value) => seen.push(value));
      client.listen('test.rang', () => {});
      await open(client);
      await until('main has the listener', () => ringers.size === 1);
      const hanging = code(client.call('test.hangs', {}));
      await client.call('test.add', { a: 1, b: 1 });
      transports[0]?.close();
      expect(await hanging).toBe('gone');
      await until('the session ended', () => ended.length === 1);
      expect(ended[0]?.ended.aborted).toBe(true);
      expect(aborted).toHaveLength(1);
      await until('there is a second session', () => transports.length === 2);
      await open(client);
      await until('main has one listener again', () => ringers.size === 1);
      count.set(5);
      await until('the watch goes on', () => seen.at(-1) === 5);
    });

    it('refuses a window of another version', async () => {
      const { client } = await start(2);
      await until('the client knows', () => client.status.current() === 'version');
      expect(await code(client.call('test.add', { a: 1, b: 1 }))).toBe('gone');
    });
  });
}
