import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Seat } from '../../../core/access/seat.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Program } from '../../program.ts';
import { answer, answerPage, unknownWindowWords } from './answers.ts';
import { addressPrefixOf, forwardByAddress } from './by-address-route.ts';
import { answerEnter } from './enter-route.ts';
import type { Entry, EntryCodes } from './entry-codes.ts';
import { createFailureLimit } from '../failure-limit.ts';
import { listenOnLoopback } from './listen-on-loopback.ts';
import { listRendererFiles, type RendererFiles } from '../renderer-files.ts';
import { addressOf, refusalOf } from './request-guard.ts';
import { createRpcUpgrades, refuseUpgrade } from './rpc-upgrades.ts';
import type { WindowCookies } from './window-cookie.ts';

export interface HttpServerOptions {
  readonly program: Pick<Program, 'admit' | 'byAddress'>;
  readonly rendererDir: string;
  readonly codes: EntryCodes;
  readonly cookies: WindowCookies;
  readonly clock: Clock;
  readonly log: Log;
  /** Exactly this port, or a failure; null where any will do. */
  readonly port: number | null;
  /** Tried first where `port` is null. */
  readonly preferredPort: number | null;
  seat(number: number): Seat | null;
  entered(entry: Entry): void;
}

export interface HttpServer {
  readonly port: number;
  connected(windowId: string): boolean;
  close(): Promise<void>;
}

/**
 * Serves the windows on 127.0.0.1: the built renderer, `/enter`, `/whoami`, the WebSocket `/rpc`, and what the program answers by
 * address (`addressPrefixes`). Every request is
 * judged by `refusalOf` before anything else. Rejects with words where the renderer is missing or the port is taken.
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { cookies, clock, log, program } = options;
  const files = await listRendererFiles(options.rendererDir);
  const failures = createFailureLimit(10, 60_000, () => clock.monotonicMs());
  const upgrades = createRpcUpgrades(options);
  let port = 0;

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refusalOf(request, port, 'request');
    if (refusal !== null) return answerPage(response, refusal.status, refusal.words, { connection: 'close' });
    const url = addressOf(request);
    const windowId = url.searchParams.get('window');
    const byAddress = addressPrefixOf(url.pathname);
    if (byAddress !== undefined) {
      const known = cookies.all(request.headers.cookie).filter((window) => options.seat(window.seatNumber) !== null);
      return forwardByAddress(request, response, program, {
        windowIds: known.map((window) => window.windowId),
        cookies: known.map((window) => cookies.renewal(window)).filter((cookie) => cookie !== null),
        bodyMaxBytes: byAddress.bodyMaxBytes,
      });
    }
    if (url.pathname === '/enter') {
      if (request.method !== 'POST') return answerPage(response, 405, 'Deedban does not do this.', { allow: 'POST' });
      return answerEnter(request, response, { codes: options.codes, cookies, failures, entered: options.entered });
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return answerPage(response, 405, 'Deedban does not do this.', { allow: 'GET, HEAD', connection: 'close' });
    }
    const known = windowId === null ? null : cookies.verify(request.headers.cookie, windowId);
    const isKnown = known !== null && options.seat(known.seatNumber) !== null;
    if (url.pathname === '/whoami') {
      const renewal = isKnown ? cookies.renewal(known) : null;
      return answer(response, isKnown ? 204 : 403, renewal === null ? {} : { 'set-cookie': renewal });
    }
    if (url.pathname === '/' && windowId !== null && !isKnown) return answerPage(response, 403, unknownWindowWords);
    return answerFile(response, files, url.pathname);
  }

  const server = createServer(
    {
      // Somebody who sends one byte now and then holds nothing for long.
      headersTimeout: 5_000,
      requestTimeout: 10_000,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: 5_000,
      maxHeaderSize: 16_384,
    },
    (request, response) => {
      route(request, response).catch((error: unknown) => {
        log.error('a request failed', { reason: error instanceof Error ? error.message : 'unknown' });
        answerPage(response, 500, 'Deedban could not answer.');
      });
    },
  );
  server.maxConnections = 1_024;
  server.maxHeadersCount = 64;
  server.setTimeout(60_000);
  server.on('upgrade', (request, socket, head) => {
    const refusal = refusalOf(request, port, 'upgrade');
    if (refusal !== null) return refuseUpgrade(socket, refusal.status);
    return upgrades.handle(request, socket, head);
  });
  port = await listenOnLoopback(server, options.port, options.preferredPort);
  return { port, connected: upgrades.connected, close: () => closeServer(server, upgrades.close) };
}

async function answerFile(response: ServerResponse, files: RendererFiles, path: string): Promise<void> {
  const file = files.get(path);
  if (file === undefined) return answerPage(response, 404, 'There is nothing here.');
  answer(response, 200, { 'content-type': file.mediaType, 'cache-control': file.cacheControl }, await file.read());
}

function closeServer(server: Server, closeUpgrades: () => void): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    closeUpgrades();
    server.closeAllConnections();
  });
}
