import { WebSocket } from 'ws';
import type { Transport } from '../../../core/rpc/transport.ts';
import type { Clock } from '../../ports/clock.ts';

export const socketPolicy = {
  /** Longer messages end the connection. */
  maxPayloadBytes: 1 << 20,
  pingEveryMs: 10_000,
  /** A peer that was not heard for this long is gone, whatever TCP thinks. */
  silentMs: 25_000,
  /** Texts kept for a listener that is not there yet. */
  earlyTexts: 64,
} as const;

/** Makes a window's WebSocket main's `Transport`. A binary message, or too many before anybody listens, ends it. */
export function createSocketTransport(socket: WebSocket, clock: Clock): Transport {
  const early: string[] = [];
  let listener: ((text: string) => void) | null = null;
  let closeListener: (() => void) | null = null;
  let closed = false;
  let heardAtMs = clock.monotonicMs();
  let callOff = () => {};

  const beat = () => {
    if (clock.monotonicMs() - heardAtMs > socketPolicy.silentMs) return socket.terminate();
    if (socket.readyState === WebSocket.OPEN) socket.ping();
    callOff = clock.after(socketPolicy.pingEveryMs, beat);
  };
  callOff = clock.after(socketPolicy.pingEveryMs, beat);

  socket.on('pong', () => {
    heardAtMs = clock.monotonicMs();
  });
  socket.on('message', (data, isBinary) => {
    heardAtMs = clock.monotonicMs();
    if (isBinary || !Buffer.isBuffer(data) || (listener === null && early.length >= socketPolicy.earlyTexts))
      return socket.close(1003);
    const text = data.toString('utf8');
    if (listener === null) early.push(text);
    else listener(text);
  });
  // Always followed by 'close', which is what matters.
  socket.on('error', () => {});
  socket.on('close', () => {
    closed = true;
    callOff();
    closeListener?.();
  });

  return {
    send: (text) =>
      new Promise((resolve, reject) => {
        if (closed || socket.readyState !== WebSocket.OPEN) return reject(new Error('the window is gone'));
        socket.send(text, (error) => (error ? reject(error) : resolve()));
      }),
    onText(next) {
      listener = next;
      for (const text of early.splice(0)) next(text);
    },
    onClose(next) {
      if (closed) next();
      else closeListener = next;
    },
    // A peer that does not answer the closing handshake is cut off by `ws` after 30 s.
    close: () => socket.close(1000),
  };
}
