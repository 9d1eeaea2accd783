import { Agent as HttpAgent, type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Clock } from '../../ports/clock.ts';
import { OnvifFailure } from './onvif-failure.ts';

/** Nothing a camera answers to us is longer, in bytes. */
export const answerMaxBytes = 1_048_576;
/** From the first byte we send to the last we read, in ms: a camera that drips is as dead as a silent one. */
export const answerLimitMs = 5_000;
const mostRedirects = 2;
const mostKept = 2;

export interface HttpAnswer {
  readonly status: number;
  /** All values of `WWW-Authenticate`. */
  readonly challenges: readonly string[];
  readonly body: Buffer;
}

export interface HttpAsk {
  readonly url: URL;
  readonly body: string;
  readonly contentType: string;
  readonly authorization: string | null;
  /** Shorter than `answerLimitMs` where wished. */
  readonly limitMs?: number;
}

/** POST under limits; nothing else is spoken with cameras. */
export interface LimitedHttp {
  /** Rejects with `OnvifFailure`: `unreachable`, `silent`, `too-large`, `moved-elsewhere`, `not-understood`. */
  post(ask: HttpAsk): Promise<HttpAnswer>;
  /** Ends what is under way, and the connections. */
  close(): void;
}

/** Connections to one camera, kept open: a new one for every move would cost a round trip, over TLS three. */
export function createLimitedHttp(clock: Clock): LimitedHttp {
  const kept = { keepAlive: true, maxSockets: 4, maxFreeSockets: mostKept, scheduling: 'lifo' } as const;
  const plain = new HttpAgent(kept);
  // Cameras sign their own certificates. Their passwords never go as such, only as digests.
  const secure = new HttpsAgent({ ...kept, rejectUnauthorized: false });
  const underway = new Set<AbortController>();

  function begin(ask: HttpAsk, url: URL, signal: AbortSignal): ClientRequest {
    const isSecure = url.protocol === 'https:';
    return (isSecure ? httpsRequest : httpRequest)(url, {
      method: 'POST',
      agent: isSecure ? secure : plain,
      signal,
      maxHeaderSize: 16_384,
      headers: {
        'content-type': ask.contentType,
        'content-length': Buffer.byteLength(ask.body),
        // What is packed could unpack to anything.
        'accept-encoding': 'identity',
        ...(ask.authorization === null ? {} : { authorization: ask.authorization }),
      },
    });
  }

  /** A kept connection that the camera closed just now says so only when it is used: that is no answer, and a fresh one is tried. */
  async function answered(ask: HttpAsk, url: URL, signal: AbortSignal): Promise<IncomingMessage> {
    for (let tried = 0; ; tried += 1) {
      const request = begin(ask, url, signal);
      try {
        return await new Promise<IncomingMessage>((resolve, reject) => {
          request.once('response', resolve);
          request.once('error', reject);
          request.end(ask.body);
        });
      } catch (error) {
        if (signal.aborted || !request.reusedSocket || tried > mostKept || !isReset(error)) throw error;
      }
    }
  }

  return {
    async post(ask) {
      const abort = new AbortController();
      underway.add(abort);
      const stopTimer = clock.after(ask.limitMs ?? answerLimitMs, () => abort.abort());
      try {
        let { url } = ask;
        for (let redirects = 0; ; redirects += 1) {
          const message = await answered(ask, url, abort.signal);
          const next = redirectOf(message, url);
          if (next === null) return await readAnswer(message);
          message.resume();
          if (redirects >= mostRedirects) throw new OnvifFailure('not-understood', 'the camera sends us in a circle');
          url = next;
        }
      } catch (error) {
        if (error instanceof OnvifFailure) throw error;
        if (abort.signal.aborted) throw new OnvifFailure('silent', 'the camera did not answer in time');
        if (error instanceof Error && 'code' in error && String(error.code).startsWith('HPE_'))
          throw new OnvifFailure('not-understood', 'the camera does not speak HTTP');
        throw new OnvifFailure('unreachable', `the camera cannot be reached (${reasonOf(error)})`);
      } finally {
        stopTimer();
        underway.delete(abort);
      }
    },
    close() {
      for (const abort of underway) abort.abort();
      plain.destroy();
      secure.destroy();
    },
  };
}

/** Where to ask instead, within the same host and never from TLS to clear text; null for an answer. */
function redirectOf(message: IncomingMessage, from: URL): URL | null {
  if (![301, 302, 307, 308].includes(message.statusCode ?? 0)) return null;
  const location = message.headers.location ?? '';
  const to = URL.canParse(location, from.href) ? new URL(location, from) : null;
  const isOfHost = to !== null && to.hostname === from.hostname && to.username === '' && to.password === '';
  const isSafe = to?.protocol === 'https:' || (to?.protocol === 'http:' && from.protocol === 'http:');
  if (to === null || !isOfHost || !isSafe) {
    message.destroy();
    throw new OnvifFailure('moved-elsewhere', 'the camera sends us to another place, where we do not go');
  }
  return to;
}

async function readAnswer(message: IncomingMessage): Promise<HttpAnswer> {
  const tooLarge = new OnvifFailure('too-large', 'the answer is longer than 1 MiB');
  const encoding = message.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    message.destroy();
    throw new OnvifFailure('not-understood', 'the answer is packed, although nobody asked for that');
  }
  if (Number(message.headers['content-length'] ?? 0) > answerMaxBytes) {
    message.destroy();
    throw tooLarge;
  }
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of message) {
    if (!Buffer.isBuffer(part)) continue;
    bytes += part.length;
    // Leaving the loop destroys the connection.
    if (bytes > answerMaxBytes) throw tooLarge;
    parts.push(part);
  }
  const challenges = message.headersDistinct['www-authenticate'] ?? [];
  return { status: message.statusCode ?? 0, challenges, body: Buffer.concat(parts) };
}

function isReset(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
}

/** Only the kind of fault: its message would name the address. */
function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'no reason given';
}
