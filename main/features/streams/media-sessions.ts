import type { CameraId, StreamName } from '../../../core/cameras/camera.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Upstream } from './upstream.ts';

/** How long a window may be away (a reload, a broken pipe) before its media sessions are ended for it. */
const windowGraceMs = 15_000;
/** So long a window may keep a foreign server's pictures coming that it says nobody watches: it ends them sooner itself. */
const unwatchedMs = 15_000;

/** A right to media that was granted: who watches what, and where the upstream keeps it. */
export interface MediaSession {
  readonly id: string;
  readonly windowId: string;
  /** What it shows; null where it shows nothing, and nobody watches anything in it. */
  readonly shows: Watched | null;
  /** The upstream's resource. */
  readonly resource: URL;
  readonly authorization: string | null;
  /** All that a foreign server's session can show, and by which address; null where it is the embedded gateway's, which can show any of its cameras in it. */
  readonly only: { readonly watched: Watched; readonly upstream: Upstream } | null;
  /** What it is to show next, which was granted too; null where nothing is. */
  readonly next: Watched | null;
}

/** What is watched. */
export interface Watched {
  readonly camera: CameraId;
  readonly stream: StreamName;
}

export const isSame = (one: Watched, other: Watched): boolean => one.camera === other.camera && one.stream === other.stream;

/** Everything a session gives a right to. */
export function watchedIn({ shows, next }: Pick<MediaSession, 'shows' | 'next'>): readonly Watched[] {
  return [shows, next].filter((watched) => watched !== null);
}

export interface MediaSessions {
  find(id: string): MediaSession | undefined;
  open(session: MediaSession): void;
  /** What a session shows, or is to show, is another now. Nothing where it is not known any more. A foreign server's that shows nothing is ended after a while. */
  change(id: string, to: Pick<MediaSession, 'shows' | 'next'>): void;
  /** Forgets it; says whether it was known. */
  close(id: string): boolean;
  windowCame(windowId: string): void;
  /** After a grace, a window that did not come back has its sessions handed to `end`. */
  windowLeft(windowId: string): void;
  all(): readonly MediaSession[];
  stop(): void;
}

/** Keeps what was granted. `end` must end the session at its upstream; it is called once per session. */
export function createMediaSessions(clock: Clock, end: (session: MediaSession) => void): MediaSessions {
  const sessions = new Map<string, MediaSession>();
  const present = new Map<string, number>();
  const leaving = new Map<string, () => void>();
  const unwatched = new Map<string, () => void>();

  function forget(id: string): boolean {
    unwatched.get(id)?.();
    unwatched.delete(id);
    return sessions.delete(id);
  }

  function endWindow(windowId: string): void {
    leaving.delete(windowId);
    for (const session of [...sessions.values()]) {
      if (session.windowId !== windowId) continue;
      forget(session.id);
      end(session);
    }
  }

  return {
    find: (id) => sessions.get(id),
    open(session) {
      sessions.set(session.id, session);
    },
    change(id, { shows, next }) {
      const session = sessions.get(id);
      if (!session) return;
      forget(id);
      const changed = { ...session, shows, next };
      sessions.set(id, changed);
      if (session.only === null || shows !== null) return;
      unwatched.set(
        id,
        clock.after(unwatchedMs, () => forget(id) && end(changed)),
      );
    },
    close: forget,
    windowCame(windowId) {
      present.set(windowId, (present.get(windowId) ?? 0) + 1);
      leaving.get(windowId)?.();
      leaving.delete(windowId);
    },
    windowLeft(windowId) {
      const left = (present.get(windowId) ?? 1) - 1;
      if (left > 0) {
        present.set(windowId, left);
        return;
      }
      present.delete(windowId);
      leaving.get(windowId)?.();
      leaving.set(
        windowId,
        clock.after(windowGraceMs, () => endWindow(windowId)),
      );
    },
    all: () => [...sessions.values()],
    stop() {
      for (const callOff of leaving.values()) callOff();
      leaving.clear();
      for (const callOff of unwatched.values()) callOff();
      unwatched.clear();
    },
  };
}
