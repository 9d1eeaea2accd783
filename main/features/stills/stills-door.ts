import { createHash } from 'node:crypto';
import { includesRole } from '../../../core/access/role.ts';
import { type Door, readBytes, refusedByDoor } from '../../ports/door.ts';
import type { Log } from '../../ports/log.ts';
import { pictureType } from '../../ports/picture-type.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import { digestPattern, type Vault } from '../../ports/vault.ts';
import type { StillsShelf } from './stills-shelf.ts';

/** A 4K picture as PNG is below this. */
const stillMaxBytes = 16 * 1024 * 1024;
/** Each is held in memory while it is checked. A wall of stills asks for many at once. */
const mostAtOnce = { PUT: 4, GET: 32 } as const;

/**
 * Pictures of tiles, kept in the Vault: PUT `/stills/` takes a PNG or JPEG and answers `{ digest }` when it is on the disk; GET
 * `/stills/<digest>` gives it back, after its content was found to be what its name says.
 */
export function createStillsDoor(ports: { vault: Vault; shelf: StillsShelf; log: Log }): Door {
  const { vault, shelf, log } = ports;
  const atWork = { PUT: 0, GET: 0 };

  async function take(request: Request): Promise<Response> {
    const picture = await readBytes(request, stillMaxBytes);
    if (picture === null) return refusedByDoor(413, 'A still has at most 16 MiB.');
    if (pictureType(picture) === null) return refusedByDoor(415, 'A still is a PNG or a JPEG.');
    const digest = await shelf.keep(picture);
    if (digest === null) return refusedByDoor(409, 'Every still that is kept is on a wall, in a scene or can be undone to.');
    return Response.json({ digest }, { status: 201, headers: { location: `/stills/${digest}` } });
  }

  async function give(digest: string): Promise<Response> {
    const content = digestPattern.test(digest) ? await vault.get(digest) : null;
    const missing = () => refusedByDoor(404, 'There is no such still.');
    if (content === null) return missing();
    const pieces: Uint8Array[] = [];
    let size = 0;
    for await (const piece of content) {
      size += piece.byteLength;
      // The Vault keeps other things too; they are no stills.
      if (size > stillMaxBytes) return missing();
      pieces.push(piece);
    }
    const picture = Buffer.concat(pieces, size);
    const type = pictureType(picture);
    if (createHash('sha256').update(picture).digest('hex') !== digest) {
      log.error('a still was changed on the disk and is not shown', { digest });
      return refusedByDoor(500, 'This still was damaged on the disk. It is not shown.');
    }
    if (type === null) return missing();
    return new Response(picture, {
      headers: {
        'content-type': type,
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, max-age=86400, immutable',
      },
    });
  }

  return {
    prefix: '/stills/',
    async handle(request, session) {
      const digest = new URL(request.url).pathname.slice('/stills/'.length);
      const method = digest === '' ? 'PUT' : 'GET';
      if (request.method !== method) return new Response(null, { status: 405, headers: { allow: method } });
      if (method === 'PUT' && !includesRole(session.seat.role, 'operator')) {
        return refusedByDoor(403, 'This seat may look, but not keep stills.');
      }
      if (atWork[method] >= mostAtOnce[method])
        return refusedByDoor(503, 'Too many stills at once. Try again.', { 'retry-after': '1' });
      atWork[method] += 1;
      try {
        return await (method === 'PUT' ? take(request) : give(digest));
      } catch (error) {
        if (!(error instanceof StoreProblem)) throw error;
        log.error('a still could not be kept or read', { reason: error.message });
        // Its own words name folders, which are nobody's business in a window.
        if (error.code === 'full') return refusedByDoor(507, 'The disk is full: the still was not kept.');
        return refusedByDoor(500, 'The still could not be kept or read; the log says why.');
      } finally {
        atWork[method] -= 1;
      }
    },
  };
}
