import { z } from 'zod';
import { waysMax } from '../cameras/address.ts';
import { type ProblemCode, problemCodeSchema } from './problem.ts';

/** By which of the ways of its stream a picture comes, for a stream that has several. */
export const wayFactSchema = z.strictObject({
  /** From 1, in the order of the directory. */
  number: z.int().min(1).max(waysMax),
  of: z.int().min(2).max(waysMax),
  /** What is wrong with the first one; null where it is the one in use, or nothing is known. */
  why: problemCodeSchema.nullable(),
});
export type WayFact = z.infer<typeof wayFactSchema>;

/** The header field in which main tells a window the way of its new session. */
export const wayField = 'deedban-way';
/** The one in which a window tells main which way it left without a picture, and why. */
export const leftWayField = 'deedban-left';
/** The one in which a window with a picture asks for an earlier way than the one it has (its number). */
export const insteadOfField = 'deedban-instead-of';

/** `2/3;gateway-unreachable` */
export function writeWay({ number, of, why }: WayFact): string {
  return `${number}/${of}${why === null ? '' : `;${why}`}`;
}

/** Reads what `writeWay` wrote; null for anything else. */
export function readWay(text: string | null): WayFact | null {
  const parts = /^(\d)\/(\d)(?:;([a-z-]{1,40}))?$/.exec(text ?? '');
  if (parts === null) return null;
  const fact = wayFactSchema.safeParse({ number: Number(parts[1]), of: Number(parts[2]), why: parts[3] ?? null });
  return fact.success ? fact.data : null;
}

/** What a window says of the way it left. */
export interface LeftWay {
  readonly number: number;
  /** Null where nothing is known but that no picture came. */
  readonly why: ProblemCode | null;
}

/** `1;gateway-protocol`, or `1`. */
export function writeLeft({ number, why }: LeftWay): string {
  return `${number}${why === null ? '' : `;${why}`}`;
}

export function readLeft(text: string | null): LeftWay | null {
  const parts = /^(\d)(?:;([a-z-]{1,40}))?$/.exec(text ?? '');
  const why = problemCodeSchema.nullable().safeParse(parts?.[2] ?? null);
  return parts !== null && why.success ? { number: Number(parts[1]), why: why.data } : null;
}
