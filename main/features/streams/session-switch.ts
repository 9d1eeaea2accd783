import { z } from 'zod';
import { type CameraId, cameraIdSchema, isEmbedded, streamNameSchema } from '../../../core/cameras/camera.ts';
import type { MediaSession, MediaSessions, Watched } from './media-sessions.ts';
import { passOn } from './pass-on.ts';
import { problemResponse } from './problem-response.ts';
import { wayFields } from './way-fields.ts';
import { askUpstream } from './upstream.ts';
import type { Ways } from './ways.ts';

const wishSchema = z.strictObject({ camera: cameraIdSchema, stream: streamNameSchema });

export interface SessionSwitchPorts {
  readonly sessions: MediaSessions;
  readonly ways: Pick<Ways, 'toTry' | 'asked' | 'fact'>;
  /** Resolves when `entry` answers rightly for it; always does where it is absent. */
  whenKnown?(camera: CameraId): Promise<void>;
  opened(session: MediaSession, watched: Watched): void;
  closed(session: MediaSession, watched: Watched): void;
}

/**
 * Shows another camera in an open session of the embedded gateway: `PUT` of `{camera, stream}`, answered 200 with `fromRtpTimestamp`, the first
 * picture that is the new camera's, or 202 while the old one goes on: ask again. The right to the new camera is granted, and told as opened, before
 * its first picture can come; that to the old one has ended with the 200, which is when the gateway changes. A session that this main did not grant is unknown: its
 * window opens another one.
 */
export function createSessionSwitch(
  ports: SessionSwitchPorts,
): (request: Request, id: string, body: string, windowId: string) => Promise<Response> {
  const { sessions } = ports;

  return async (request, id, body, windowId) => {
    const wish = readWish(request, body);
    if (!wish) return problemResponse('bad-request', 'a switch is {"camera", "stream"}');
    await ports.whenKnown?.(wish.camera);
    const session = sessions.find(id);
    if (!session || session.windowId !== windowId) return problemResponse('unknown-session');
    if (!session.embedded) return problemResponse('bad-request', 'this server cannot show another camera in a session');
    const [first] = ports.ways.toTry(wish);
    if (first === undefined) return problemResponse('unknown-camera');
    if (!isEmbedded(first.address)) return problemResponse('bad-request', 'this camera has another gateway');
    grant(session, wish);
    const answer = await askUpstream(
      { url: session.resource, authorization: session.authorization },
      {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(wish),
        // Carried through although the window does not wait any more: what is shown has to be known here.
        signal: AbortSignal.any([]),
      },
    );
    const { status } = answer;
    if (status === 200) {
      changed(id, wish);
      ports.ways.asked(wish, first.way);
    } else if (status !== 202) withdraw(id, wish);
    return answer instanceof Response ? answer : passOn(answer, wayFields(ports.ways.fact(wish, first.way)));
  };

  function grant(session: MediaSession, wish: Watched): void {
    if (isSame(session, wish)) {
      // It goes back to what it shows: what it was to show is not waited for any more.
      if (session.next) ports.closed(session, session.next);
      sessions.change(session.id, { ...session, next: null });
      return;
    }
    if (session.next && isSame(session.next, wish)) return;
    if (session.next) ports.closed(session, session.next);
    sessions.change(session.id, { ...session, next: wish });
    ports.opened(session, wish);
  }

  /** The gateway has changed over. */
  function changed(id: string, wish: Watched): void {
    const session = sessions.find(id);
    if (!session || isSame(session, wish)) return;
    const granted = session.next !== null && isSame(session.next, wish);
    // It was called off meanwhile, and the gateway was quicker.
    if (!granted) ports.opened(session, wish);
    // A newer wish stays one.
    const next = granted ? null : session.next;
    ports.closed(session, session);
    sessions.change(id, { ...wish, next });
  }

  function withdraw(id: string, wish: Watched): void {
    const session = sessions.find(id);
    if (!session?.next || !isSame(session.next, wish)) return;
    ports.closed(session, session.next);
    sessions.change(id, { ...session, next: null });
  }
}

const isSame = (one: Watched, other: Watched): boolean => one.camera === other.camera && one.stream === other.stream;

function readWish(request: Request, body: string): Watched | null {
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) return null;
  try {
    const wish = wishSchema.safeParse(JSON.parse(body));
    return wish.success ? wish.data : null;
  } catch {
    return null;
  }
}
