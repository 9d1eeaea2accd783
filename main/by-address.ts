import type { Session } from '../core/rpc/handlers.ts';
import { problemDetails } from '../core/streams/problem.ts';
import { type Door, refusedByDoor } from './ports/door.ts';
import type { Log } from './ports/log.ts';
import type { Program } from './program.ts';

/**
 * The one way in for what goes by address: finds the session whose token the request carries, and the door its path belongs to. Without a token
 * nothing is told, not even which paths exist.
 */
export function createByAddress(ports: {
  doors: readonly Door[];
  /** The session a bearer token speaks for, if its window is one of `windowIds`; null for a token that is not good (any more). */
  sessionOf(token: string, windowIds: readonly string[]): Session | null;
  log: Log;
}): Program['byAddress'] {
  return async (request, windowIds) => {
    try {
      const token = /^Bearer (\S{1,300})$/.exec(request.headers.get('authorization') ?? '')?.[1];
      const session = token === undefined ? null : ports.sessionOf(token, windowIds);
      if (session === null) return notAllowed();
      const { pathname } = new URL(request.url);
      const door = ports.doors.find(({ prefix }) => pathname.startsWith(prefix));
      if (door === undefined) return refusedByDoor(404, 'There is nothing at this address.');
      return await door.handle(request, session);
    } catch (error) {
      // A window that went away while it was being answered is no fault.
      if (!request.signal.aborted)
        ports.log.error('a request by address failed', { reason: error instanceof Error ? error.message : 'unknown' });
      return refusedByDoor(500, 'Deedban could not answer this; its log says why.');
    }
  };
}

/** In the words of streams, whose windows know this code and ask for another token. */
function notAllowed(): Response {
  const body = problemDetails('not-allowed');
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: { 'content-type': 'application/problem+json' },
  });
}
