import { connect } from 'node:net';
import { RpcError, type RpcErrorCode } from '../../core/rpc/error.ts';
import { controlVersion, type FromGateway, longestLineBytes, type ToGateway, toMainSchema } from '../gateway/control.ts';
import { createJsonLines } from '../gateway/json-lines.ts';
import type { Clock } from '../ports/clock.ts';
import type { GatewayCamera } from '../ports/media-gateway.ts';

export const controlTimes = {
  /** From connecting to `told`. */
  greetMs: 3_000,
  pingMs: 1_000,
  /** A gateway that has not answered a ping for this long hangs. */
  hungMs: 5_000,
  /** A switch may wait for the other camera to open (6 s). */
  ackMs: 8_000,
} as const;

type Greeting = { readonly pid: number; readonly whepUrl: string };
type News = Extract<FromGateway, { type: 'source' | 'viewer' | 'log' }>;

/** Main's end of the control channel to one gateway process. */
export interface ControlClient {
  readonly greeting: Greeting;
  setCameras(cameras: readonly GatewayCamera[]): void;
  drop(viewerId: string): Promise<void>;
  switch(viewerId: string, camera: string, stream: 'main' | 'sub'): Promise<void>;
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
  let heardMs = clock.monotonicMs();
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
      heardMs = clock.monotonicMs();
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
      if (clock.monotonicMs() - heardMs > controlTimes.hungMs) return lines.close();
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
        setCameras(cameras) {
          const parts = camerasInParts(cameras);
          for (const [index, part] of parts.entries())
            lines.send({ type: 'cameras', cameras: part, last: index === parts.length - 1 });
        },
        drop: (viewerId) => ask((id) => ({ type: 'drop', id, viewerId })),
        switch: (viewerId, camera, stream) => ask((id) => ({ type: 'switch', id, viewerId, camera, stream })),
        stop: () => void lines.send({ type: 'stop' }),
        close: () => lines.close(),
      });
    };
    lines.send({ type: 'hello', key: ports.key, version: controlVersion });
  });
}

type CamerasMessage = Extract<ToGateway, { type: 'cameras' }>['cameras'];

/** A province's cameras do not fit one line: parts of at most 1,000 cameras and about half a line's length. */
export function camerasInParts(cameras: readonly GatewayCamera[]): readonly CamerasMessage[] {
  const parts: CamerasMessage[] = [];
  let part: CamerasMessage = [];
  let bytes = 0;
  for (const { id, addresses } of cameras) {
    const size = Buffer.byteLength(JSON.stringify({ id, addresses }));
    if (part.length >= 1_000 || bytes + size > longestLineBytes / 2) {
      parts.push(part);
      part = [];
      bytes = 0;
    }
    part.push({ id, addresses });
    bytes += size;
  }
  parts.push(part);
  return parts;
}

function ackCode(error: string): RpcErrorCode {
  if (error.startsWith('unknown-')) return 'not-found';
  return error === 'codec-unsupported' ? 'conflict' : 'unavailable';
}
