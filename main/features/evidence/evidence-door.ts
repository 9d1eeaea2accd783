import { z } from 'zod';
import { includesRole } from '../../../core/access/role.ts';
import { cameraIdSchema, streamNameSchema } from '../../../core/cameras/camera.ts';
import { clipIdSchema, fragmentsMost } from '../../../core/evidence/clip.ts';
import type { Session } from '../../../core/rpc/handlers.ts';
import { type Door, readBytes, refusedByDoor } from '../../ports/door.ts';
import type { Log } from '../../ports/log.ts';
import { pictureType } from '../../ports/picture-type.ts';
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
  place: z.union([z.literal('end'), z.literal('still'), wholeSchema.refine((index) => index < fragmentsMost)]),
});
const msSchema = z
  .string()
  .regex(/^\d{1,13}(\.\d{1,15})?$/)
  .transform(Number);
/** What is known of a piece: pictures of the clip so far, its length so far, and of the clip which stream it is and when its first picture came. */
const factsSchema = z.object({
  pictures: wholeSchema,
  'end-ms': msSchema,
  stream: streamNameSchema,
  'first-utc-ms': msSchema,
});

/**
 * Where a window puts what it secures, and gets what is kept. PUT `/evidence/<incident>/<camera>/<clip>/<index>?pictures=…&end-ms=…&stream=…&first-utc-ms=…` takes a piece of a
 * clip and answers when it is on the disk (201, or 200 where it was before), and PUT `/evidence/<incident>/<camera>/<clip>/end` ends the clip in order.
 * PUT `/evidence/<incident>/<camera>/<id>/still` attaches a PNG or JPEG of the camera's picture to the incident.
 * GET `/evidence/clips/<clip>` gives an operator a clip as it was secured, GET `/evidence/bundles/<file>?copy=<uuid>` a supervisor a
 * sealed bundle; both leave a line in the custody log.
 */
export function createEvidenceDoor(ports: {
  readonly shelf: ClipShelf;
  readonly log: Log;
  /** Whether this session keeps that camera's pictures for that incident. */
  mayGrow(session: string, incident: number, camera: string): boolean;
  /** Told of the clips that a session makes, so that they end with it. */
  grows(session: string, clip: string): void;
  /** Whether this session makes that clip. */
  isGrownBy(session: string, clip: string): boolean;
  /** A piece is on the disk. */
  secured(incident: number, camera: string): void;
  /** Keeps a still and attaches it to the incident; false where that cannot be. Rejects with `StoreProblem`. */
  attach(session: Session, incident: number, camera: string, picture: Uint8Array, type: 'png' | 'jpg'): Promise<boolean>;
  /** How it ended for who copied what was given. */
  saved(url: URL, session: Session, whole: boolean): Promise<void>;
  /** What is kept, for who may take it away or look at it. */
  give(kind: 'clips' | 'bundles', name: string, request: Request, session: Session): Promise<Response>;
}): Door {
  const { shelf, log } = ports;
  let atWork = 0;

  async function take(request: Request, address: z.infer<typeof addressSchema>, session: Session): Promise<Response> {
    const { incident, camera, id, place } = address;
    const present = shelf.get(id);
    if (present && (present.incident !== incident || present.camera !== camera))
      return refusedByDoor(409, 'This clip is another.');
    if (place === 'end') {
      if (!present) return refusedByDoor(404, 'There is no such clip.');
      // An end in order says that nothing is missing: nobody else can know that.
      if (present.life.state === 'growing' && !ports.isGrownBy(session.id, id))
        return refusedByDoor(409, 'Another window makes this clip.');
      await shelf.end(id, 'ended');
      return new Response(null, { status: 204 });
    }
    if (!ports.mayGrow(session.id, incident, camera))
      return refusedByDoor(409, 'This window does not keep this camera’s pictures for this incident.');
    if (place === 'still') return takeStill(request, session, incident, camera);
    const facts = factsSchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
    if (!facts.success) return refusedByDoor(400, 'A fragment says how many pictures there are so far, and how long they are.');
    const bytes = await readBytes(request, fragmentMaxBytes);
    if (bytes === null) return refusedByDoor(413, 'A fragment has at most 16 MiB.');
    if (bytes.length === 0) return refusedByDoor(400, 'A fragment is not empty.');
    ports.grows(session.id, id);
    const outcome = await shelf.secure({
      clip: {
        id,
        incident,
        camera,
        bySeat: session.seat.number,
        stream: facts.data.stream,
        firstPictureUtcMs: facts.data['first-utc-ms'],
      },
      index: place,
      pictures: facts.data.pictures,
      endMs: facts.data['end-ms'],
      bytes,
    });
    if (outcome === 'secured') ports.secured(incident, camera);
    if (outcome === 'full') return refusedByDoor(507, 'There is no room for more evidence.');
    if (outcome === 'other') return refusedByDoor(409, 'This clip has ended, or had another fragment there.');
    return new Response(null, { status: outcome === 'secured' ? 201 : 200 });
  }

  async function takeStill(request: Request, session: Session, incident: number, camera: string): Promise<Response> {
    const picture = await readBytes(request, fragmentMaxBytes);
    if (picture === null) return refusedByDoor(413, 'A still has at most 16 MiB.');
    const type = pictureType(picture);
    if (type === null) return refusedByDoor(415, 'A still is a PNG or a JPEG.');
    const attached = await ports.attach(session, incident, camera, picture, type === 'image/png' ? 'png' : 'jpg');
    return attached ? new Response(null, { status: 201 }) : refusedByDoor(409, 'This incident takes no more stills.');
  }

  return {
    prefix: '/evidence/',
    saved: ports.saved,
    async handle(request, session) {
      const [, , kind, name = '', ...rest] = new URL(request.url).pathname.split('/');
      if (request.method === 'GET' && (kind === 'clips' || kind === 'bundles') && rest.length === 0) {
        try {
          return await ports.give(kind, name, request, session);
        } catch (error) {
          if (!(error instanceof StoreProblem)) throw error;
          log.error('Evidence could not be read', { reason: error.message });
          return refusedByDoor(500, 'This evidence could not be read; the log says why.');
        }
      }
      if (request.method !== 'PUT') return new Response(null, { status: 405, headers: { allow: 'GET, PUT' } });
      if (!includesRole(session.seat.role, 'operator')) return refusedByDoor(403, 'This seat may look, but not secure evidence.');
      const [, , incident, camera, id, place, ...more] = new URL(request.url).pathname.split('/');
      const address = addressSchema.safeParse({ incident, camera, id, place });
      if (!address.success || more.length > 0) return refusedByDoor(404, 'There is nothing at this address.');
      if (atWork >= mostAtOnce) return refusedByDoor(503, 'Too many fragments at once. Try again.', { 'retry-after': '1' });
      atWork += 1;
      try {
        await shelf.ready;
        return await take(request, address.data, session);
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
