import { z } from 'zod';
import { call, event, state } from '../rpc/define.ts';
import { cameraIdSchema, cameraSchema } from './camera.ts';

/** How the cameras' passwords are kept on this machine. No password is ever told. */
export const keepingSchema = z.strictObject({
  /** `locked`: the passphrase was not entered since the start; `broken`: what is kept cannot be read, and `problem` says why. */
  state: z.enum(['open', 'locked', 'broken']),
  keeper: z.enum(['keyring', 'key-file']),
  passphrase: z.boolean(),
  problem: z.enum(['damaged', 'exposed', 'newer', 'failed']).nullable(),
});
export type Keeping = z.infer<typeof keepingSchema>;

/** As it is typed. It goes to main and never comes back. */
export const loginSchema = z.strictObject({
  // Basic authentication could not send a colon (RFC 7617 section 2); control characters could end a header line early.
  user: z
    .string()
    .max(256)
    .regex(/^[^:\p{Cc}]*$/u),
  password: z
    .string()
    .max(256)
    .regex(/^\P{Cc}*$/u),
});
export type Login = z.infer<typeof loginSchema>;

/** All cameras of a site; an empty text is a level that nobody named. */
export const cameraPlaceSchema = cameraSchema.pick({ province: true, district: true, site: true });
export type CameraPlace = z.infer<typeof cameraPlaceSchema>;

export const siteLoginsSchema = cameraPlaceSchema.extend({
  cameras: z.int().min(1),
  /** Of those, how many have a password here. */
  withLogin: z.int().min(0),
});
export type SiteLogins = z.infer<typeof siteLoginsSchema>;

export const keepingRefusals = [
  'locked',
  'broken',
  'not-saved',
  'wrong-passphrase',
  'too-soon',
  'this-run-only',
  'no-camera',
] as const;
export type KeepingRefusal = (typeof keepingRefusals)[number];
const refusal = z.enum(keepingRefusals).nullable();

export const passphraseSchema = z.string().min(8).max(256);

/** What became of a login that was tried at many cameras. */
export const triedLoginSchema = z.strictObject({
  total: z.int(),
  answered: z.int(),
  refused: z.int(),
  /** They could not be reached or did not answer. */
  silent: z.int(),
  /** Not asked any more: after three refusals nobody else is, because cameras lock accounts. */
  notAsked: z.int(),
});

export const credentialsContract = {
  'cameras.keeping': state(keepingSchema),
  /** These have other passwords now, or are unlocked: what was refused may be asked for again at once. */
  'cameras.credentials-changed': event(z.strictObject({ cameras: z.array(cameraIdSchema).max(1_000) })),
  'cameras.unlock': call({
    input: z.strictObject({ passphrase: z.string().min(1).max(256) }),
    /** `waitMs`: how long until the next try is made. */
    output: z.strictObject({ refusal, waitMs: z.number().min(0) }),
    who: 'technician',
    limitMs: 30_000,
  }),
  /** Null takes the passphrase away. */
  'cameras.set-passphrase': call({
    input: z.strictObject({ passphrase: passphraseSchema.nullable() }),
    output: z.strictObject({ refusal }),
    who: 'technician',
    limitMs: 30_000,
  }),
  /** The first 100 sites with these words in their names. */
  'cameras.site-logins': call({
    input: z.strictObject({ words: z.string().max(120) }),
    output: z.strictObject({ sites: z.array(siteLoginsSchema).max(100), more: z.boolean() }),
    who: 'technician',
  }),
  /** For every camera of the site that our gateway fetches by RTSP. */
  'cameras.set-login': call({
    input: z.strictObject({ place: cameraPlaceSchema, login: loginSchema }),
    output: z.strictObject({ refusal, cameras: z.int() }),
    who: 'technician',
    limitMs: 30_000,
  }),
  /** Asks each camera of the site once, with this login or (null) with what is kept. */
  'cameras.try-login': call({
    input: z.strictObject({ place: cameraPlaceSchema, login: loginSchema.nullable() }),
    output: z.strictObject({ refusal, tried: triedLoginSchema.nullable() }),
    who: 'technician',
    limitMs: 120_000,
  }),
};
