import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Seat } from '../../../core/access/seat.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Program } from '../../program.ts';
import { securityHeaders } from './answers.ts';
import { addressOf } from './request-guard.ts';
import { createSocketTransport, socketPolicy } from './socket-transport.ts';
import type { KnownWindow, WindowCookies } from './window-cookie.ts';

/** More sockets of one window than this end the oldest: a window that comes back need not wait until its last one is known dead. */
const socketsPerWindow = 4;
const socketsLimit = 256;

export interface RpcUpgradePorts {
  readonly program: Pick<Program, 'admit'>;
  readonly cookies: WindowCookies;
  readonly clock: Clock;
  seat(number: number): Seat | null;
}

export interface RpcUpgrades {
  /** Turns a request for `/rpc?window=<id>` into a window's pipe, or refuses it. */
  handle(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Whether this window has a pipe now. */
  connected(windowId: string): boolean;
  close(): void;
}

export function createRpcUpgrades({ program, cookies, clock, seat }: RpcUpgradePorts): RpcUpgrades {
  const server = new WebSocketServer({ noServer: true, maxPayload: socketPolicy.maxPayloadBytes, perMessageDeflate: false });
  const windows = new Map<string, WebSocket[]>();
  const renewals = new WeakMap<IncomingMessage, string>();
  server.on('headers', (headers, request) => {
    const renewal = renewals.get(request);
    if (renewal !== undefined) headers.push(`Set-Cookie: ${renewal}`);
  });

  function admit(socket: WebSocket, { windowId, displayId, windowKind }: KnownWindow, seat: Seat): void {
    const own = [...(windows.get(windowId) ?? []), socket];
    windows.set(windowId, own);
    if (own.length > socketsPerWindow) own[0]?.close(1001);
    socket.once('close', () => {
      const left = (windows.get(windowId) ?? []).filter((other) => other !== socket);
      if (left.length > 0) windows.set(windowId, left);
      else windows.delete(windowId);
    });
    program.admit(createSocketTransport(socket, clock), { windowId, seat, displayId, windowKind });
  }

  return {
    handle(request, socket, head) {
      const url = addressOf(request);
      if (url.pathname !== '/rpc') return refuseUpgrade(socket, 404);
      const known = cookies.verify(request.headers.cookie, url.searchParams.get('window') ?? '');
      const own = known === null ? null : seat(known.seatNumber);
      if (known === null || own === null) return refuseUpgrade(socket, 403);
      if (server.clients.size >= socketsLimit) return refuseUpgrade(socket, 503);
      const renewal = cookies.renewal(known);
      if (renewal !== null) renewals.set(request, renewal);
      server.handleUpgrade(request, socket, head, (opened) => admit(opened, known, own));
    },
    connected: (windowId) => windows.has(windowId),
    close() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

/** Answers an upgrade with a plain refusal. The page cannot see the status (it asks `/whoami`), a technician can. */
export function refuseUpgrade(socket: Duplex, status: number): void {
  // Whoever hung up first is gone either way.
  socket.on('error', () => socket.destroy());
  const headers = Object.entries({ ...securityHeaders, connection: 'close', 'content-length': '0' });
  socket.end(`HTTP/1.1 ${status} Refused\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
}
