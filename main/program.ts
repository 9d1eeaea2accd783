import type { Seat } from '../core/access/seat.ts';
import type { Transport } from '../core/rpc/transport.ts';

/** What a host established about a window before it lets it in. */
export interface Admission {
  /** Unguessable, the same when the window reloads; main binds rights to media to it. */
  readonly windowId: string;
  readonly seat: Seat;
  /** A `Display.id`, or `wall` for a window that shows the whole wall (a browser at the printed address, `proof`). */
  readonly displayId: string;
}

/** The services, as a host sees them. Everything a host must do is to feed these and to close them. */
export interface Program {
  /** A window's pipe. The session lives until the transport closes. */
  admit(transport: Transport, admission: Admission): void;
  /**
   * WHEP through the front door: any request whose path starts with `/whep/`. `windowIds` are the windows the host has recognised
   * the asker as: one, or several where they share a browser's cookies; the request's token says which of them asks.
   * Never throws; faults are problem details.
   */
  whep(request: Request, windowIds: readonly string[]): Promise<Response>;
  /** Ends everything in order, the gateway included. */
  close(): Promise<void>;
}
