import { z } from 'zod';
import { includesRole } from '../../../core/access/role.ts';
import type { CustodyRecord } from '../../../core/evidence/custody.ts';
import { attachmentMaxBytes, attachmentName, mayAttach } from '../../../core/incidents/attachment.ts';
import { type Incident, incidentBounds } from '../../../core/incidents/incident.ts';
import type { Session } from '../../../core/rpc/handlers.ts';
import type { Clock } from '../../ports/clock.ts';
import { type Door, readBytes, refusedByDoor } from '../../ports/door.ts';
import type { Log } from '../../ports/log.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import { digestPattern, type Vault } from '../../ports/vault.ts';
import type { IncidentsFeature } from './incidents-feature.ts';

/** Each is held in memory. */
const mostAtOnce = 2;
const numberSchema = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);

/**
 * Files that belong to an incident. PUT `/attachments/<number>?name=…` keeps one and answers when it and its record are on the disk (201, or 200 where it was there
 * before); GET `/attachments/<number>/<digest>` gives it, with a line in the custody log before its first byte.
 */
export function createAttachmentsDoor(ports: {
  readonly incidents: Pick<IncidentsFeature, 'ready' | 'get' | 'do'>;
  readonly vault: Pick<Vault, 'put' | 'get'>;
  readonly clock: Pick<Clock, 'utcMs'>;
  readonly log: Log;
  /** Whether the disk, or the room for evidence on it, is full. */
  isFull(session: Session): boolean;
  /** Resolves when the line is on the disk. Rejects with `StoreProblem`. */
  note(line: CustodyRecord): Promise<void>;
}): Door {
  const { incidents, vault, clock, log } = ports;
  let atWork = 0;
  const custody = (what: 'attached' | 'opened', incident: number, { seat }: Session, name: string, digest: string) =>
    ports.note({ what, incident, utcMs: clock.utcMs(), bySeat: seat.number, name, digest });

  async function take(request: Request, incident: Incident, session: Session): Promise<Response> {
    const { number, attachments, life } = incident;
    const name = attachmentName(new URL(request.url).searchParams.get('name') ?? '');
    if (life.state === 'withdrawn') return refusedByDoor(409, 'This incident was withdrawn.');
    if (attachments.length >= incidentBounds.attachments) return refusedByDoor(409, 'This incident takes no more files.');
    const content = await readBytes(request, attachmentMaxBytes);
    if (content === null) return refusedByDoor(413, 'A file has at most 32 MiB.');
    if (!mayAttach(name, content))
      return refusedByDoor(415, 'Files of this kind are not taken, or it is not what its name says.');
    if (ports.isFull(session)) return refusedByDoor(507, 'There is no room for more evidence.');
    const { digest, sizeBytes } = await vault.put(content);
    if (attachments.some((each) => each.digest === digest)) return new Response(null, { status: 200 });
    const { refusal } = await incidents.do(session.seat, number, { do: 'attach', name, digest, sizeBytes, secured: false });
    if (refusal === 'not-saved') return refusedByDoor(500, 'This file could not be kept; the log says why.');
    if (refusal !== null) return refusedByDoor(409, 'This incident takes no more files.');
    await custody('attached', number, session, name, digest);
    return new Response(null, { status: 201 });
  }

  async function give({ number, attachments }: Incident, digest: string, session: Session): Promise<Response> {
    const known = digestPattern.test(digest) ? attachments.find((each) => each.digest === digest) : undefined;
    const content = known ? await vault.get(digest) : null;
    if (!known || content === null) return refusedByDoor(404, 'There is no such file.');
    await custody('opened', number, session, known.name, digest);
    // Never shown by a browser on this origin, whatever is in it.
    const headers = {
      'content-type': 'application/octet-stream',
      'content-length': String(known.sizeBytes),
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
    };
    return new Response(ReadableStream.from(content), { headers });
  }

  async function handle(request: Request, session: Session): Promise<Response> {
    const [, , number, digest, ...rest] = new URL(request.url).pathname.split('/');
    const parsed = numberSchema.safeParse(number);
    await incidents.ready;
    const incident = parsed.success && rest.length === 0 ? incidents.get(parsed.data) : undefined;
    if (!incident) return refusedByDoor(404, 'There is nothing at this address.');
    if (request.method === 'GET' && digest !== undefined) return give(incident, digest, session);
    if (request.method !== 'PUT' || digest !== undefined)
      return new Response(null, { status: 405, headers: { allow: 'GET, PUT' } });
    if (atWork >= mostAtOnce) return refusedByDoor(503, 'Too many files at once. Try again.', { 'retry-after': '1' });
    atWork += 1;
    try {
      return await take(request, incident, session);
    } finally {
      atWork -= 1;
    }
  }

  return {
    prefix: '/attachments/',
    async handle(request, session) {
      if (!includesRole(session.seat.role, 'operator'))
        return refusedByDoor(403, 'This seat may look at the wall, not at files.');
      try {
        return await handle(request, session);
      } catch (error) {
        if (!(error instanceof StoreProblem)) throw error;
        log.error('A file of an incident could not be kept or read', { reason: error.message });
        if (error.code === 'full') return refusedByDoor(507, 'The disk is full: this file was not kept.');
        return refusedByDoor(500, 'This file could not be kept or read; the log says why.');
      }
    },
  };
}
