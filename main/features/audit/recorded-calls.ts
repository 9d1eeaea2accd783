import { z } from 'zod';
import type { Session } from '../../../core/rpc/handlers.ts';
import type { Journal } from '../../ports/journal.ts';
import type { Log } from '../../ports/log.ts';
import { type Seat, seatForRecords } from '../../../core/access/seat.ts';

const nothing = z.object({});
const camera = z.object({ camera: z.string() });
const place = z.object({ place: z.object({ site: z.string() }) }).transform(({ place: { site } }) => ({ site }));
const display = z.object({ id: z.string() }).transform(({ id }) => ({ displays: [id] }));

/**
 * Calls that change something and whose feature writes nothing into the Journal by itself, and which of their fields are written down. All others stay out: a password or
 * a PIN has no way into a record.
 */
const fieldsByCall: Readonly<Record<string, z.ZodType<object>>> = {
  'cameras.apply-import': z.object({ removeGone: z.boolean() }),
  'cameras.save-group': z.object({ name: z.string() }),
  'cameras.delete-group': z.object({ id: z.string() }),
  'cameras.demonstration': z.object({ what: z.string() }),
  'cameras.set-login': place,
  'cameras.try-login': place,
  'cameras.set-passphrase': nothing,
  'cameras.unlock': nothing,
  'cameras.set-clock': z.object({ device: z.string() }),
  'cameras.take-devices': z
    .object({ place: z.object({ site: z.string() }), devices: z.array(z.unknown()) })
    .transform(({ place: { site }, devices }) => ({ site, number: devices.length })),
  'displays.describe': display,
  'displays.use': display,
  'displays.forget': display,
  'displays.show-elsewhere': z.object({ missing: z.string() }).transform(({ missing }) => ({ displays: [missing] })),
  'streams.set-limits': z.object({
    mostHighStreams: z.unknown(),
    mostFullStreams: z.unknown(),
    bandwidthKbps: z.unknown(),
  }),
  'incidents.set-procedures': z.object({ procedures: z.array(z.unknown()) }),
  'host.set-pin': nothing,
  'host.leave': nothing,
  'ptz.save-preset': camera.extend({ name: z.string() }),
  'ptz.describe-preset': camera.extend({ name: z.string() }),
  'ptz.delete-preset': camera,
  'ptz.set-home': camera,
  'ptz.set-duty': camera,
  'ptz.set-lens': camera.extend({
    lens: z.object({ magnification: z.number(), widestDegrees: z.number().nullable(), slowsByItself: z.boolean() }).nullable(),
  }),
  'ptz.save-tour': camera
    .extend({ tour: z.object({ name: z.string() }) })
    .transform(({ camera: of, tour: { name } }) => ({ camera: of, name })),
  'ptz.delete-tour': camera.extend({ name: z.string() }),
  'ptz.start-tour': camera,
  'evidence.trust-clock': nothing,
  'evidence.go-on': z.object({ incident: z.int() }),
};
export const recordedCalls = Object.keys(fieldsByCall);

const answerSchema = z.object({
  refusal: z.string().nullable().optional().catch(undefined),
  outcome: z.string().optional().catch(undefined),
});
const doneOutcomes = new Set(['stored', 'leaving', 'ended', 'done']);

/** What is written of a call that was answered; null where it is not one of them. Kind and data, as the Journal takes them. */
export function recordOfCall(
  name: string,
  input: unknown,
  output: unknown,
  seat: Seat,
): { readonly kind: string; readonly data: object } | null {
  const fields = Object.hasOwn(fieldsByCall, name) ? fieldsByCall[name] : undefined;
  if (!fields) return null;
  const { refusal, outcome } = answerSchema.safeParse(output).data ?? {};
  const why = refusal ?? (outcome === undefined || doneOutcomes.has(outcome) ? null : outcome);
  return {
    kind: `deed.${name}`,
    data: { ...fields.safeParse(input).data, refusal: why, seat: seatForRecords(seat) },
  };
}

/** Has every such call leave a row, whichever feature answers it. To be told of each call that was answered. */
export function createCallRecorder(
  journal: Pick<Journal, 'append'>,
  log: Log,
): (name: string, input: unknown, output: unknown, session: Pick<Session, 'seat'>) => void {
  return (name, input, output, { seat }) => {
    const record = recordOfCall(name, input, output, seat);
    if (record === null) return;
    journal.append(record.kind, record.data).catch((error: unknown) => {
      log.error('A deed was not recorded', { name, reason: error instanceof Error ? error.message : String(error) });
    });
  };
}
