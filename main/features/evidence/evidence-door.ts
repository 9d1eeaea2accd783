import { z } from 'zod';
import { includesRole } from '../../../core/access/role.ts';
import { cameraIdSchema } from '../../../core/cameras/camera.ts';
import { clipIdSchema, fragmentsMost } from '../../../core/evidence/clip.ts';
import { type Door, readBytes, refusedByDoor } from '../../ports/door.ts';
import type { Log } from '../../ports/log.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import type { ClipShelf } from './clip-shelf.ts';

/** A second or two of 4K. */
const fragmentMaxBytes = 16 * 1024 * 1024;
/** Each is held in memory. */
const mostAtOnce = 8;

/** Written out in digits: nothing else is a number here. */
const wholeSchema = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
const addressSchema = z.object({
  incident: wholeSchema,
  camera: cameraIdSchema,
  id: clipIdSchema,
  place: z.union([z.literal('end'), wholeSchema.refine((index) => index < fragmentsMost)]),
});
const fieldsSchema = z.object({
  pictures: wholeSchema,
  endMs: z
    .string()
    .regex(/^\d{1,10}(\.\d{1,9})?$/)
    .transform(Number),
});

/** Header fields of a fragment: pictures of the clip so far, and its length so far in milliseconds. */
export const fragmentFields = { pictures: 'deedban-pictures', endMs: 'deedban-end-ms' } as const;

/**
 * Where a window puts what it secures: PUT `/evidence/<incident>/<camera>/<clip>/<index>` takes a piece of a clip and answers when it is on the disk (201, or 200
 * where it was before), and PUT `/evidence/<incident>/<camera>/<clip>/end` ends the clip in order.
 */
export function createEvidenceDoor(ports: {
  readonly shelf: ClipShelf;
  readonly log: Log;
  /** Whether this camera's pictures belong to that incident now. */
  mayGrow(incident: number, camera: string): boolean;
  /** Told of the clips that a session makes, so that they end with it. */
  grows(session: string, clip: string): void;
}): Door {
  const { shelf, log } = ports;
  let atWork = 0;

  async function take(
    request: Request,
    address: z.infer<typeof addressSchema>,
    session: { id: string; seat: number },
  ): Promise<Response> {
    const { incident, camera, id, place } = address;
    const present = shelf.get(id);
    if (present && (present.incident !== incident || present.camera !== camera))
      return refusedByDoor(409, 'This clip is another.');
    if (place === 'end') {
      if (!present) return refusedByDoor(404, 'There is no such clip.');
      await shelf.end(id, 'ended');
      return new Response(null, { status: 204 });
    }
    if (!ports.mayGrow(incident, camera)) return refusedByDoor(409, 'This incident takes no pictures of this camera.');
    const fields = fieldsSchema.safeParse({
      pictures: request.headers.get(fragmentFields.pictures),
      endMs: request.headers.get(fragmentFields.endMs),
    });
    if (!fields.success) return refusedByDoor(400, 'A fragment says how many pictures there are so far, and how long they are.');
    const bytes = await readBytes(request, fragmentMaxBytes);
    if (bytes === null) return refusedByDoor(413, 'A fragment has at most 16 MiB.');
    if (bytes.length === 0) return refusedByDoor(400, 'A fragment is not empty.');
    ports.grows(session.id, id);
    const outcome = await shelf.secure({
      clip: { id, incident, camera, bySeat: session.seat },
      index: place,
      ...fields.data,
      bytes,
    });
    if (outcome === 'full') return refusedByDoor(507, 'There is no room for more evidence.');
    if (outcome === 'other') return refusedByDoor(409, 'This clip has ended, or had another fragment there.');
    return new Response(null, { status: outcome === 'secured' ? 201 : 200 });
  }

  return {
    prefix: '/evidence/',
    async handle(request, session) {
      if (request.method !== 'PUT') return new Response(null, { status: 405, headers: { allow: 'PUT' } });
      if (!includesRole(session.seat.role, 'operator')) return refusedByDoor(403, 'This seat may look, but not secure evidence.');
      const [, , incident, camera, id, place, ...more] = new URL(request.url).pathname.split('/');
      const address = addressSchema.safeParse({ incident, camera, id, place });
      if (!address.success || more.length > 0) return refusedByDoor(404, 'There is nothing at this address.');
      if (atWork >= mostAtOnce) return refusedByDoor(503, 'Too many fragments at once. Try again.', { 'retry-after': '1' });
      atWork += 1;
      try {
        await shelf.ready;
        return await take(request, address.data, { id: session.id, seat: session.seat.number });
      } catch (error) {
        if (!(error instanceof StoreProblem)) throw error;
        log.error('A piece of evidence could not be kept', { reason: error.message });
        if (error.code === 'full') return refusedByDoor(507, 'The disk is full: this fragment was not kept.');
        return refusedByDoor(500, 'This fragment could not be kept; the log says why.');
      } finally {
        atWork -= 1;
      }
    },
  };
}
