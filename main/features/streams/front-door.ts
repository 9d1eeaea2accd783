import { randomUUID } from 'node:crypto';
import {
  type CameraEntry,
  type CameraId,
  cameraIdSchema,
  isEmbedded,
  type StreamAddress,
  type StreamName,
  streamNameSchema,
  waysOf,
} from '../../../core/cameras/camera.ts';
import { insteadOfField, leftWayField, readLeft } from '../../../core/streams/way-fact.ts';
import type { Clock } from '../../ports/clock.ts';
import { lineWishBytes } from '../../../core/streams/line-wish.ts';
import { wishesBytes } from '../../../core/streams/session-wish.ts';
import type { MediaGateway, ViewerNotice } from '../../ports/media-gateway.ts';
import { createLineWishes } from './line-wishes.ts';
import { type MediaSession, type MediaSessions, type Watched, watchedIn } from './media-sessions.ts';
import { problemResponse } from './problem-response.ts';
import { passOn } from './pass-on.ts';
import type { Refusals } from './refusals.ts';
import { createSessionSwitch } from './session-switch.ts';
import { askUpstream, foreignProblem, foreignUpstream, type Upstream, type UpstreamAnswer } from './upstream.ts';
import { codeOf, type Failure, isCounterOffer, worstOf } from './way-failures.ts';
import { wayFields } from './way-fields.ts';
import type { NumberedWay, Ways } from './ways.ts';

const maxOfferLength = 65_536;
/** For what is carried through although its window has gone; `askUpstream` has a limit of its own. */
const never = AbortSignal.any([]);

/** How long a way may keep an offer waiting while there are others to try (ms). All of them together stay within what a window waits. */
const wayLimitMs = 3_000;

