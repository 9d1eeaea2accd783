import type { Session } from '../../../core/rpc/handlers.ts';
import type { Clock } from '../../ports/clock.ts';
import { createMediaTokens, mediaTokenLivesMs } from './media-token.ts';

export interface SessionTokens {
  began(session: Session, windowId: string): void;
  ended(session: Session): void;
  /** The window of a session; its own id for one that never began here. */
  windowOf(session: Session): string;
  issue(session: Session): string;
  /** The newest session of a window, also for a while after it has ended; null for one that is not known. */
  newestOf(windowId: string): Session | null;
  /** The newest session of the window a token speaks for, also for as long as a token may outlive it (a pipe that broke). */
  sessionOf(token: string, windowIds: readonly string[]): Session | null;
  stop(): void;
}

/** Which session a bearer token speaks for. A token belongs to a window, so that it survives the window's pipe. */
export function createSessionTokens(clock: Clock): SessionTokens {
  const tokens = createMediaTokens(clock);
  const windows = new WeakMap<Session, string>();
  const newest = new Map<string, Session>();
  const forgetting = new Map<string, () => void>();
  const windowOf = (session: Session) => windows.get(session) ?? session.id;
  const stay = (windowId: string) => {
    forgetting.get(windowId)?.();
    forgetting.delete(windowId);
  };
  return {
    windowOf,
    began(session, windowId) {
      windows.set(session, windowId);
      newest.set(windowId, session);
      stay(windowId);
    },
    ended(session) {
      const windowId = windowOf(session);
      if (newest.get(windowId) !== session) return;
      forgetting.set(
        windowId,
        clock.after(mediaTokenLivesMs, () => {
          forgetting.delete(windowId);
          newest.delete(windowId);
        }),
      );
    },
    issue: (session) => tokens.issue({ windowId: windowOf(session), seat: session.seat }),
    newestOf: (windowId) => newest.get(windowId) ?? null,
    sessionOf(token, windowIds) {
      for (const windowId of windowIds) {
        const session = newest.get(windowId);
        if (session && tokens.accepts(token, { windowId, seat: session.seat })) return session;
      }
      return null;
    },
    stop() {
      for (const windowId of [...forgetting.keys()]) stay(windowId);
    },
  };
}
