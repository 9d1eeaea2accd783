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
import { type ProblemCode, problemCode, problemDetailsSchema } from '../../../core/streams/problem.ts';
import { retryPolicyName } from '../../../core/streams/retry-policy.ts';
import { insteadOfField, leftWayField, readLeft } from '../../../core/streams/way-fact.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MediaGateway } from '../../ports/media-gateway.ts';
import { type MediaSession, type MediaSessions, type Watched, watchedIn } from './media-sessions.ts';
import { problemResponse } from './problem-response.ts';
import { passOn } from './pass-on.ts';
import type { Refusals } from './refusals.ts';
import { createSessionSwitch } from './session-switch.ts';
import { askUpstream, foreignProblem, foreignUpstream, type Upstream, type UpstreamAnswer } from './upstream.ts';
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

/** A server that has accepted an offer, or made one of its own. */
interface Answered {
  readonly answer: UpstreamAnswer;
  readonly upstream: Upstream;
  readonly foreign: boolean;
}
interface Unanswered {
  readonly response: Response;
}
interface Failure {
  readonly way: number;
  readonly code: ProblemCode;
  readonly response: Response;
}

/**
 * WHEP (draft-ietf-wish-whep-04) as windows speak it, to their own origin: `/whep/<camera>/<stream>` and
 * `/whep/<camera>/<stream>/<session>`, and a PUT of `{camera, stream}` where a session can show another camera. Who asks was established before; it adds credentials, forwards, and hides the upstream's address.
 */
export function createFrontDoor(ports: FrontDoorPorts): (request: Request, windowId: string) => Promise<Response> {
  const { refusals, gateway, sessions, ways, clock } = ports;
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
    const left = readLeft(request.headers.get(leftWayField));
    if (left) ways.failed(asked, left.number - 1, left.why);
    const insteadOf = readNumber(request.headers.get(insteadOfField));
    const tries = ways.toTry(asked, insteadOf === null ? null : insteadOf - 1);
    if (tries.length === 0) return problemResponse(insteadOf === null ? 'unknown-camera' : 'gateway-busy');
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
    const upstream = foreign ? foreignUpstream(address) : embedded(asked);
    if (!upstream) return { response: problemResponse('gateway-unreachable', undefined, 1) };
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
    const session: MediaSession = { id, windowId, camera, stream, ...granted, embedded: !foreign, next: null };
    // Nobody hears of this session, so nobody else will end it.
    if (gone.aborted) return endUnheard(session);
    sessions.open(session);
    ports.opened(session, session);
    const own = `/whep/${camera}/${stream}/${encodeURIComponent(id)}`;
    // A foreign server may say what it likes: only ours can do it.
    const switches = foreign ? null : answer.headers.get('deedban-switch');
    return passOn(answer, { location: own, ...told, ...(switches === null ? {} : { 'deedban-switch': switches }) });
  }

  function endUnheard({ resource, authorization }: Pick<MediaSession, 'resource' | 'authorization'>): Response {
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
    const entry = ports.entry(asked.camera);
    const upstream = entry && waysOf(entry, asked.stream).some(isEmbedded) ? embedded(asked) : null;
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

/** Where an answer's session is, and what is needed to end it; null where it has none. */
function sessionOf({ answer, upstream }: Answered): Pick<MediaSession, 'resource' | 'authorization'> | 'elsewhere' | null {
  const location = answer.headers.get('location');
  const resource = location ? URL.parse(location, answer.from.href) : null;
  if (!resource) return null;
  if (resource.hostname !== upstream.url.hostname) return 'elsewhere';
  return { resource, authorization: resource.origin === upstream.url.origin ? upstream.authorization : null };
}

const isCounterOffer = (response: Response): boolean =>
  response.status === 406 && /^application\/sdp\b/i.test(response.headers.get('content-type') ?? '');

async function codeOf(response: Response): Promise<ProblemCode | null> {
  const details = problemDetailsSchema.safeParse(
    await response
      .clone()
      .json()
      .catch(() => null),
  );
  return details.success ? problemCode(details.data.type) : null;
}

/**
 * What a window is told where no way gave an answer: what is wrong with the first one, unless that is a refusal and another may be well again
 * sooner. How long to wait is told only where there is one way: the others need not keep to it.
 */
function worstOf(failures: readonly Failure[]): Response {
  const inOrder = [...failures].sort((a, b) => a.way - b.way);
  const told = inOrder.find(({ code }) => retryPolicyName(code) !== 'refused') ?? inOrder[0];
  if (told === undefined) return problemResponse('internal');
  if (failures.length > 1) told.response.headers.delete('retry-after');
  return told.response;
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
