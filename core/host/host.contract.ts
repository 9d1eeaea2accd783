import { z } from 'zod';
import { call, state } from '../rpc/define.ts';
import { mostTextInMessage } from '../rpc/envelope.ts';

export const hostAboutSchema = z.strictObject({
  version: z.string(),
  abilities: z.strictObject({
    /** The host opened this window and can close it: Esc held for 2 s leaves. */
    leave: z.boolean(),
    /** The host itself asks where a file is to go, and writes it there: `host.save`. Else the page has to. */
    saves: z.boolean(),
    /** This run is a kiosk's: leaving needs the technician's chord and PIN. `enforced` is what the host itself keeps people from. */
    kiosk: z.strictObject({
      on: z.boolean(),
      enforced: z.array(z.enum(['full-screen', 'navigation', 'new-windows', 'devtools', 'closing'])).max(16),
      /** What only the operating system can keep people from; README says how. */
      notEnforced: z.array(z.enum(['vt-switch', 'other-programs', 'power', 'closing', 'devtools'])).max(16),
    }),
  }),
  /** Things that stay said while they are so. `one-window`: this desktop (Wayland) lets nobody place windows, so there is one. */
  notices: z.array(z.enum(['sandbox-off', 'demonstration', 'one-window'])).max(16),
});
export type HostAbout = z.infer<typeof hostAboutSchema>;

/** So many files may one window have saved at once. */
export const savesMost = 4;

const savingSchema = z.strictObject({
  id: z.uuid(),
  doneBytes: z.number(),
  /** Null where nobody knows before the end. */
  sizeBytes: z.number().nullable(),
});
export type Saving = z.infer<typeof savingSchema>;

/** What a file is of: what is at an address of this program, or a text that the window has. */
const saveFromSchema = z.union([
  z.strictObject({ path: z.string().startsWith('/').max(8_000) }),
  z.strictObject({ text: z.string().min(1).max(mostTextInMessage) }),
]);
export type SaveFrom = z.infer<typeof saveFromSchema>;

export const hostContract = {
  'host.about': state(hostAboutSchema),
  /** What this window has the host save. */
  'host.saving': state(z.array(savingSchema).max(savesMost)),
  /**
   * Asks for a place and writes a file there. One of that name is there only when all of it is on the disk; who cancels leaves nothing.
   * `gone`: there is nothing at that address, or it is not for this seat.
   */
  'host.save': call({
    input: z.strictObject({ id: z.uuid(), from: saveFromSchema, fileName: z.string().min(1).max(200) }),
    output: z.strictObject({
      outcome: z.enum(['saved', 'dismissed', 'busy', 'gone', 'full', 'not-writable', 'too-large', 'failed']),
    }),
    // Somebody looks for the right stick, and a slow one takes long.
    limitMs: 3 * 3_600_000,
  }),
  /** Ends the program in an orderly way. */
  'host.leave': call({
    /** The PIN in a kiosk; null elsewhere. */
    input: z.strictObject({ pin: z.string().min(1).max(64).nullable() }),
    output: z.discriminatedUnion('outcome', [
      z.strictObject({ outcome: z.literal('leaving') }),
      z.strictObject({ outcome: z.enum(['wrong-pin', 'no-pin-set', 'pin-needed']) }),
      /** Too many failures: nothing is tried before this. */
      z.strictObject({ outcome: z.literal('wait'), waitMs: z.number() }),
    ]),
    limitMs: 15_000,
  }),
  /** Sets or changes the kiosk's PIN (4 to 64 characters); `present` is the old one, null where there was none. */
  'host.set-pin': call({
    input: z.strictObject({ present: z.string().max(64).nullable(), next: z.string().min(4).max(64) }),
    output: z.strictObject({ outcome: z.enum(['stored', 'wrong-pin', 'wait', 'not-saved']) }),
    who: 'technician',
    limitMs: 15_000,
  }),
};
