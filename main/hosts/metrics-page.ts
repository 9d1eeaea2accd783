import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isAbsolute, join } from 'node:path';
import { sameSecret } from '../gateway/same-secret.ts';
import type { Clock } from '../ports/clock.ts';
import type { KnownSecrets } from '../ports/known-secrets.ts';
import type { Log } from '../ports/log.ts';
import type { MetricsText } from '../ports/metrics-text.ts';
import type { MetricsSetting } from '../ports/settings.ts';
import { openTokenFile } from '../stores/files/token-file.ts';
import { createFailureLimit } from './failure-limit.ts';

/** A program that scrapes each second is a mistake, and one that guesses tokens is worse. */
const mostAnswers = 60;
const mostRefusals = 10;
const perMs = 60_000;

export interface MetricsPageOptions {
  readonly setting: MetricsSetting;
  readonly dataFolder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly secrets: Pick<KnownSecrets, 'add'>;
  metrics(): Promise<MetricsText>;
}

export interface MetricsPage {
  readonly address: string;
  readonly tokenFile: string;
  close(): Promise<void>;
}

/**
 * Serves `/metrics` on 127.0.0.1, to GET with the bearer token that the token file holds, and nothing else. Rejects with words where the
 * token file cannot be used or the port is taken.
 */
export async function openMetricsPage(options: MetricsPageOptions): Promise<MetricsPage> {
  const { setting, clock, log } = options;
  const tokenFile = isAbsolute(setting.tokenFile) ? setting.tokenFile : join(options.dataFolder, setting.tokenFile);
  const token = await openTokenFile(tokenFile);
  options.secrets.add(token);
  const answers = createFailureLimit(mostAnswers, perMs, () => clock.monotonicMs());
  const refusals = createFailureLimit(mostRefusals, perMs, () => clock.monotonicMs());
  let port = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { host, origin, authorization = '' } = request.headers;
    // A foreign name that resolves to this machine is DNS rebinding; a page of a browser has no business here at all.
    if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return end(response, 421, 'Not this host.');
    if (origin !== undefined) return end(response, 403, 'Web pages may not ask this.');
    if (request.method !== 'GET') return end(response, 405, 'Only GET.', { allow: 'GET' });
    const given = /^Bearer +([^\s]{1,1024})$/i.exec(authorization)?.[1] ?? '';
    if (!sameSecret(given, token)) {
      if (!refusals.within()) return end(response, 429, 'Too many wrong tokens.', { 'retry-after': '60' });
      return end(response, 401, 'A bearer token is needed; Deedban keeps it in the token file.', {
        'www-authenticate': 'Bearer',
      });
    }
    // Who has the token is not kept out by those who have not.
    if (!answers.within()) return end(response, 429, 'Asked too often.', { 'retry-after': '60' });
    if (request.url !== '/metrics') return end(response, 404, 'There is only /metrics.');
    const { contentType, text } = await options.metrics();
    end(response, 200, text, { 'content-type': contentType });
  }

  const server = createServer(
    {
      headersTimeout: 5_000,
      requestTimeout: 10_000,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: 5_000,
      maxHeaderSize: 8_192,
    },
    (request, response) => {
      answer(request, response).catch((error: unknown) => {
        log.error('the metrics could not be told', { reason: error instanceof Error ? error.message : 'unknown' });
        if (!response.headersSent) end(response, 500, 'Deedban could not answer.');
      });
    },
  );
  server.maxConnections = 16;
  server.maxHeadersCount = 32;
  server.setTimeout(15_000);
  port = await new Promise<number>((resolve, reject) => {
    server.once('error', (error) => reject(new Error(`Port ${setting.port} cannot be used for the metrics: ${error.message}`)));
    server.listen({ host: '127.0.0.1', port: setting.port, exclusive: true }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : setting.port);
    });
  });
  server.unref();
  return {
    address: `http://127.0.0.1:${port}/metrics`,
    tokenFile,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function end(response: ServerResponse, status: number, text: string, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(status === 200 ? {} : { connection: 'close' }),
    ...headers,
  });
  response.end(text);
}
