import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import type { Clock } from '../../ports/clock.ts';

/** A picture of an 8K wall as base64 fits; more is not an answer to anything we ask. */
const messageLimitBytes = 128 << 20;

const messageSchema = z.object({
  id: z.int().optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
});

/** Chromium's DevTools protocol over the two pipes of `--remote-debugging-pipe`: JSON texts ended by a NUL each. */
export interface CdpPipe {
  /** Asks, and parses the answer. Rejects with the browser's words, after `limitMs` (10 s), or when the pipe closes. */
  call<T>(method: string, params: object, schema: z.ZodType<T>, options?: { sessionId?: string; limitMs?: number }): Promise<T>;
  /** Every event of this name, of all sessions. */
  on(method: string, listener: (params: unknown) => void): void;
  /** Resolves when the browser closed its end or sent what is not the protocol. */
  readonly closed: Promise<void>;
}

export function createCdpPipe(to: Writable, from: Readable, clock: Clock): CdpPipe {
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  const listeners = new Map<string, ((params: unknown) => void)[]>();
  let parts: Buffer[] = [];
  let length = 0;
  let nextId = 1;
  let open = true;
  let tellClosed = () => {};
  const closed = new Promise<void>((resolve) => {
    tellClosed = resolve;
  });

  function end(): void {
    if (!open) return;
    open = false;
    parts = [];
    for (const call of waiting.values()) call.reject(new Error('the browser is gone'));
    waiting.clear();
    to.destroy();
    from.destroy();
    tellClosed();
  }

  function take(text: string): void {
    const message = messageSchema.safeParse(parseJson(text));
    if (!message.success) return end();
    const { id, method, params, result, error } = message.data;
    if (id === undefined) {
      for (const listener of listeners.get(method ?? '') ?? []) listener(params);
      return;
    }
    const call = waiting.get(id);
    waiting.delete(id);
    if (error) call?.reject(new Error(error.message));
    else call?.resolve(result);
  }

  from.on('data', (data: Buffer) => {
    let rest = data;
    for (let at = rest.indexOf(0); open && at >= 0; at = rest.indexOf(0)) {
      const text = Buffer.concat([...parts, rest.subarray(0, at)]).toString('utf8');
      rest = rest.subarray(at + 1);
      parts = [];
      length = 0;
      take(text);
    }
    if (rest.length > 0) parts.push(rest);
    length += rest.length;
    if (length > messageLimitBytes) end();
  });
  for (const stream of [to, from]) {
    stream.on('error', end);
    stream.on('close', end);
  }

  return {
    closed,
    on(method, listener) {
      listeners.set(method, [...(listeners.get(method) ?? []), listener]);
    },
    call(method, params, schema, { sessionId, limitMs = 10_000 } = {}) {
      return new Promise((resolve, reject) => {
        if (!open) return reject(new Error('the browser is gone'));
        const id = nextId++;
        const callOff = clock.after(limitMs, () => {
          waiting.delete(id);
          reject(new Error(`the browser did not answer ${method} within ${limitMs} ms`));
        });
        waiting.set(id, {
          resolve(result) {
            callOff();
            const parsed = schema.safeParse(result);
            if (parsed.success) resolve(parsed.data);
            else reject(new Error(`the browser's answer to ${method} is not understood`));
          },
          reject(error) {
            callOff();
            reject(error);
          },
        });
        to.write(`${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`);
      });
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
