import { type Cell, createCell, type Watchable } from './cell.ts';
import type { CallInput, CallName, CallOutput, Contract, EventName, StateName, ValueOf } from './define.ts';
import { type MainMessage, mainMessageSchema, readMessage, type WindowMessage } from './envelope.ts';
import { RpcError } from './error.ts';
import { reconnectDelayMs } from './reconnect-policy.ts';
import type { Bridge } from './transport.ts';

/** `gone`: main does not answer and is looked for; `refused` and `version` are for good: only a reload or a new window helps. */
export type ClientStatus = 'connecting' | 'open' | 'gone' | 'refused' | 'version';

export interface Client<C extends Contract> {
  readonly status: Watchable<ClientStatus>;
  /** Rejects with an RpcError: `gone` while main is not there (nothing is queued: a late command is worse than none). */
  call<K extends CallName<C>>(name: K, input: CallInput<C, K>, options?: { signal?: AbortSignal }): Promise<CallOutput<C, K>>;
  /** The present value soon, then each change, also across main's restarts; returns the way to stop. */
  watch<K extends StateName<C>>(name: K, listener: (value: ValueOf<C, K>) => void): () => void;
  listen<K extends EventName<C>>(name: K, listener: (value: ValueOf<C, K>) => void): () => void;
  close(): void;
}

export interface ClientOptions {
  readonly version: number;
  /** Gives [0, 1); `Math.random` outside of tests. */
  random?: () => number;
  /** A value or answer that did not fit the contract, or was refused; the listener does not hear of it. */
  onFault?(name: string, problem: string): void;
}

interface Waiting {
  readonly name: string;
  resolve(output: unknown): void;
  reject(error: RpcError): void;
}
type Pipe = Awaited<ReturnType<Bridge['connect']>>;

/** A window's half of the contract over its bridge. It looks for main again by itself and watches again what was watched. */
export function createClient<C extends Contract>(contract: C, bridge: Bridge, options: ClientOptions): Client<C> {
  const status: Cell<ClientStatus> = createCell<ClientStatus>('connecting');
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Set<(value: never) => void>>();
  const latest = new Map<string, unknown>();
  const fault = options.onFault ?? (() => {});
  let pipe: Pipe | null = null;
  let nextId = 1;
  let attempt = 0;
  let closed = false;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const send = (message: WindowMessage): void => {
    pipe?.send(JSON.stringify(message)).catch(() => {});
  };

  function lost(reason: 'gone' | 'refused' | 'version'): void {
    pipe = null;
    latest.clear();
    for (const call of waiting.values()) call.reject(new RpcError('gone'));
    waiting.clear();
    if (closed || status.current() === 'version') return;
    status.set(reason);
    if (reason !== 'gone') return;
    retry = setTimeout(() => void connect(), reconnectDelayMs(attempt, (options.random ?? Math.random)()));
    attempt += 1;
  }

  async function connect(): Promise<void> {
    if (closed) return;
    // A pipe may end before `connect` has resolved; its end must not be heard as that of a later one.
    let ended = false;
    try {
      const opened = await bridge.connect({
        onText: (text) => {
          if (!ended) read(text);
        },
        onClose: (reason) => {
          if (ended) return;
          ended = true;
          lost(reason);
        },
      });
      if (closed) return opened.close();
      if (ended) return;
      pipe = opened;
      send({ t: 'hello', version: options.version });
    } catch (error) {
      if (ended) return;
      ended = true;
      lost(error === 'refused' || (error instanceof Error && error.message === 'refused') ? 'refused' : 'gone');
    }
  }

  function read(text: string): void {
    const message = readMessage(mainMessageSchema, text);
    if (!message) return fault('message', 'not of the contract');
    handle(message);
  }

  function handle(message: MainMessage): void {
    switch (message.t) {
      case 'welcome':
        attempt = 0;
        for (const name of listeners.keys()) send({ t: 'watch', name });
        return status.set('open');
      case 'refused':
        status.set('version');
        return pipe?.close();
      case 'done':
        return settle(message.id, (call) => {
          const entry = contract[call.name];
          const parsed = entry?.kind === 'call' ? entry.output.safeParse(message.output) : undefined;
          if (parsed?.success) call.resolve(parsed.data);
          else call.reject(new RpcError('bad-output'));
        });
      case 'failed':
        return settle(message.id, (call) => call.reject(new RpcError(message.code, message.detail)));
      case 'value': {
        const entry = contract[message.name];
        if (!entry || entry.kind === 'call') return fault(message.name, 'not of the contract');
        const parsed = entry.value.safeParse(message.value);
        if (!parsed.success) return fault(message.name, parsed.error.message);
        if (entry.kind === 'state') latest.set(message.name, parsed.data);
        for (const listener of [...(listeners.get(message.name) ?? [])]) listener(parsed.data as never);
        return;
      }
      case 'unwatchable':
        fault(message.name, message.code);
    }
  }

  function settle(id: number, how: (call: Waiting) => void): void {
    const call = waiting.get(id);
    waiting.delete(id);
    if (call) how(call);
  }

  function listenTo(name: string, listener: (value: never) => void): () => void {
    const own = (value: never) => listener(value);
    let set = listeners.get(name);
    if (!set) {
      set = new Set();
      listeners.set(name, set);
      if (status.current() === 'open') send({ t: 'watch', name });
    }
    set.add(own);
    if (latest.has(name)) own(latest.get(name) as never);
    return () => {
      const left = listeners.get(name);
      if (!left?.delete(own) || left.size > 0) return;
      listeners.delete(name);
      latest.delete(name);
      send({ t: 'unwatch', name });
    };
  }

  void connect();
  return {
    status,
    call: (name, input, { signal } = {}) =>
      new Promise((resolve, reject) => {
        if (!pipe || status.current() !== 'open') return reject(new RpcError('gone'));
        if (signal?.aborted) return reject(new RpcError('cancelled'));
        const id = nextId++;
        const cancel = () => send({ t: 'cancel', id });
        signal?.addEventListener('abort', cancel, { once: true });
        const release = () => signal?.removeEventListener('abort', cancel);
        waiting.set(id, {
          name,
          resolve: (output) => {
            release();
            // Parsed by the entry's own output schema just before.
            resolve(output as CallOutput<C, typeof name>);
          },
          reject: (error) => {
            release();
            reject(error);
          },
        });
        send({ t: 'call', id, name, input });
      }),
    watch: (name, listener) => listenTo(name, listener),
    listen: (name, listener) => listenTo(name, listener),
    close() {
      closed = true;
      clearTimeout(retry);
      pipe?.close();
    },
  };
}
