import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Clock } from '../../ports/clock.ts';
import type { RtspMessage, RtspRequest, RtspResponse } from './message.ts';
import { formatRequest, formatResponse, headerOf } from './message.ts';
import { createMessageParser } from './message-parser.ts';
import { failureOfSocket, RtspFailure } from './rtsp-failure.ts';

export const connectLimitMs = 4_000;
export const answerLimitMs = 5_000;
/** How long a last request may take to leave the machine before the socket is destroyed all the same. */
const partingLimitMs = 500;
/** A camera that reads this little is as good as gone; reports to it are left out. */
const maxUnsentBytes = 64 * 1024;

export interface RtspTarget {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

export interface ConnectionEvents {
  onFrame(payload: Buffer): void;
  /** The connection is over. Called once at most, never after `close`; open requests have been rejected with the same. */
  onEnd(failure: RtspFailure): void;
}

export interface RtspConnection {
  /** Resolves when TCP (and TLS) stand. Rejects with `RtspFailure`. */
  readonly opened: Promise<void>;
  /** Over TLS: whether somebody vouches for the camera's certificate. Without TLS false. */
  vouchedFor(): boolean;
  /** Sends a request and waits for its answer, 5 s at most (`camera-silent`). Rejects with `RtspFailure`. */
  request(method: string, uri: string, headers: Readonly<Record<string, string>>): Promise<RtspResponse>;
  sendFrame(channel: number, payload: Buffer): void;
  /** Ends it, after a last request where one is given, whose answer nobody awaits. */
  close(lastWords?: Buffer): void;
}

interface Waiting {
  readonly cseq: number;
  resolve(response: RtspResponse): void;
  reject(failure: RtspFailure): void;
  readonly stopTimer: () => void;
}

/** One TCP or TLS connection that carries RTSP messages and interleaved frames. */
export function connectRtsp(clock: Clock, target: RtspTarget, events: ConnectionEvents): RtspConnection {
  const waiting: Waiting[] = [];
  let nextCseq = 1;
  let over = false;
  let vouched = false;
  let settleOpened: { resolve(): void; reject(failure: RtspFailure): void } | null = null;
  const opened = new Promise<void>((resolve, reject) => {
    settleOpened = { resolve, reject };
  });
  // Whoever closes before it stands need not listen to it.
  opened.catch(() => {});

  const socket = openSocket(target, (authorized) => {
    if (over) return;
    vouched = authorized;
    stopConnectTimer();
    settleOpened?.resolve();
  });
  const stopConnectTimer = clock.after(connectLimitMs, () => {
    fail(new RtspFailure('camera-unreachable', 'the camera did not answer in time'));
  });
  const parser = createMessageParser({
    onMessage: (message) => (over ? undefined : take(message)),
    onFrame: (_channel, payload) => (over ? undefined : events.onFrame(payload)),
  });

  function stop(failure: RtspFailure): void {
    over = true;
    stopConnectTimer();
    settleOpened?.reject(failure);
    for (const entry of waiting.splice(0)) {
      entry.stopTimer();
      entry.reject(failure);
    }
  }

  function fail(failure: RtspFailure): void {
    if (over) return;
    stop(failure);
    socket.destroy();
    events.onEnd(failure);
  }

  function take(message: RtspMessage): void {
    if (message.kind === 'request') return answer(message);
    const cseq = Number(headerOf(message, 'cseq') ?? Number.NaN);
    // Without a number it is taken for the answer to the oldest request; with an unknown one it came too late.
    const index = Number.isNaN(cseq) ? 0 : waiting.findIndex((entry) => entry.cseq === cseq);
    const [entry] = index < 0 ? [] : waiting.splice(index, 1);
    entry?.stopTimer();
    entry?.resolve(message);
  }

  /** Some cameras ask whether their client is alive (RFC 2326 §10.1, §10.8). Everything else is not implemented. */
  function answer(request: RtspRequest): void {
    const known = request.method === 'OPTIONS' || request.method === 'GET_PARAMETER';
    const cseq = headerOf(request, 'cseq');
    const headers = { ...(cseq === undefined ? {} : { CSeq: cseq }), ...(known ? { Public: 'OPTIONS, GET_PARAMETER' } : {}) };
    if (socket.writableLength > maxUnsentBytes) return;
    socket.write(known ? formatResponse(200, 'OK', headers) : formatResponse(501, 'Not Implemented', headers));
  }

  socket.on('data', (chunk) => {
    if (over) return;
    try {
      parser.push(chunk);
    } catch (error) {
      if (!(error instanceof RtspFailure)) throw error;
      fail(error);
    }
  });
  socket.on('error', (error) => fail(failureOfSocket(error)));
  const closed = () => fail(new RtspFailure('camera-unreachable', 'the camera closed the connection', true));
  socket.on('close', closed);
  socket.on('end', closed);

  return {
    opened,
    vouchedFor: () => vouched,
    request(method, uri, headers) {
      return new Promise((resolve, reject) => {
        if (over) return reject(new RtspFailure('camera-unreachable', 'the connection is closed'));
        const cseq = nextCseq;
        nextCseq += 1;
        const bytes = formatRequest(method, uri, { CSeq: String(cseq), 'User-Agent': 'Deedban', ...headers });
        const stopTimer = clock.after(answerLimitMs, () => {
          waiting.splice(waiting.indexOf(entry), 1);
          reject(new RtspFailure('camera-silent', `the camera did not answer ${method}`));
        });
        const entry: Waiting = { cseq, resolve, reject, stopTimer };
        waiting.push(entry);
        socket.write(bytes);
      });
    },
    sendFrame(channel, payload) {
      if (over || socket.writableLength > maxUnsentBytes) return;
      const head = Buffer.from([0x24, channel, payload.length >> 8, payload.length & 0xff]);
      socket.write(Buffer.concat([head, payload]));
    },
    close(lastWords) {
      if (over) return;
      stop(new RtspFailure('camera-unreachable', 'the connection is closed'));
      if (!lastWords) return void socket.destroy();
      const stopTimer = clock.after(partingLimitMs, () => socket.destroy());
      socket.on('close', stopTimer);
      socket.end(lastWords, () => socket.destroy());
    },
  };
}

/** `onOpen` hears whether the peer's certificate is vouched for. */
function openSocket({ host, port, tls }: RtspTarget, onOpen: (authorized: boolean) => void): Socket {
  if (!tls) {
    const socket = connectTcp({ host, port, noDelay: true }, () => onOpen(false));
    return socket;
  }
  // Cameras sign their certificates themselves. The connection is then used as one without TLS would be, with less trust still:
  // see the rule about Basic in rtsp-dialogue.ts.
  const name = isIP(host) === 0 ? { servername: host } : {};
  const socket = connectTls({ host, port, ...name, rejectUnauthorized: false }, () => onOpen(socket.authorized));
  socket.setNoDelay(true);
  return socket;
}
