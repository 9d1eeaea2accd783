import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { RpcError, type RpcErrorCode } from '../../core/rpc/error.ts';
import { controlVersion, type FromGateway, longestLineBytes, type ToGateway, toMainSchema } from '../gateway/control.ts';
import { createJsonLines, type JsonLines } from '../gateway/json-lines.ts';
import type { Clock } from '../ports/clock.ts';
import type { GatewayCamera } from '../ports/media-gateway.ts';

export const controlTimes = {
  /** From connecting to `told`: of a PC that starts all at once either side may be held up for seconds. */
  greetMs: 8_000,
  pingMs: 1_000,
  ackMs: 8_000,
} as const;

/**
 * A gateway that was asked so often in a row without a word from it hangs. Counted and not timed: where main itself was held up, or the whole PC slept, the
 * answers are there and only not read yet.
 */
const mostUnanswered = 5;

type Greeting = { readonly pid: number; readonly whepUrl: string };
type News = Extract<FromGateway, { type: 'source' | 'viewer' | 'device' | 'log' }>;

/** Main's end of the control channel to one gateway process. */
export interface ControlClient {
  readonly greeting: Greeting;
  setCameras(cameras: readonly GatewayCamera[]): void;
  drop(viewerId: string): Promise<void>;
  stop(): void;
  /** Lets go of the gateway without stopping it. */
  close(): void;
}

/**
 * Connects, says hello and waits until everything present was told. `onNews` hears that too. `onEnd` is called once
 * after a successful connection: it broke, or the gateway hangs.
 */
export function connectControl(ports: {
  clock: Clock;
  path: string;
  key: string;
  onNews(news: News): void;
  onEnd(why: string): void;
}): Promise<ControlClient> {
  const { clock } = ports;
  const waiting = new Map<number, { resolve(): void; reject(error: Error): void; stop(): void }>();
  let nextId = 0;
  let greeting: Greeting | null = null;
  let unanswered = 0;
  let stopPing = (): void => {};
  let established = false;

  return new Promise((resolve, reject) => {
    const lines = createJsonLines<FromGateway, ToGateway>(connect(ports.path), {
      schema: toMainSchema,
      longestBytes: longestLineBytes,
      onMessage: (message) => take(message),
      onEnd(why) {
        stopGreet();
        stopPing();
        for (const { reject: fail, stop } of waiting.values()) {
          stop();
          fail(new RpcError('unavailable', 'the gateway is gone'));
        }
        waiting.clear();
        if (established) ports.onEnd(why);
        else reject(new Error(`no gateway answers: ${why}`));
      },
    });
    const stopGreet = clock.after(controlTimes.greetMs, () => lines.close());

    const take = (message: FromGateway): void => {
      unanswered = 0;
      switch (message.type) {
        case 'ready':
          if (message.version !== controlVersion) return lines.close();
          greeting = { pid: message.pid, whepUrl: message.whepUrl };
          return;
        case 'told':
          return establish();
        case 'ack':
          return settle(message.id, message.error);
        case 'pong':
          return;
        default:
          return ports.onNews(message);
      }
    };
    const settle = (id: number, error: string | null): void => {
      const asked = waiting.get(id);
      waiting.delete(id);
      asked?.stop();
      if (error === null) asked?.resolve();
      else asked?.reject(new RpcError(ackCode(error), error));
    };
    const ping = (): void => {
      if (unanswered >= mostUnanswered) return lines.close();
      unanswered += 1;
      lines.send({ type: 'ping', id: 0 });
      stopPing = clock.after(controlTimes.pingMs, ping);
    };
    const ask = (make: (id: number) => ToGateway): Promise<void> =>
      new Promise((done, fail) => {
        nextId = (nextId + 1) % 2 ** 31;
        const id = nextId;
        const stop = clock.after(controlTimes.ackMs, () => {
          waiting.delete(id);
          fail(new RpcError('timeout', 'the gateway did not answer'));
        });
        waiting.set(id, { resolve: done, reject: fail, stop });
        if (!lines.send(make(id))) settle(id, 'gone');
      });
    const establish = (): void => {
      if (greeting === null || established) return;
      established = true;
      stopGreet();
      ping();
      resolve({
        greeting,
        setCameras: createListSender(lines),
        drop: (viewerId) => ask((id) => ({ type: 'drop', id, viewerId })),
        stop: () => void lines.send({ type: 'stop' }),
        close: () => lines.close(),
      });
    };
    lines.send({ type: 'hello', key: ports.key, version: controlVersion });
  });
}

type CamerasMessage = Extract<ToGateway, { type: 'cameras' }>['cameras'];

/**
 * Sends lists of cameras, part by part: neither side is held up by a province's, nor does it stand in the way of anything else. A list that
 * comes meanwhile is sent afterwards, because a list that was begun has to be ended; of several only the last.
 */
function createListSender(lines: JsonLines<ToGateway>): (cameras: readonly GatewayCamera[]) => void {
  let next: readonly GatewayCamera[] | null = null;
  let sending = false;
  async function send(): Promise<void> {
    sending = true;
    for (let cameras = next; cameras !== null; cameras = next) {
      next = null;
      let before: CamerasMessage | null = null;
      for (const part of camerasInParts(cameras)) {
        if (before !== null) {
          lines.send({ type: 'cameras', cameras: before, last: false });
          await lines.drained();
          await setImmediate();
        }
        before = part;
      }
      lines.send({ type: 'cameras', cameras: before ?? [], last: true });
    }
    sending = false;
  }
  return (cameras) => {
    next = cameras;
    if (!sending) void send();
  };
}

/** A province's cameras do not fit one line: parts of at most 1,000 cameras and about half a line's length. At least one part. */
export function* camerasInParts(cameras: readonly GatewayCamera[]): Generator<CamerasMessage, void, void> {
  let part: CamerasMessage = [];
  let bytes = 0;
  for (const { id, addresses } of cameras) {
    const size = mostBytes(id, addresses);
    if (part.length >= 1_000 || bytes + size > longestLineBytes / 2) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push({ id, addresses });
    bytes += size;
  }
  yield part;
}

/** At most how long a camera is as JSON; a unit of a password may take six bytes. */
function mostBytes(id: string, { main, sub }: GatewayCamera['addresses']): number {
  const size = (address: typeof main) =>
    address === undefined
      ? 0
      : 90 + 2 * address.url.length + 6 * ((address.credentials?.user.length ?? 0) + (address.credentials?.password.length ?? 0));
  return 40 + id.length + size(main) + size(sub);
}

function ackCode(error: string): RpcErrorCode {
  if (error.startsWith('unknown-')) return 'not-found';
  return error === 'codec-unsupported' ? 'conflict' : 'unavailable';
}
