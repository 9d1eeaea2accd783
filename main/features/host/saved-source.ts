import type { SaveFrom } from '../../../core/host/host.contract.ts';
import type { Session } from '../../../core/rpc/handlers.ts';
import type { Door } from '../../ports/door.ts';

/** What a file is copied from. */
export interface SavedSource {
  open(session: Session, signal: AbortSignal): Promise<Response>;
  /** All of it is at its place, or it never will be. */
  ended(session: Session, whole: boolean): Promise<void>;
}

/** No address of any network: what is asked for never leaves this process. */
const here = 'http://deedban.invalid';

/** Null where no door has that address. */
export function savedSource(from: SaveFrom, doors: readonly Door[]): SavedSource | null {
  if ('text' in from) {
    const bytes = Buffer.from(from.text);
    const headers = { 'content-length': String(bytes.byteLength) };
    return { open: async () => new Response(bytes, { headers }), ended: async () => {} };
  }
  const url = new URL(from.path, here);
  const door = doors.find(({ prefix }) => url.pathname.startsWith(prefix));
  if (!door || url.origin !== here) return null;
  return {
    open: (session, signal) => door.handle(new Request(url, { signal }), session),
    ended: async (session, whole) => door.saved?.(url, session, whole),
  };
}
