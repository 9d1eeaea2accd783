import { lineAnswerSchema, longestWarmMs, mostWarmLines } from '../../core/streams/line-wish.ts';
import { type SessionWish, type WishAnswer, watchedSchema, wishAnswersSchema } from '../../core/streams/session-wish.ts';
import {
  insteadOfField,
  type LeftWay,
  leftWayField,
  readWay,
  type WayFact,
  wayField,
  writeLeft,
} from '../../core/streams/way-fact.ts';
import { MediaProblem, problemOfResponse } from './media-problem.ts';
import { readText } from './read-text.ts';
import { createSessionMarks } from './session-marks.ts';
import { createSessionWishes } from './session-wishes.ts';

/** An open WHEP session (draft-ietf-wish-whep-04): what can still be said to it. */
export interface WhepSession {
  /** The other side takes candidates after the offer (it sent an ETag or said so in `Accept-Patch`). */
  readonly trickles: boolean;
  /** Answers a counter-offer. */
  answer(sdp: string, signal: AbortSignal): Promise<void>;
  /** Sends late candidates; a refusal is not an error, the connection may do without. */
  trickle(fragment: string): Promise<void>;
  /** The other side can show another stream in this session: `show`. */
  readonly switches: boolean;
  /** By which of several ways it goes; null or absent where there is one. Another after `show`. */
  readonly way?: WayFact | null;
  /**
   * Asks for another stream (`/whep/<camera>/<stream>`) in this session, or for none. Asked again for the same, it is the same wish. Where it cannot show another one,
   * its pictures go on: main is told that nobody watches them (none), or that somebody does again (its own).
   *
   * @param onGlass the mark of the pictures that are on the glass; null where there are none
   */
  show(path: string | null, onGlass: number | null): Showing;
  /** Ends it at the other side, once. Never throws; outlives the page. */
  close(): void;
}

/** A wish that is on its way. */
export interface Showing {
  /** Its pictures carry it (`markOf`), and may be quicker than the answer. */
  readonly mark: number;
  /** Whether its pictures are on their way, or are still awaited: ask again in a while. Rejects with a MediaProblem. */
  readonly answer: Promise<'shown' | 'awaited'>;
}

/** The other side's word on our offer: an answer, or (406) an offer of its own that wants an answer. */
export interface WhepOpening {
  readonly kind: 'answer' | 'counter-offer';
  readonly sdp: string;
  readonly session: WhepSession;
}

export interface WhepClient {
  /**
   * Has our gateway open these streams and keep them ready for `keepMs`, in place of those named before, with no picture sent. Whether each is one of its own;
   * all false where nothing was heard.
   */
  warm(paths: readonly string[], keepMs: number): Promise<readonly boolean[]>;
  /** Rejects with a MediaProblem, or with the signal's reason. `path` is on this window's own origin. */
  open(path: string, offer: string, signal: AbortSignal, wish?: WayWish): Promise<WhepOpening>;
}

/** What is said of ways with a question, for a stream that has several. */
export interface WayWish {
  /** The last connection's, which gave no picture. */
  readonly left?: LeftWay;
  /** A way that goes on showing the stream until an earlier one does (its number). */
  readonly insteadOf?: number;
}

export interface WhepClientOptions {
  readonly fetch: typeof fetch;
  /** This window's own origin; nothing is ever sent to another one. */
  readonly origin: string;
  /** The bearer token; `fresh` where the last one was refused. */
  token(fresh: boolean): Promise<string>;
  utcMs(): number;
}

/** One question may take so long. */
const wishLimitMs = 5_000;

