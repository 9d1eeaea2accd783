import { z } from 'zod';
import { rpcErrorCodeSchema } from './error.ts';

/** The largest text either side takes, in UTF-16 units. A wall of 256 tiles reports in about 80,000. */
export const maxTextLength = 1_000_000;
/** How long a file's text may be once it is written as JSON text within a message, in UTF-16 units; the envelope takes a little more. */
export const mostTextInMessage = 950_000;
/** Calls one session may have unanswered; more are answered `busy`. */
export const maxCallsInFlight = 64;

const id = z.int().min(1);
const name = z.string().min(1).max(80);

/** What a window sends. */
export const windowMessageSchema = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('hello'), version: z.int() }),
  z.strictObject({ t: z.literal('call'), id, name, input: z.unknown() }),
  z.strictObject({ t: z.literal('cancel'), id }),
  z.strictObject({ t: z.literal('watch'), name }),
  z.strictObject({ t: z.literal('unwatch'), name }),
]);
export type WindowMessage = z.infer<typeof windowMessageSchema>;

/** What main sends. `value` is a state's newest value or an event. */
export const mainMessageSchema = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('welcome'), version: z.int() }),
  z.strictObject({ t: z.literal('refused'), version: z.int() }),
  z.strictObject({ t: z.literal('done'), id, output: z.unknown() }),
  z.strictObject({ t: z.literal('failed'), id, code: rpcErrorCodeSchema, detail: z.string().max(500).optional() }),
  z.strictObject({ t: z.literal('value'), name, value: z.unknown() }),
  z.strictObject({ t: z.literal('unwatchable'), name, code: rpcErrorCodeSchema }),
]);
export type MainMessage = z.infer<typeof mainMessageSchema>;

/** Whether the text of a file can go to main or come from there in one message. */
export function fitsOneMessage(text: string): boolean {
  return text.length <= mostTextInMessage && JSON.stringify(text).length <= mostTextInMessage;
}

/** Reads one text; null for anything that is not a message of `schema`. */
export function readMessage<S extends z.ZodType>(schema: S, text: string): z.output<S> | null {
  if (text.length > maxTextLength) return null;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = schema.safeParse(json);
  return parsed.success ? parsed.data : null;
}
