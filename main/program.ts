import type { WindowKind } from '../core/displays/displays.contract.ts';
import type { Seat } from '../core/access/seat.ts';
import { attachmentMaxBytes } from '../core/incidents/attachment.ts';
import type { Transport } from '../core/rpc/transport.ts';

/** What a host established about a window before it lets it in. */
export interface Admission {
  /** Unguessable, the same when the window reloads; main binds rights to media to it. */
  readonly windowId: string;
  readonly seat: Seat;
  /** A `Display.id`, or `wall` for a window that shows the whole wall (a browser at the printed address, `proof`). */
  readonly displayId: string;
  /** What the window is for. A host closes a window whose kind changes, and opens another. */
  readonly windowKind: WindowKind;
}

/** The services, as a host sees them. Everything a host must do is to feed these and to close them. */
export interface Program {
  /** A window's pipe. The session lives until the transport closes. */
  admit(transport: Transport, admission: Admission): void;
  /**
   * What goes by address, below one of `addressPrefixes`: WHEP through the front door, the directory, miniatures, stills. `windowIds`
   * are the windows the host has recognised the asker as: one, or several where they share a browser's cookies; the request's
   * token (`streams.token`) says which of them asks. Never throws; faults are problem details (RFC 9457).
   */
  byAddress(request: Request, windowIds: readonly string[]): Promise<Response>;
  /** Ends everything in order, the gateway included. */
  close(): Promise<void>;
}

/** Paths a host hands to `byAddress`, and how long a request's body may be there, in bytes. Everything else is the host's own. */
export const addressPrefixes: readonly { readonly prefix: string; readonly bodyMaxBytes: number }[] = [
  { prefix: '/whep/', bodyMaxBytes: 64 * 1024 },
  { prefix: '/directory/', bodyMaxBytes: 64 * 1024 * 1024 },
  { prefix: '/miniatures/', bodyMaxBytes: 256 * 1024 },
  { prefix: '/preset-pictures/', bodyMaxBytes: 32 * 1024 },
  { prefix: '/stills/', bodyMaxBytes: 16 * 1024 * 1024 },
  { prefix: '/evidence/', bodyMaxBytes: 16 * 1024 * 1024 },
  { prefix: '/attachments/', bodyMaxBytes: attachmentMaxBytes },
  { prefix: '/audit/', bodyMaxBytes: 1024 },
];