/** A WHEP player's half of the signalling, tolerant to what gateways really answer. */
export function createWhepClient(options: WhepClientOptions): WhepClient {
  let token = '';
  const wishes = createSessionWishes(sendWishes);

  async function send(url: string, init: RequestInit & { method: string }, fresh = false): Promise<Response> {
    token = await options.token(fresh).catch(() => {
      throw new MediaProblem('host-unreachable');
    });
    const headers = new Headers(init.headers);
    headers.set('Authorization', `Bearer ${token}`);
    let response: Response;
    try {
      response = await options.fetch(url, {
        ...init,
        headers,
        cache: 'no-store',
        redirect: 'manual',
      });
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw new MediaProblem('host-unreachable');
    }
    if (response.status !== 401 || fresh) return response;
    // A main that was restarted does not know our token any more: one try with a new one.
    await response.body?.cancel().catch(() => {});
    return send(url, init, true);
  }

  async function open(path: string, offer: string, signal: AbortSignal, wish: WayWish = {}): Promise<WhepOpening> {
    const url = ownUrl(path, options.origin, options.origin);
    if (url === null) throw new MediaProblem('bad-request');
    const headers = { 'Content-Type': 'application/sdp', ...wishFields(wish) };
    const response = await send(url, { method: 'POST', body: offer, signal, headers });
    const describes = (response.headers.get('content-type') ?? '').startsWith('application/sdp');
    const counter = response.status === 406 && describes;
    // 201 by the draft; 200 by some gateways.
    if (!counter && response.status !== 201 && response.status !== 200) throw await problemOfResponse(response, options.utcMs());
    const location = response.headers.get('location');
    const sessionUrl = location === null ? null : ownUrl(location, url, options.origin);
    const sdp = await readText(response).catch((error: unknown) => {
      if (signal.aborted) throw error;
      throw new MediaProblem('gateway-protocol');
    });
    const session = sessionAt(sessionUrl, path, response.headers);
    if ((location !== null && sessionUrl === null) || !sdp.startsWith('v=') || (counter && sessionUrl === null)) {
      session.close();
      throw new MediaProblem('gateway-protocol');
    }
    return { kind: counter ? 'counter-offer' : 'answer', sdp, session };
  }

  function sessionAt(url: string | null, path: string, headers: Headers): WhepSession {
    // MediaMTX spells it E-Tag, go2rtc sends none.
    const etag = headers.get('etag') ?? headers.get('e-tag');
    let trickles = url !== null && (etag !== null || (headers.get('accept-patch') ?? '').includes('trickle-ice-sdpfrag'));
    const switches = url !== null && headers.get('deedban-switch') === '1';
    let closed = false;
    let way = readWay(headers.get(wayField));
    const marks = createSessionMarks(path);
    const shown = async (next: string | null, mark: number): Promise<'shown' | 'awaited'> => {
      const session = url?.split('/').at(-1);
      const show = next === null ? null : watchedAt(next);
      if (session === undefined || closed || show === undefined || !(switches || next === null || next === path))
        throw new MediaProblem('bad-request');
      const answer = await wishes.ask({ session, show, mark });
      if (answer.what === 'refused') throw new MediaProblem(answer.code, answer.retryAfterMs);
      if (switches) way = answer.way ?? null;
      return answer.what;
    };
    return {
      get way() {
        return way;
      },
      get trickles() {
        return trickles;
      },
      async answer(sdp, signal) {
        if (url === null) throw new MediaProblem('gateway-protocol');
        const response = await send(url, { method: 'PATCH', body: sdp, signal, headers: { 'Content-Type': 'application/sdp' } });
        if (!response.ok) throw await problemOfResponse(response, options.utcMs());
        await response.body?.cancel();
      },
      async trickle(fragment) {
        if (url === null || !trickles || closed) return;
        const match = etag === null ? {} : { 'If-Match': etag };
        const fields = { 'Content-Type': 'application/trickle-ice-sdpfrag', ...match };
        const response = await send(url, { method: 'PATCH', body: fragment, headers: fields }).catch(() => null);
        if (!response?.ok) trickles = false;
        await response?.body?.cancel().catch(() => {});
      },
      switches,
      show(path, onGlass) {
        const mark = marks.next(path, onGlass);
        return { mark, answer: shown(path, mark) };
      },
      close() {
        if (url === null || closed) return;
        closed = true;
        // With the token at hand, at once: a page that is being left gets no second turn.
        const headers = { Authorization: `Bearer ${token}` };
        options.fetch(url, { method: 'DELETE', keepalive: true, redirect: 'manual', headers }).catch(() => {});
      },
    };
  }

  async function sendWishes(all: readonly SessionWish[]): Promise<readonly WishAnswer[]> {
    const signal = AbortSignal.timeout(wishLimitMs);
    const body = JSON.stringify({ wishes: all });
    const url = new URL('/whep/sessions', options.origin).href;
    try {
      const response = await send(url, { method: 'PUT', body, signal, headers: { 'Content-Type': 'application/json' } });
      if (response.status !== 200) throw await problemOfResponse(response, options.utcMs());
      const told = wishAnswersSchema.safeParse(parsed(await readText(response)));
      if (!told.success) throw new MediaProblem('gateway-protocol');
      return told.data.answers;
    } catch (error) {
      throw error instanceof MediaProblem ? error : new MediaProblem('host-unreachable');
    }
  }

  async function warm(paths: readonly string[], keepMs: number): Promise<readonly boolean[]> {
    const asked = paths.slice(0, mostWarmLines).map(watchedAt);
    const lines = asked.filter((watched) => watched !== undefined && watched !== null);
    const body = JSON.stringify({ lines, keepMs: Math.min(longestWarmMs, Math.round(keepMs)) });
    const signal = AbortSignal.timeout(wishLimitMs);
    const url = new URL('/whep/lines', options.origin).href;
    try {
      const response = await send(url, { method: 'PUT', body, signal, headers: { 'Content-Type': 'application/json' } });
      const told = lineAnswerSchema.safeParse(response.status === 200 ? parsed(await readText(response)) : null);
      const held = [...(told.data?.held ?? [])];
      return paths.map((_path, index) => Boolean(asked[index]) && (held.shift() ?? false));
    } catch {
      return paths.map(() => false);
    }
  }

  return { open, warm };
}

function wishFields({ left, insteadOf }: WayWish): Record<string, string> {
  return {
    ...(left === undefined ? {} : { [leftWayField]: writeLeft(left) }),
    ...(insteadOf === undefined ? {} : { [insteadOfField]: `${insteadOf}` }),
  };
}

function watchedAt(path: string): SessionWish['show'] | undefined {
  const [camera = '', stream, ...more] = path.split('/').slice(2);
  const watched = watchedSchema.safeParse({ camera: decodeURIComponent(camera), stream });
  return watched.success && more.length === 0 ? watched.data : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** `address` resolved against `base`, or null where it leaves `origin`: a token never crosses origins. */
function ownUrl(address: string, base: string, origin: string): string | null {
  if (!URL.canParse(address, base)) return null;
  const url = new URL(address, base);
  return url.origin === new URL(origin).origin && url.username === '' ? url.href : null;
}
