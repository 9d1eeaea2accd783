import type { z } from 'zod';
import type { Role } from '../access/role.ts';

/** A question with one answer. */
export interface CallEntry<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly kind: 'call';
  readonly input: I;
  readonly output: O;
  /** The least role that may ask. */
  readonly who: Role;
  /** How long the answer may take, in milliseconds, before the caller hears `timeout`. */
  readonly limitMs: number;
}

/** A value with a memory: a subscriber gets the present one at once, then every change (the newest, if it reads slowly). */
export interface StateEntry<V extends z.ZodType = z.ZodType> {
  readonly kind: 'state';
  readonly value: V;
  readonly who: Role;
}

/** Something that happened; a window that opens later does not hear of it. */
export interface EventEntry<V extends z.ZodType = z.ZodType> {
  readonly kind: 'event';
  readonly value: V;
  readonly who: Role;
}

export type Entry = CallEntry | StateEntry | EventEntry;
export type Contract = Readonly<Record<string, Entry>>;

export type CallName<C extends Contract> = {
  [K in keyof C & string]: C[K] extends CallEntry ? K : never;
}[keyof C & string];
export type StateName<C extends Contract> = {
  [K in keyof C & string]: C[K] extends StateEntry ? K : never;
}[keyof C & string];
export type EventName<C extends Contract> = {
  [K in keyof C & string]: C[K] extends EventEntry ? K : never;
}[keyof C & string];

export type CallInput<C extends Contract, K extends CallName<C>> =
  C[K] extends CallEntry<infer I, z.ZodType> ? z.output<I> : never;
export type CallOutput<C extends Contract, K extends CallName<C>> =
  C[K] extends CallEntry<z.ZodType, infer O> ? z.output<O> : never;
export type ValueOf<C extends Contract, K extends StateName<C> | EventName<C>> =
  C[K] extends StateEntry<infer V> ? z.output<V> : C[K] extends EventEntry<infer V> ? z.output<V> : never;

/** Declares a call. `limitMs` is 5,000 ms and `who` is `viewer` unless said otherwise. */
export function call<I extends z.ZodType, O extends z.ZodType>(entry: {
  input: I;
  output: O;
  who?: Role;
  limitMs?: number;
}): CallEntry<I, O> {
  return { kind: 'call', input: entry.input, output: entry.output, who: entry.who ?? 'viewer', limitMs: entry.limitMs ?? 5_000 };
}

/** Declares a state; `who` is the least role that may watch it (`viewer` unless said otherwise). */
export function state<V extends z.ZodType>(value: V, who: Role = 'viewer'): StateEntry<V> {
  return { kind: 'state', value, who };
}

/** Declares an event; `who` is the least role that hears it (`viewer` unless said otherwise). */
export function event<V extends z.ZodType>(value: V, who: Role = 'viewer'): EventEntry<V> {
  return { kind: 'event', value, who };
}
