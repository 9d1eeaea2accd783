import { randomUUID } from 'node:crypto';
import {
  type CameraEntry,
  type CameraId,
  cameraIdSchema,
  type StreamName,
  streamNameSchema,
} from '../../../core/cameras/camera.ts';
import type { MediaGateway } from '../../ports/media-gateway.ts';
import { type MediaSession, type MediaSessions, type Watched, watchedIn } from './media-sessions.ts';
import { problemResponse } from './problem-response.ts';
import { passOn } from './pass-on.ts';
import type { Refusals } from './refusals.ts';
import { createSessionSwitch } from './session-switch.ts';
import { askUpstream, basicAuthorization, foreignProblem, type Upstream, type UpstreamAnswer } from './upstream.ts';

const maxOfferLength = 65_536;
/** For what is carried through although its window has gone; `askUpstream` has a limit of its own. */
const never = AbortSignal.any([]);

export interface FrontDoorPorts {
  readonly refusals: Refusals;
  readonly gateway: MediaGateway;
  readonly sessions: MediaSessions;
  entry(camera: CameraId): CameraEntry | undefined;
  /** Resolves when `entry` answers rightly for it; always does where it is absent. */
  whenKnown?(camera: CameraId): Promise<void>;
  /** A right to media was granted, or has ended. */
  opened(session: MediaSession, watched: Watched): void;
  closed(session: MediaSession, watched: Watched): void;
}

interface Asked {
  readonly camera: CameraId;
  readonly stream: StreamName;
  readonly sessionId: string | null;
}

/**
 * WHEP (draft-ietf-wish-whep-04) as windows speak it, to their own origin: `/whep/<camera>/<stream>` and
 * `/whep/<camera>/<stream>/<session>`, and a PUT of `{camera, stream}` where a session can show another camera. Who asks was established before; it adds credentials, forwards, and hides the upstream's address.
 */
