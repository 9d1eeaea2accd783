import { isEmbedded } from '../../../core/cameras/camera.ts';
import type { ProblemCode } from '../../../core/streams/problem.ts';
import { isSame, type MediaSession, type MediaSessions, type Watched } from './media-sessions.ts';
import { foreignUpstream } from './upstream.ts';
import type { Ways } from './ways.ts';

export interface ForeignWatchPorts {
  readonly sessions: Pick<MediaSessions, 'change'>;
  readonly ways: Pick<Ways, 'toTry' | 'whyNone'>;
  opened(session: MediaSession, watched: Watched): void;
  closed(session: MediaSession, watched: Watched): void;
}

/**
 * A window says that nobody watches what a foreign server's session brings (`show` is null), or that somebody does again: that is a right that is granted anew, by
 * the way that would be taken now. The server is told nothing, for it can do nothing about it. Null, or why not.
 */
export function watchForeign(ports: ForeignWatchPorts, session: MediaSession, show: Watched | null): ProblemCode | null {
  const { id, only, shows } = session;
  if (show === null) {
    ports.sessions.change(id, { shows: null, next: null });
    if (shows) ports.closed(session, shows);
    return null;
  }
  if (only === null || !isSame(only.watched, show)) return 'bad-request';
  const [first] = ports.ways.toTry(show);
  if (first === undefined) return ports.ways.whyNone(show);
  const present = isEmbedded(first.address) ? null : foreignUpstream(first.address);
  const isThat = present?.url.href === only.upstream.url.href && present.authorization === only.upstream.authorization;
  if (!isThat) return 'unknown-session';
  ports.sessions.change(id, { shows: show, next: null });
  if (!shows) ports.opened(session, show);
  return null;
}
