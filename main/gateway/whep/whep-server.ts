import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { cameraIdSchema, streamNameSchema } from '../../../core/cameras/camera.ts';
import type { Session, Sessions } from '../sessions.ts';
import { type Answer, problemAnswer } from './answer.ts';
import { createRequestGuard } from './request-guard.ts';
import { readBody } from './request-body.ts';
import { readSdpFragment } from './sdp-fragment.ts';

const offerBytes = 64 * 1024;
const offerType = 'application/sdp';
const fragmentType = 'application/trickle-ice-sdpfrag';
const switchType = 'application/json';
const switchBytes = 1_024;
const switchSchema = z.strictObject({ camera: cameraIdSchema, stream: streamNameSchema });
/** Says to main that a session can be shown another camera. */
const switches = { 'Deedban-Switch': '1' };

export interface WhepServer {
  /** `http://127.0.0.1:<port>/whep`: a stream is at `<url>/<camera>/<stream>`. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * WHEP (draft-ietf-wish-whep-04) for main only: loopback, one bearer token, no browser (any Origin is refused).
 * POST opens a session, PATCH brings candidates, PUT shows another camera in it (`{camera, stream}`), DELETE ends it.
 */
export async function createWhepServer(ports: {
  host: string;
  port: number;
  token: string;
  sessions: Sessions;
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
    const result = await sessions.open(target.camera, target.stream, body, gone);
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
    if (request.method === 'PUT') return show(request, session);
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

  const show = async (request: IncomingMessage, session: Session): Promise<Answer> => {
    const body = await readBody(request, switchType, switchBytes);
    if (typeof body !== 'string') return body;
    const wish = switchSchema.safeParse(parsed(body));
    if (!wish.success) return problemAnswer('bad-request', 'a switch is {"camera", "stream"}');
    // It may have ended while the body was read.
    if (sessions.find(session.viewerId) !== session) return problemAnswer('unknown-session', 'no such session');
    const answer = session.switch(wish.data.camera, wish.data.stream);
    if (answer.what === 'refused') return problemAnswer(answer.code, 'it cannot be shown here', answer);
    const told = answer.what === 'shown' ? { fromRtpTimestamp: answer.fromRtpTimestamp } : {};
    return { status: answer.what === 'shown' ? 200 : 202, headers: { 'Content-Type': switchType }, body: JSON.stringify(told) };
  };

  server.on('request', (request, response) => {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    response.on('error', () => {});
    route(request, gone.signal)
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
  readonly camera: string;
  readonly stream: 'main' | 'sub';
  readonly viewerId: string | null;
  readonly path: string;
}

function readPath(url: string): Target | null {
  const path = url.split('?')[0] ?? '';
  const [empty, whep, camera, stream, viewerId, ...more] = path.split('/');
  if (empty !== '' || whep !== 'whep' || more.length > 0 || viewerId === '') return null;
  const [id, name] = [cameraIdSchema.safeParse(camera), streamNameSchema.safeParse(stream)];
  if (!id.success || !name.success) return null;
  return { camera: id.data, stream: name.data, viewerId: viewerId ?? null, path };
}

function allowed(target: Target): string {
  return target.viewerId === null ? 'OPTIONS, POST' : 'OPTIONS, PATCH, PUT, DELETE';
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