export interface FrontDoorPorts {
  readonly clock: Pick<Clock, 'after'>;
  readonly ways: Ways;
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

export interface FrontDoor {
  handle(request: Request, windowId: string): Promise<Response>;
  /** The gateway tells what one of its sessions shows now. */
  heard(notice: ViewerNotice): void;
}

/** A server that has accepted an offer, or made one of its own. */
interface Answered {
  readonly answer: UpstreamAnswer;
  readonly upstream: Upstream;
  readonly foreign: boolean;
}
interface Unanswered {
  readonly response: Response;
}

/**
 * WHEP (draft-ietf-wish-whep-04) as windows speak it, to their own origin: `/whep/<camera>/<stream>` and
 * `/whep/<camera>/<stream>/<session>`; `/whep/spare` for a session of the embedded gateway that shows nothing yet; and a PUT to `/whep/sessions` of
 * what open sessions are to show, and one to `/whep/lines` of what is about to be shown. Who asks was established before; it adds credentials, forwards, and hides the upstream's address.
 */
export function createFrontDoor(ports: FrontDoorPorts): FrontDoor {
  const { refusals, gateway, sessions, ways, clock } = ports;
  const change = createSessionSwitch(ports);
  const warm = createLineWishes(ports);

  /** What concerns all that a window shows, or is about to. */
  const forAll = new Map([
    ['/whep/sessions', { mostBytes: wishesBytes, ask: change.ask }],
    ['/whep/lines', { mostBytes: lineWishBytes, ask: warm }],
  ]);

  async function handle(request: Request, windowId: string): Promise<Response> {
    const { method } = request;
    const { pathname } = new URL(request.url);
    const all = forAll.get(pathname);
    if (all && method !== 'PUT') return wrongMethod('PUT');
    const spare = readSpare(pathname);
    const asked = spare ? null : parsePath(pathname);
    if (!spare && !asked && !all) return problemResponse('bad-request', 'no such address');
    const body = await request.text();
    if (all) return body.length > all.mostBytes ? problemResponse('too-large') : all.ask(request, body, windowId);
    if (body.length > maxOfferLength) return problemResponse('too-large');
    if (asked) await ports.whenKnown?.(asked.camera);
    const id = asked?.sessionId ?? spare?.sessionId ?? null;
    if (id === null && method === 'POST')
      return asked ? open(request, asked, body, windowId) : openSpare(request, body, windowId);
    if (id === null || (method !== 'PATCH' && method !== 'DELETE')) return wrongMethod(id === null ? 'POST' : 'PATCH, DELETE');
    return forward(request, sessions.find(id) ?? inherited(asked, id, windowId), body, windowId);
  }

  /** A session that shows nothing: nobody watches anything in it until it is shown something. */
  async function openSpare(request: Request, offer: string, windowId: string): Promise<Response> {
    const upstream = embedded('/whep/spare');
    if (!upstream) return problemResponse('gateway-unreachable');
    const headers = { 'content-type': 'application/sdp', accept: 'application/sdp' };
    const answer = await askUpstream(upstream, { method: 'POST', headers, body: offer, signal: request.signal });
    if (answer instanceof Response) return answer;
    const granted = sessionOf({ answer, upstream, foreign: false });
    if (granted === null || granted === 'elsewhere') return passOn(answer, {});
    const id = granted.resource.pathname.split('/').at(-1) ?? '';
    const session: MediaSession = { id, windowId, shows: null, ...granted, only: null, next: null };
    if (request.signal.aborted) return endUnheard(session);
    sessions.open(session);
    return passOn(answer, { location: `/whep/spare/${id}`, 'deedban-switch': answer.headers.get('deedban-switch') ?? '0' });
  }

  async function open(request: Request, asked: Asked, offer: string, windowId: string): Promise<Response> {
    if (!/^application\/sdp\b/i.test(request.headers.get('content-type') ?? '')) {
      return problemResponse('bad-request', 'an offer has the type application/sdp');
    }
    const left = readLeft(request.headers.get(leftWayField));
    if (left) ways.failed(asked, left.number - 1, left.why);
    const insteadOf = readNumber(request.headers.get(insteadOfField));
    const tries = ways.toTry(asked, insteadOf === null ? null : insteadOf - 1);
    if (tries.length === 0) return problemResponse(insteadOf === null ? ways.whyNone(asked) : 'gateway-busy');
    const failures: Failure[] = [];
    for (const [place, each] of tries.entries()) {
      if (each.open) ways.asked(asked, each.way);
      const isLast = place === tries.length - 1;
      const answer = await inTime(ask(each.address, asked, offer, request.signal), isLast ? null : wayLimitMs);
      const response = 'upstream' in answer ? grant(answer, asked, each, windowId, request.signal) : answer.response;
      const code = response.ok || isCounterOffer(response) ? null : ((await codeOf(response)) ?? 'gateway-protocol');
      if (code === null) {
        ways.asked(asked, each.way);
        return response;
      }
      const retryAfterMs = (retryAfterS(response.headers) ?? 0) * 1_000;
      ways.failed(asked, each.way, code, retryAfterMs);
      failures.push({ way: each.way, code, response });
      if (request.signal.aborted) break;
    }
    return worstOf(failures);
  }

  /** Asks one way; what it answers is not yet granted to anybody. */
  async function ask(address: StreamAddress, asked: Asked, offer: string, gone: AbortSignal): Promise<Answered | Unanswered> {
    const foreign = !isEmbedded(address);
    const upstream = foreign ? foreignUpstream(address) : embedded(pathOf(asked));
    if (!upstream) return { response: problemResponse('gateway-unreachable') };
    const leftMs = foreign ? refusals.leftMs(asked, upstream) : 0;
    if (leftMs > 0) return { response: problemResponse('gateway-refused', undefined, Math.ceil(leftMs / 1_000)) };
    const answer = await askUpstream(upstream, {
      method: 'POST',
      headers: { 'content-type': 'application/sdp', accept: 'application/sdp' },
      body: offer,
      // A foreign server does not notice that nobody waits any more, and its session can be ended only when it has told its address.
      signal: foreign ? never : gone,
    });
    if (answer instanceof Response) return { response: answer };
    const problem = foreign ? foreignProblem(answer.status) : null;
    if (problem === 'gateway-refused') refusals.refused(asked, upstream);
    if (problem) return { response: problemResponse(problem, undefined, retryAfterS(answer.headers)) };
    refusals.accepted(asked, upstream);
    return { answer, upstream, foreign };
  }

  /** A way that keeps silent while others wait is passed over; a session it grants afterwards is ended, for nobody hears of it. */
  async function inTime(asking: Promise<Answered | Unanswered>, limitMs: number | null): Promise<Answered | Unanswered> {
    if (limitMs === null) return asking;
    const late = Promise.withResolvers<null>();
    const callOff = clock.after(limitMs, () => late.resolve(null));
    const answer = await Promise.race([asking, late.promise]);
    callOff();
    if (answer) return answer;
    void asking.then((unheard) => {
      const session = 'upstream' in unheard ? sessionOf(unheard) : null;
      if (session !== null && session !== 'elsewhere') endUnheard(session);
    });
    return { response: problemResponse('gateway-unreachable') };
  }

  function grant(answered: Answered, asked: Asked, { way }: NumberedWay, windowId: string, gone: AbortSignal): Response {
    const { answer, foreign } = answered;
    const isSdp = /^application\/sdp\b/i.test(answer.headers.get('content-type') ?? '');
    if (!isSdp) {
      if (!foreign) return passOn(answer, {});
      // A 406 without an offer of its own: it has nothing that we asked for.
      if (answer.status === 406) return problemResponse('codec-unsupported', undefined, retryAfterS(answer.headers));
      return problemResponse('gateway-protocol', 'the answer is not SDP');
    }
    const told = wayFields(ways.fact(asked, way));
    const granted = sessionOf(answered);
    // Without a resource it cannot be ended by us; the peer's own end must do.
    if (granted === null) return passOn(answer, told);
    if (granted === 'elsewhere') {
      return problemResponse('gateway-protocol', 'its session is on a host that was not configured');
    }
    // The gateway's own session id is kept, so that a new main knows the sessions of the old one.
    const id = foreign ? randomUUID() : (granted.resource.pathname.split('/').at(-1) ?? randomUUID());
    const { camera, stream } = asked;
    const shows = { camera, stream };
    const only = foreign ? { watched: shows, upstream: answered.upstream } : null;
    const session: MediaSession = { id, windowId, shows, ...granted, only, next: null };
    // Nobody hears of this session, so nobody else will end it.
    if (gone.aborted) return endUnheard(session);
    sessions.open(session);
    ports.opened(session, shows);
    const own = `${pathOf(asked)}/${encodeURIComponent(id)}`;
    // A foreign server may say what it likes: only ours can do it.
    const switches = foreign ? null : answer.headers.get('deedban-switch');
    return passOn(answer, { location: own, ...told, ...(switches === null ? {} : { 'deedban-switch': switches }) });
  }

  function endUnheard({ resource, authorization }: Pick<MediaSession, 'resource' | 'authorization'>): Response {
    void askUpstream({ url: resource, authorization }, { method: 'DELETE', headers: {}, signal: never });
    return problemResponse('unknown-session');
  }

  async function forward(request: Request, session: MediaSession | null, body: string, windowId: string): Promise<Response> {
    if (!session || session.windowId !== windowId) return problemResponse('unknown-session');
    const isEnd = request.method === 'DELETE';
    if (isEnd && sessions.close(session.id)) for (const watched of watchedIn(session)) ports.closed(session, watched);
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
  function inherited(asked: Asked | null, id: string, windowId: string): MediaSession | null {
    const entry = asked && ports.entry(asked.camera);
    const known = asked === null || (entry && waysOf(entry, asked.stream).some(isEmbedded));
    const upstream = known ? embedded(asked ? pathOf(asked) : '/whep/spare') : null;
    if (!upstream) return null;
    const resource = new URL(`${upstream.url.href}/${id}`);
    const shows = asked && { camera: asked.camera, stream: asked.stream };
    return { id, windowId, shows, resource, authorization: upstream.authorization, only: null, next: null };
  }

  function embedded(path: string): Upstream | null {
    const endpoint = gateway.endpoint();
    return endpoint && { url: new URL(path, endpoint.url), authorization: `Bearer ${endpoint.token}` };
  }

  return { handle, heard: change.heard };
}

const pathOf = ({ camera, stream }: Asked): string => `/whep/${encodeURIComponent(camera)}/${stream}`;

const wrongMethod = (allow: string): Response => new Response(null, { status: 405, headers: { allow } });

/** Where an answer's session is, and what is needed to end it; null where it has none. */
function sessionOf({ answer, upstream }: Answered): Pick<MediaSession, 'resource' | 'authorization'> | 'elsewhere' | null {
  const location = answer.headers.get('location');
  const resource = location ? URL.parse(location, answer.from.href) : null;
  if (!resource) return null;
  if (resource.hostname !== upstream.url.hostname) return 'elsewhere';
  return { resource, authorization: resource.origin === upstream.url.origin ? upstream.authorization : null };
}

function readNumber(text: string | null): number | null {
  return text !== null && /^\d$/.test(text) ? Number(text) : null;
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

/** No session is called like a stream, so a camera may be called spare. */
function readSpare(path: string): { readonly sessionId: string | null } | null {
  const match = /^\/whep\/spare(?:\/(?!(?:main|sub)$)([A-Za-z0-9_-]{1,128}))?$/.exec(path);
  return match && { sessionId: match[1] ?? null };
}
