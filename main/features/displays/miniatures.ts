import type { z } from 'zod';
import type { displaysContract } from '../../../core/displays/displays.contract.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { Session } from '../../../core/rpc/handlers.ts';
import type { Clock } from '../../ports/clock.ts';
import { type Door, readBytes, refusedByDoor } from '../../ports/door.ts';
import { pictureType } from '../../ports/picture-type.ts';

const miniatureMaxBytes = 256 * 1024;
/** More displays one wall does not have. */
const mostMiniatures = 64;

type MiniatureList = z.infer<(typeof displaysContract)['displays.miniatures']['value']>;

interface Miniature {
  readonly picture: Uint8Array<ArrayBuffer>;
  readonly session: Session;
  readonly revision: number;
  readonly atUtcMs: number;
}

export interface Miniatures {
  readonly doors: readonly Door[];
  /** Which there are, by display. */
  readonly miniatures: Watchable<MiniatureList>;
  /** What a window showed is not shown any longer when the window is gone. */
  sessionEnded(session: Session): void;
}

/**
 * The newest small picture of every display, in memory only: PUT `/miniatures/<displayId>` takes a JPEG from the window that stands on that
 * display and from no other, GET gives it to any window.
 */
export function createMiniatures(ports: { clock: Clock }): Miniatures {
  const newest = new Map<string, Miniature>();
  const miniatures = createCell<MiniatureList>([]);
  let revision = 0;
  const tell = () =>
    miniatures.set([...newest].map(([displayId, { revision: of, atUtcMs }]) => ({ displayId, revision: of, atUtcMs })));

  async function take(request: Request, displayId: string, session: Session): Promise<Response> {
    if (session.displayId !== displayId || session.windowKind === 'console') {
      return refusedByDoor(403, 'A window gives the miniature of its own display only.');
    }
    const picture = await readBytes(request, miniatureMaxBytes);
    if (picture === null) return refusedByDoor(413, 'A miniature has at most 256 KiB.');
    if (pictureType(picture) !== 'image/jpeg') return refusedByDoor(415, 'A miniature is a JPEG.');
    // It may have gone while its picture came; then nobody would take the picture away again.
    if (session.ended.aborted) return refusedByDoor(409, 'This window is gone.');
    if (!newest.has(displayId) && newest.size >= mostMiniatures) return refusedByDoor(503, 'There are too many displays.');
    revision += 1;
    newest.set(displayId, { picture: new Uint8Array(picture), session, revision, atUtcMs: ports.clock.utcMs() });
    tell();
    return new Response(null, { status: 204 });
  }

  function give(displayId: string): Response {
    const miniature = newest.get(displayId);
    if (!miniature) return refusedByDoor(404, 'There is no miniature of this display.');
    return new Response(miniature.picture, {
      headers: { 'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' },
    });
  }

  return {
    miniatures,
    doors: [
      {
        prefix: '/miniatures/',
        async handle(request, session) {
          const displayId = decoded(new URL(request.url).pathname.slice('/miniatures/'.length));
          if (displayId === null) return refusedByDoor(400, 'This is no address of a display.');
          if (request.method === 'PUT') return take(request, displayId, session);
          if (request.method === 'GET') return give(displayId);
          return new Response(null, { status: 405, headers: { allow: 'GET, PUT' } });
        },
      },
    ],
    sessionEnded(session) {
      const own = [...newest].filter(([, miniature]) => miniature.session === session);
      for (const [displayId] of own) newest.delete(displayId);
      if (own.length > 0) tell();
    },
  };
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
