import type { Session } from '../../core/rpc/handlers.ts';

/**
 * What a feature answers by address: files and pictures, which do not belong into messages. `main/by-address.ts` has checked the
 * request's token before, and names the session that asks.
 */
export interface Door {
  /** Begins and ends with `/`, for example `/stills/`. */
  readonly prefix: string;
  /** A rejection is answered as a fault of ours. */
  handle(request: Request, session: Session): Promise<Response>;
  /** How it ended for who copied what was given at this address: whether all of it is on a disk. Only where a door wants to know. */
  saved?(url: URL, session: Session, whole: boolean): Promise<void>;
}

/** An answer that says why not (problem details, RFC 9457). `detail` is safe for anybody to read. */
export function refusedByDoor(status: number, detail: string, headers: Readonly<Record<string, string>> = {}): Response {
  const body = JSON.stringify({ type: 'about:blank', status, detail: detail.slice(0, 500) });
  return new Response(body, { status, headers: { 'content-type': 'application/problem+json', ...headers } });
}

/** The whole body, or null as soon as it is longer than `maxBytes`: a host bounds it too, but not every host can before it begins. */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array | null> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return null;
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of request.body ?? []) {
    size += piece.byteLength;
    if (size > maxBytes) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces, size);
}
