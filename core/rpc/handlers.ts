import type { Seat } from '../access/seat.ts';
import type { WindowKind } from '../displays/displays.contract.ts';
import type { Watchable } from './cell.ts';
import type { CallInput, CallName, CallOutput, Contract, EventName, StateName, ValueOf } from './define.ts';

/** One window's connection from handshake to end. Everything it started ends with it. */
export interface Session {
  readonly id: string;
  readonly seat: Seat;
  /** The display this window stands on (`wall`: a browser of its own, on no display that is known). */
  readonly displayId: string;
  /** What the window is for. */
  readonly windowKind: WindowKind;
  readonly ended: AbortSignal;
}

export interface CallContext {
  readonly session: Session;
  /** Aborted by cancellation, the time limit, or the session's end. */
  readonly signal: AbortSignal;
}

/** What main has to supply for a slice of the contract; the compiler names what is missing. */
export interface Handlers<C extends Contract> {
  readonly calls: {
    readonly [K in CallName<C>]: (input: CallInput<C, K>, context: CallContext) => CallOutput<C, K> | Promise<CallOutput<C, K>>;
  };
  readonly states: { readonly [K in StateName<C>]: (session: Session) => Watchable<ValueOf<C, K>> };
  /** Each event: a function that takes a listener and returns the way to stop. */
  readonly events: { readonly [K in EventName<C>]: (session: Session, listener: (value: ValueOf<C, K>) => void) => () => void };
}

/** A feature's half in main: its handlers, and what it does when a session or the program ends. */
export interface Feature<C extends Contract> extends Handlers<C> {
  sessionEnded?(session: Session): void;
  close?(): void | Promise<void>;
}

/** `Handlers` of whatever contract: what a server needs once the compiler has matched handlers and contract. */
export interface AnyHandlers {
  readonly calls: Readonly<Record<string, ((input: never, context: CallContext) => unknown) | undefined>>;
  readonly states: Readonly<Record<string, ((session: Session) => Watchable<unknown>) | undefined>>;
  readonly events: Readonly<Record<string, ((session: Session, listener: (value: unknown) => void) => () => void) | undefined>>;
}