export function createFrontDoor(ports: FrontDoorPorts): (request: Request, windowId: string) => Promise<Response> {
  const { refusals, gateway, sessions } = ports;
  const change = createSessionSwitch(ports);

  return async (request, windowId) => {
    const asked = parsePath(new URL(request.url).pathname);
    if (!asked) return problemResponse('bad-request', 'no such address');
    const body = await request.text();
    if (body.length > maxOfferLength) return problemResponse('too-large');
    await ports.whenKnown?.(asked.camera);
    if (!asked.sessionId && request.method === 'POST') return open(request, asked, body, windowId);
    if (asked.sessionId && (request.method === 'PATCH' || request.method === 'DELETE')) {
      return forward(request, asked, asked.sessionId, body, windowId);
    }
    if (asked.sessionId && request.method === 'PUT') return change(request, asked.sessionId, body, windowId);
    return new Response(null, { status: 405, headers: { allow: asked.sessionId ? 'PATCH, PUT, DELETE' : 'POST' } });
  };

  async function open(request: Request, asked: Asked, offer: string, windowId: string): Promise<Response> {
    if (!/^application\/sdp\b/i.test(request.headers.get('content-type') ?? '')) {
      return problemResponse('bad-request', 'an offer has the type application/sdp');
    }
    const entry = ports.entry(asked.camera);
    const address = entry?.addresses[asked.stream];
    if (!address) return problemResponse('unknown-camera');
    const foreign = address.scheme === 'http' || address.scheme === 'https';
    const upstream = foreign
      ? { url: new URL(address.url), authorization: basicAuthorization(address.credentials) }
      : embedded(asked);
    if (!upstream) return problemResponse('gateway-unreachable', undefined, 1);
    const leftMs = foreign ? refusals.leftMs(asked, upstream) : 0;
    if (leftMs > 0) return problemResponse('gateway-refused', undefined, Math.ceil(leftMs / 1_000));
    const answer = await askUpstream(upstream, {
      method: 'POST',
      headers: { 'content-type': 'application/sdp', accept: 'application/sdp' },
      body: offer,
      // A foreign server does not notice that nobody waits any more, and its session can be ended only when it has told its address.
      signal: foreign ? never : request.signal,
    });
    if (answer instanceof Response) return answer;
    const problem = foreign ? foreignProblem(answer.status) : null;
    if (problem === 'gateway-refused') refusals.refused(asked, upstream);
    if (problem) return problemResponse(problem, undefined, retryAfterS(answer.headers));
    refusals.accepted(asked);
    return grant(answer, upstream, asked, windowId, foreign, request.signal);
  }

  function grant(
    answer: UpstreamAnswer,
    upstream: Upstream,
    asked: Asked,
    windowId: string,
    foreign: boolean,
    gone: AbortSignal,
  ): Response {
    const isSdp = /^application\/sdp\b/i.test(answer.headers.get('content-type') ?? '');
    if (!isSdp) {
      if (!foreign) return passOn(answer, {});
      // A 406 without an offer of its own: it has nothing that we asked for.
      if (answer.status === 406) return problemResponse('codec-unsupported', undefined, retryAfterS(answer.headers));
      return problemResponse('gateway-protocol', 'the answer is not SDP');
    }
    const location = answer.headers.get('location');
    const resource = location ? URL.parse(location, answer.from.href) : null;
    if (!resource || resource.hostname !== upstream.url.hostname) {
      // Without a resource it cannot be ended by us; the peer's own end must do.
      if (resource) return problemResponse('gateway-protocol', 'its session is on a host that was not configured');
      return passOn(answer, {});
    }
    // The gateway's own session id is kept, so that a new main knows the sessions of the old one.
    const id = foreign ? randomUUID() : (resource.pathname.split('/').at(-1) ?? randomUUID());
    const authorization = resource.origin === upstream.url.origin ? upstream.authorization : null;
    const { camera, stream } = asked;
    const session: MediaSession = { id, windowId, camera, stream, resource, authorization, embedded: !foreign, next: null };
    // Nobody hears of this session, so nobody else will end it.
    if (gone.aborted) return endUnheard(session);
    sessions.open(session);
    ports.opened(session, session);
    const own = `/whep/${camera}/${stream}/${encodeURIComponent(id)}`;
    // A foreign server may say what it likes: only ours can do it.
    const switches = foreign ? null : answer.headers.get('deedban-switch');
    return passOn(answer, { location: own, ...(switches === null ? {} : { 'deedban-switch': switches }) });
  }

  function endUnheard({ resource, authorization }: MediaSession): Response {
    void askUpstream({ url: resource, authorization }, { method: 'DELETE', headers: {}, signal: never });
    return problemResponse('unknown-session');
  }

  async function forward(request: Request, asked: Asked, id: string, body: string, windowId: string): Promise<Response> {
    const session = sessions.find(id) ?? inherited(asked, id, windowId);
    if (!session || session.windowId !== windowId) return problemResponse('unknown-session');
    const isEnd = request.method === 'DELETE';
    if (isEnd && sessions.close(id)) for (const watched of watchedIn(session)) ports.closed(session, watched);
    const type = request.headers.get('content-type');
    const match = request.headers.get('if-match');
    const authorization = session.authorization;
    const answer = await askUpstream(
      { url: session.resource, authorization },
      {
        method: request.method,
        headers: { ...(type ? { 'content-type': type } : {}), ...(match ? { 'if-match': match } : {}) },
        ...(isEnd || body === '' ? {} : { body }),
        // A window that is closing does not wait for the answer to its last word.
        signal: isEnd ? never : request.signal,
      },
    );
    if (answer instanceof Response) return answer;
    return passOn(answer, {});
  }

  /** A session of the embedded gateway that an earlier main granted: its id is the gateway's, and whoever knows it may end it. */
  function inherited(asked: Asked, id: string, windowId: string): MediaSession | null {
    const scheme = ports.entry(asked.camera)?.addresses[asked.stream]?.scheme;
    const upstream = scheme === undefined || scheme.startsWith('http') ? null : embedded(asked);
    if (!upstream) return null;
    const resource = new URL(`${upstream.url.href}/${id}`);
    const { camera, stream } = asked;
    return { id, windowId, camera, stream, resource, authorization: upstream.authorization, embedded: true, next: null };
  }

  function embedded(asked: Asked): Upstream | null {
    const endpoint = gateway.endpoint();
    if (!endpoint) return null;
    const path = `/whep/${encodeURIComponent(asked.camera)}/${asked.stream}`;
    return { url: new URL(path, endpoint.url), authorization: `Bearer ${endpoint.token}` };
  }
}

function retryAfterS(headers: Headers): number | undefined {
  const value = headers.get('retry-after');
  if (!value) return undefined;
  const seconds = /^\d+$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - Date.now()) / 1_000);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 3_600) : undefined;
}

function parsePath(path: string): Asked | null {
  const match = /^\/whep\/([^/]+)\/([^/]+)(?:\/([A-Za-z0-9_-]{1,128}))?$/.exec(path);
  if (!match) return null;
  const camera = cameraIdSchema.safeParse(match[1]);
  const stream = streamNameSchema.safeParse(match[2]);
  return camera.success && stream.success ? { camera: camera.data, stream: stream.data, sessionId: match[3] ?? null } : null;
}
