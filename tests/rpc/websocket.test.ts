import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import type { Transport } from '../../core/rpc/transport.ts';
import { createSocketTransport } from '../../main/hosts/browser/socket-transport.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { describeParity, type Pair } from './parity.ts';

async function openPair(): Promise<Pair> {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  let accept: (transport: Transport) => void = () => {};
  sockets.on('connection', (socket) => accept(createSocketTransport(socket, systemClock)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    onTransport(listener) {
      accept = listener;
    },
    bridge: {
      connect: ({ onText, onClose }) =>
        new Promise((resolve, reject) => {
          const socket = new WebSocket(`ws://127.0.0.1:${address.port}`);
          socket.addEventListener('message', ({ data }) => onText(String(data)));
          socket.addEventListener('close', () => onClose('gone'));
          socket.addEventListener('error', () => reject(new Error('gone')));
          socket.addEventListener('open', () =>
            resolve({
              async send(text) {
                socket.send(text);
              },
              close: () => socket.close(),
            }),
          );
        }),
    },
    async end() {
      for (const socket of sockets.clients) socket.terminate();
      await new Promise((resolve) => sockets.close(resolve));
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describeParity('a WebSocket', openPair);
