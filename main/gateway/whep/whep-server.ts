import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { cameraIdSchema, streamNameSchema } from '../../../core/cameras/camera.ts';
import { heldLinesSchema, lineWishBytes } from '../../../core/streams/line-wish.ts';
import { sessionWishesSchema, wishesBytes } from '../../../core/streams/session-wish.ts';
import type { Session, Sessions } from '../sessions.ts';
import type { Taps } from '../taps/taps.ts';
import type { WarmLines } from '../warm-lines.ts';
import { type Answer, problemAnswer } from './answer.ts';
import { createRequestGuard } from './request-guard.ts';
import { readBody } from './request-body.ts';
import { readSdpFragment } from './sdp-fragment.ts';

const offerBytes = 64 * 1024;
const offerType = 'application/sdp';
const fragmentType = 'application/trickle-ice-sdpfrag';
const wishesType = 'application/json';
/** Says to main that a session can be shown another camera. */
const switches = { 'Deedban-Switch': '1' };

export interface WhepServer {
  /** `http://127.0.0.1:<port>/whep`: a stream is at `<url>/<camera>/<stream>`. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * WHEP (draft-ietf-wish-whep-04) for main only: loopback, one bearer token, no browser (any Origin is refused).
 * POST opens a session, PATCH brings candidates, DELETE ends it. POST to `/whep/spare` opens one that shows nothing yet; PUT to `/whep/sessions`
 * says what open sessions are to show (`core/streams/session-wish.ts`), and to `/whep/lines` what is about to be shown (`line-wish.ts`). `/whep/taps` is in `taps/taps.ts`.
 */
export async function createWhepServer(ports: {
  host: string;
  port: number;
  token: string;
  sessions: Sessions;
  warmLines: Pick<WarmLines, 'hold'>;
  taps: Pick<Taps, 'handle'>;
}): Promise<WhepServer> {
  const { sessions } = ports;
  const guard = createRequestGuard(ports.token);
  const server = createServer({ maxHeaderSize: 16 * 1024, headersTimeout: 5_000, requestTimeout: 15_000 });
  server.maxConnections = 2_048;

  const route = async (request: IncomingMessage, gone: AbortSignal): Promise<Answer> => {
    const refused = guard.check(request);
    if (refused !== null) return refused;
    const target = readPath(request.url ?? '');
    if (target === null) return problemAnswer('bad-request', 'no such path', { status: 404 });
    if (request.method === 'OPTIONS') return empty(204, { 'Accept-Post': offerType, Allow: allowed(target) });
    const denied = guard.authorise(request);
    if (denied !== null) return denied;
    if (target.of === 'sessions') return show(request, target);
    if (target.of === 'lines') return warm(request, target);
    if (target.viewerId === null) return open(request, target, gone);
    const session = sessions.find(target.viewerId);
    if (session === null || session.path !== target.path) return problemAnswer('unknown-session', 'no such session');
    return change(request, target, session);
  };

  const open = async (request: IncomingMessage, target: Target, gone: AbortSignal): Promise<Answer> => {
    if (request.method !== 'POST') return wrongMethod(target);
    if (!accepts(request)) return problemAnswer('bad-request', `answers are ${offerType}`, { status: 406 });
    const body = await readBody(request, offerType, offerBytes);
    if (typeof body !== 'string') return body;
    const { of } = target;
    if (of === 'sessions' || of === 'lines') return wrongMethod(target);
    const result = await (of === 'spare' ? sessions.openSpare(body, gone) : sessions.open(of.camera, of.stream, body, gone));
    if (!('viewerId' in result)) return result;
    const headers = {
      'Content-Type': offerType,
      Location: result.path,
      ETag: result.etag,
      'Accept-Patch': fragmentType,
      ...switches,
    };
    return { status: 201, headers, body: result.answer };
  };

  const change = async (request: IncomingMessage, target: Target, session: Session): Promise<Answer> => {
    if (request.method === 'DELETE') {
      sessions.drop(session.viewerId);
      return empty(200, {});
    }
    if (request.method !== 'PATCH') return wrongMethod(target);
    const ifMatch = request.headers['if-match'];
    if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== session.etag) {
      return problemAnswer('bad-request', 'the ETag is of another ICE session', { status: 412 });
    }
    const body = await readBody(request, fragmentType, offerBytes);
    if (typeof body !== 'string') return body;
    const fragment = readSdpFragment(body);
    if (typeof fragment === 'string') return problemAnswer('bad-request', fragment);
    if (ifMatch === '*') return problemAnswer('bad-request', 'ICE restart is not supported: open a new session', { status: 422 });
    for (const { candidate, mid } of fragment.candidates) session.peer.addCandidate(candidate, mid);
    return empty(204, {});
  };

