import { includesRole } from '../access/role.ts';
import type { Contract, Entry } from './define.ts';
import {
  type MainMessage,
  maxCallsInFlight,
  maxTextLength,
  readMessage,
  type WindowMessage,
  windowMessageSchema,
} from './envelope.ts';
import { RpcError, type RpcErrorCode } from './error.ts';
import type { AnyHandlers, Session } from './handlers.ts';
import { createOutbox } from './outbox.ts';
import type { Transport } from './transport.ts';

/** Values wait for a window that reads slowly; events beyond this many unread ones end its session. */
const maxEventsWaiting = 200;
/** A window that sends this many texts nobody can read is not ours. */
const maxUnreadable = 5;

export interface ServeOptions {
  readonly version: number;
  /** Who the window is; its `ended` signal is made here. */
  readonly session: Omit<Session, 'ended'>;
  /** A fault in our own code, for the log; the window only hears `internal`. */
  onFault(name: string, error: unknown): void;
  /** A call was answered; both are as their schemas have them. */
  onAnswered?(name: string, input: unknown, output: unknown, session: Session): void;
  onEnded?(session: Session): void;
}

/**
 * Serves one window over one transport until it closes: checks the version, validates every message, the right to each
 * entry and each answer, and ends calls and subscriptions with the session.
 */
export function serveSession(contract: Contract, handlers: AnyHandlers, transport: Transport, options: ServeOptions): Session {
  const end = new AbortController();
  const session: Session = { ...options.session, ended: end.signal };
  const calls = new Map<number, AbortController>();
  const watches = new Map<string, () => void>();
  const outbox = createOutbox(
    (message: MainMessage) => transport.send(JSON.stringify(message)),
    maxEventsWaiting,
    () => transport.close(),
  );
  let greeted = false;
  let unreadable = 0;

  const entryOf = (name: string): Entry | undefined => (Object.hasOwn(contract, name) ? contract[name] : undefined);
  const mayUse = (entry: Entry) => includesRole(session.seat.role, entry.who);
  const fail = (id: number, code: RpcErrorCode, detail?: string) =>
    outbox.queue({ t: 'failed', id, code, ...(detail === undefined ? {} : { detail: detail.slice(0, 500) }) });

  async function answer({ id, name, input }: Extract<WindowMessage, { t: 'call' }>): Promise<void> {
    const entry = entryOf(name);
    const handler = Object.hasOwn(handlers.calls, name) ? handlers.calls[name] : undefined;
    if (entry?.kind !== 'call' || !handler) return fail(id, 'unknown-name');
    if (!mayUse(entry)) return fail(id, 'not-allowed');
    if (calls.has(id)) return fail(id, 'bad-input', 'this call id is in use');
    if (calls.size >= maxCallsInFlight) return fail(id, 'busy');
    const parsed = entry.input.safeParse(input);
    if (!parsed.success) return fail(id, 'bad-input', parsed.error.issues[0]?.message);
    const abort = new AbortController();
    calls.set(id, abort);
    const timer = setTimeout(() => abort.abort(new RpcError('timeout')), entry.limitMs);
    try {
      const output = await Promise.race([
        // The schema that validated the input is the one the handler's parameter type was inferred from.
        Promise.resolve(handler(parsed.data as never, { session, signal: abort.signal })),
        rejectWhenAborted(abort.signal),
      ]);
      const checked = entry.output.safeParse(output);
      if (checked.success) {
        options.onAnswered?.(name, parsed.data, checked.data, session);
        outbox.queue({ t: 'done', id, output: checked.data });
      } else {
        options.onFault(name, checked.error);
        fail(id, 'bad-output');
      }
    } catch (error) {
      if (error instanceof RpcError) fail(id, error.code, error.detail);
      else {
        options.onFault(name, error);
        fail(id, 'internal');
      }
    } finally {
      clearTimeout(timer);
      calls.delete(id);
    }
  }

  function watch(name: string): void {
    if (watches.has(name)) return;
    const entry = entryOf(name);
    if (!entry || entry.kind === 'call') return outbox.queue({ t: 'unwatchable', name, code: 'unknown-name' });
    if (!mayUse(entry)) return outbox.queue({ t: 'unwatchable', name, code: 'not-allowed' });
    if (entry.kind === 'state') {
      const source = handlers.states[name]?.(session);
      if (!source) return outbox.queue({ t: 'unwatchable', name, code: 'unknown-name' });
      const newest = (): MainMessage => ({ t: 'value', name, value: source.current() });
      watches.set(
        name,
        source.subscribe(() => outbox.replace(name, newest)),
      );
      outbox.replace(name, newest);
    } else {
      const stop = handlers.events[name]?.(session, (value: unknown) => outbox.queue({ t: 'value', name, value }));
      if (stop) watches.set(name, stop);
      else outbox.queue({ t: 'unwatchable', name, code: 'unknown-name' });
    }
  }

  transport.onText((text) => {
    const message = readMessage(windowMessageSchema, text);
    if (!message) {
      unreadable += 1;
      if (unreadable >= maxUnreadable || text.length > maxTextLength) transport.close();
      return;
    }
    if (message.t === 'hello') {
      greeted = message.version === options.version;
      outbox.queue({ t: greeted ? 'welcome' : 'refused', version: options.version });
      return;
    }
    if (!greeted) return transport.close();
    switch (message.t) {
      case 'call':
        void answer(message);
        return;
      case 'cancel':
        calls.get(message.id)?.abort(new RpcError('cancelled'));
        return;
      case 'watch':
        return watch(message.name);
      case 'unwatch':
        watches.get(message.name)?.();
        watches.delete(message.name);
    }
  });
  transport.onClose(() => {
    end.abort(new RpcError('gone'));
    for (const abort of calls.values()) abort.abort(new RpcError('gone'));
    for (const stop of watches.values()) stop();
    watches.clear();
    outbox.close();
    options.onEnded?.(session);
  });
  return session;
}

function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const rejectNow = () => reject(signal.reason instanceof Error ? signal.reason : new RpcError('cancelled'));
    if (signal.aborted) rejectNow();
    else signal.addEventListener('abort', rejectNow, { once: true });
  });
}
