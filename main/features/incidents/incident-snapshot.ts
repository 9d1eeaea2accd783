import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { type Incident, incidentSchema } from '../../../core/incidents/incident.ts';

/** Raised whenever an incident is told otherwise, or a deed does something else to it: an older snapshot is then no use. */
const format = 3;
const linesAtOnce = 250;
const hashAtOnceBytes = 4 * 1024 * 1024;

const headSchema = z.strictObject({
  format: z.literal(format),
  version: z.string(),
  /** The last record of the Journal that is in it, and the chain's link there. */
  sequence: z.int().min(1),
  link: z.string(),
  highest: z.int().min(0),
  count: z.int().min(0),
});
export type SnapshotHead = Omit<z.infer<typeof headSchema>, 'format'>;

export interface Snapshot {
  readonly head: SnapshotHead;
  readonly incidents: readonly Incident[];
}

/** Lines of JSON: what it is of, then each incident; the last line is the SHA-256 of all before. In small pieces, so that nobody waits for it. */
export async function* snapshotText(
  head: Omit<SnapshotHead, 'count'>,
  incidents: readonly Incident[],
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  const piece = (text: string): Uint8Array => {
    const bytes = Buffer.from(text, 'utf8');
    hash.update(bytes);
    return bytes;
  };
  yield piece(`${JSON.stringify({ format, ...head, count: incidents.length })}\n`);
  for (let from = 0; from < incidents.length; from += linesAtOnce) {
    const lines = incidents.slice(from, from + linesAtOnce).map((incident) => `${JSON.stringify(incident)}\n`);
    yield piece(lines.join(''));
    await setImmediate();
  }
  yield Buffer.from(`${hash.digest('hex')}\n`, 'utf8');
}

/**
 * What is in a snapshot, or null where it is damaged, of another version of the program, or `agrees` says that it is not of this Journal: then it is worth nothing, and the
 * Journal is read instead. Never throws for what is in the bytes.
 */
export async function readSnapshot(
  bytes: Uint8Array,
  version: string,
  agrees: (head: SnapshotHead) => Promise<boolean>,
): Promise<Snapshot | null> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headEnd = text.indexOf(10);
  const body = text.subarray(0, Math.max(0, text.length - 65));
  if (headEnd < 0 || headEnd >= body.length) return null;
  const head = headSchema.safeParse(parsed(text.toString('utf8', 0, headEnd)));
  if (!head.success || head.data.version !== version || !(await agrees(head.data))) return null;
  if (`${await digestOf(body)}\n` !== text.toString('latin1', body.length)) return null;
  const incidents: Incident[] = [];
  for (let from = headEnd + 1; from < body.length; ) {
    const end = body.indexOf(10, from);
    if (end < 0) return null;
    const incident = incidentSchema.safeParse(parsed(body.toString('utf8', from, end)));
    if (!incident.success) return null;
    incidents.push(incident.data);
    from = end + 1;
    if (incidents.length % linesAtOnce === 0) await setImmediate();
  }
  return incidents.length === head.data.count ? { head: head.data, incidents } : null;
}

async function digestOf(bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256');
  for (let from = 0; from < bytes.length; from += hashAtOnceBytes) {
    hash.update(bytes.subarray(from, from + hashAtOnceBytes));
    await setImmediate();
  }
  return hash.digest('hex');
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