  const show = async (request: IncomingMessage, target: Target): Promise<Answer> => {
    if (request.method !== 'PUT') return wrongMethod(target);
    const body = await readBody(request, wishesType, wishesBytes);
    if (typeof body !== 'string') return body;
    const asked = sessionWishesSchema.safeParse(parsed(body));
    if (!asked.success)
      return problemAnswer('bad-request', 'what sessions are to show is {"wishes": [{"session", "show", "mark"}]}');
    const answers = sessions.show(asked.data.wishes);
    return { status: 200, headers: { 'Content-Type': wishesType }, body: JSON.stringify({ answers }) };
  };

  const warm = async (request: IncomingMessage, target: Target): Promise<Answer> => {
    if (request.method !== 'PUT') return wrongMethod(target);
    const body = await readBody(request, wishesType, lineWishBytes);
    if (typeof body !== 'string') return body;
    const asked = heldLinesSchema.safeParse(parsed(body));
    if (!asked.success)
      return problemAnswer('bad-request', 'what is to be held is {"holder", "lines": [{"camera", "stream"}], "keepMs"}');
    const { holder, lines, keepMs } = asked.data;
    const held = ports.warmLines.hold(holder, lines, keepMs);
    return { status: 200, headers: { 'Content-Type': wishesType }, body: JSON.stringify({ held }) };
  };

  server.on('request', (request, response) => {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    response.on('error', () => {});
    const denied = guard.check(request) ?? guard.authorise(request);
    const tapped = denied === null ? ports.taps.handle(request, response) : null;
    if (tapped === 'taken') return;
    (tapped === null ? route(request, gone.signal) : Promise.resolve(tapped))
      .catch(() => problemAnswer('internal', 'the gateway made a mistake'))
      .then((answer) => write(request, response, answer))
      .catch(() => response.destroy());
  });
  // No request, no answer: whoever speaks something else than HTTP is cut off.
  server.on('clientError', (_error, socket) => socket.destroy());
  const port = await listen(server, ports.host, ports.port);
  guard.setAuthority(`${ports.host}:${port}`);
  return {
    url: `http://${ports.host}:${port}/whep`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Target {
  /** A camera's stream, what shows nothing yet, all open sessions, or what is about to be shown. */
  readonly of: { readonly camera: string; readonly stream: 'main' | 'sub' } | 'spare' | 'sessions' | 'lines';
  readonly viewerId: string | null;
  readonly path: string;
}

function readPath(url: string): Target | null {
  const path = url.split('?')[0] ?? '';
  const [empty, whep, first, second, ...more] = path.split('/');
  if (empty !== '' || whep !== 'whep' || second === '' || more.length > 1 || more[0] === '') return null;
  if ((first === 'sessions' || first === 'lines') && second === undefined) return { of: first, viewerId: null, path };
  const stream = streamNameSchema.safeParse(second);
  if (first === 'spare' && more.length === 0 && !stream.success) return { of: 'spare', viewerId: second ?? null, path };
  const camera = cameraIdSchema.safeParse(first);
  if (!camera.success || !stream.success) return null;
  return { of: { camera: camera.data, stream: stream.data }, viewerId: more[0] ?? null, path };
}

function allowed({ of, viewerId }: Target): string {
  if (of === 'sessions' || of === 'lines') return 'OPTIONS, PUT';
  return viewerId === null ? 'OPTIONS, POST' : 'OPTIONS, PATCH, DELETE';
}

function wrongMethod(target: Target): Answer {
  return problemAnswer('bad-request', 'not this method here', { status: 405, headers: { Allow: allowed(target) } });
}

function accepts(request: IncomingMessage): boolean {
  const { accept } = request.headers;
  return accept === undefined || /(application\/(sdp|\*)|\*\/\*)/i.test(accept);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function empty(status: number, headers: Readonly<Record<string, string>>): Answer {
  return { status, headers, body: '' };
}

function write(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return;
  // A body nobody wants is not read to its end: the connection goes instead.
  const unread = !request.complete;
  response.writeHead(answer.status, {
    ...answer.headers,
    'Content-Length': Buffer.byteLength(answer.body),
    'Cache-Control': 'no-store',
    ...(unread ? { Connection: 'close' } : {}),
  });
  response.end(answer.body, () => {
    if (unread) request.socket.destroySoon();
  });
}

function listen(server: ReturnType<typeof createServer>, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('no port'));
      else resolve(address.port);
    });
  });
}
