import { type CameraId, isEmbedded } from '../../../core/cameras/camera.ts';
import type { ProblemCode } from '../../../core/streams/problem.ts';
import {
  type SessionWish,
  sessionWishesSchema,
  watchedSchema,
  type WishAnswer,
  wishAnswersSchema,
} from '../../../core/streams/session-wish.ts';
import type { MediaGateway, ViewerNotice } from '../../ports/media-gateway.ts';
import { isSame, type MediaSession, type MediaSessions, type Watched } from './media-sessions.ts';
import { problemResponse } from './problem-response.ts';
import { askUpstream } from './upstream.ts';
import type { Ways } from './ways.ts';
import { watchForeign } from './foreign-watch.ts';

export interface SessionSwitchPorts {
  readonly sessions: MediaSessions;
  readonly gateway: Pick<MediaGateway, 'endpoint'>;
  readonly ways: Pick<Ways, 'toTry' | 'whyNone' | 'asked' | 'fact'>;
  /** Resolves when `entry` answers rightly for it; always does where it is absent. */
  whenKnown?(camera: CameraId): Promise<void>;
  opened(session: MediaSession, watched: Watched): void;
  closed(session: MediaSession, watched: Watched): void;
}

export interface SessionSwitch {
  /** Answers a window's `PUT /whep/sessions`. */
  ask(request: Request, body: string, windowId: string): Promise<Response>;
  /** The gateway tells what one of its sessions shows now. */
  heard(notice: ViewerNotice): void;
}

/**
 * Shows other cameras (or none) in open sessions of the embedded gateway, a whole scene by one question. The right to a camera is granted, and told as
 * opened, before its first picture can come. The right to the former one ends when the gateway tells that it has changed: only its word, in its order,
 * says what is shown. A session that this main did not grant is unknown: its window opens another one. A foreign server's session can only be said not to be watched
 * for a while.
 */
export function createSessionSwitch(ports: SessionSwitchPorts): SessionSwitch {
  const { sessions } = ports;

  /** What is answered without the gateway; null where it is asked. */
  async function answerHere({ session: id, show }: SessionWish, windowId: string): Promise<WishAnswer | null> {
    if (show !== null) await ports.whenKnown?.(show.camera);
    const session = sessions.find(id);
    if (!session || session.windowId !== windowId) return refusal('unknown-session');
    if (session.only !== null) {
      const problem = watchForeign(ports, session, show);
      return problem === null ? { what: 'shown' } : refusal(problem);
    }
    if (show === null) return null;
    const [first] = ports.ways.toTry(show);
    if (first === undefined) return refusal(ports.ways.whyNone(show));
    // It has another gateway.
    return isEmbedded(first.address) ? null : refusal('bad-request');
  }

  function grant({ session: id, show }: SessionWish): void {
    const session = sessions.find(id);
    if (!session || (session.next && show && isSame(session.next, show))) return;
    if (session.next) ports.closed(session, session.next);
    // To what it shows it has the right already, and to what it was to show it has none any more.
    const next = show === null || (session.shows && isSame(session.shows, show)) ? null : show;
    sessions.change(id, { shows: session.shows, next });
    if (next) ports.opened(session, next);
  }

  function withdraw({ session: id, show }: SessionWish): void {
    const session = sessions.find(id);
    if (!session?.next || !show || !isSame(session.next, show)) return;
    ports.closed(session, session.next);
    sessions.change(id, { shows: session.shows, next: null });
  }

  /** The window is told by which of several ways it comes. */
  function withWay(answer: WishAnswer, show: SessionWish['show']): WishAnswer {
    const [first] = show && answer.what !== 'refused' ? ports.ways.toTry(show) : [];
    if (!show || !first || answer.what === 'refused') return answer;
    ports.ways.asked(show, first.way);
    const way = ports.ways.fact(show, first.way);
    return way ? { ...answer, way } : answer;
  }

  async function askGateway(wishes: readonly SessionWish[]): Promise<readonly WishAnswer[] | Response> {
    const endpoint = ports.gateway.endpoint();
    if (wishes.length === 0 || !endpoint) return wishes.map(() => refusal('gateway-unreachable'));
    const answer = await askUpstream(
      { url: new URL('/whep/sessions', endpoint.url), authorization: `Bearer ${endpoint.token}` },
      {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ wishes }),
        // Carried through although the window does not wait any more: what is shown has to be known here.
        signal: AbortSignal.any([]),
      },
    );
    if (answer instanceof Response) return answer;
    const told = wishAnswersSchema.safeParse(parsed(answer.body));
    if (answer.status !== 200 || told.data?.answers.length !== wishes.length) return problemResponse('gateway-protocol');
    return told.data.answers;
  }

  return {
    async ask(request, body, windowId) {
      if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) return badRequest();
      const asked = sessionWishesSchema.safeParse(parsed(body));
      if (!asked.success) return badRequest();
      const { wishes } = asked.data;
      const here = await Promise.all(wishes.map((wish) => answerHere(wish, windowId)));
      const passed = wishes.filter((_wish, index) => here[index] === null);
      for (const wish of passed) grant(wish);
      const told = await askGateway(passed);
      if (told instanceof Response) {
        for (const wish of passed) withdraw(wish);
        return told;
      }
      for (const [index, wish] of passed.entries()) if (told[index]?.what === 'refused') withdraw(wish);
      const answers = told.map((answer, index) => withWay(answer, passed[index]?.show ?? null));
      return Response.json({ answers: here.map((answer) => answer ?? answers.shift() ?? refusal('internal')) });
    },
    heard({ viewerId: id, shows, what }) {
      const session = sessions.find(id);
      if (!session || what === 'closed') return;
      const { next } = session;
      const now = shows && watchedSchema.parse(shows);
      if (now === session.shows || (now && session.shows && isSame(session.shows, now))) return;
      const granted = now && next && isSame(next, now);
      // It was called off meanwhile, and the gateway was quicker.
      if (now && !granted) ports.opened(session, now);
      if (session.shows) ports.closed(session, session.shows);
      // A newer wish stays one.
      sessions.change(id, { shows: now, next: granted ? null : next });
    },
  };
}

const refusal = (code: ProblemCode): WishAnswer => ({ what: 'refused', code, retryAfterMs: null });

const badRequest = (): Response =>
  problemResponse('bad-request', 'what sessions are to show is {"wishes": [{"session", "show", "mark"}]}');

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
