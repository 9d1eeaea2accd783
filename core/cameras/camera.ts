import { z } from 'zod';

export const cameraIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'an id is 1 to 64 letters, digits, dots, dashes or underscores')
  .brand<'CameraId'>();
export type CameraId = z.infer<typeof cameraIdSchema>;

export const streamNames = ['main', 'sub'] as const;
export const streamNameSchema = z.enum(streamNames);
export type StreamName = z.infer<typeof streamNameSchema>;

export const cameraKindSchema = z.enum(['fixed', 'ptz']);

/** What kind of place a site is. */
export const siteKinds = [
  'junction',
  'entry-exit',
  'road',
  'market',
  'school',
  'hospital',
  'worship',
  'gate',
  'government',
  'transport',
  'private',
  'other',
] as const;
export const siteKindSchema = z.enum(siteKinds);
export type SiteKind = z.infer<typeof siteKindSchema>;

/** A camera as every window may know it: no address, no credentials. */
export const cameraSchema = z.strictObject({
  id: cameraIdSchema,
  /** The short number an operator types and says aloud. */
  number: z.int().min(1).max(999_999),
  name: z.string().min(1).max(120),
  /** Empty where nobody said: then lists leave that level out. */
  province: z.string().max(120).default(''),
  district: z.string().max(120),
  site: z.string().max(120),
  /** WGS 84, degrees; null where nobody gave one. */
  position: z.strictObject({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) }).nullable(),
  kind: cameraKindSchema,
  siteKind: siteKindSchema.nullable().default(null),
  /** Words people find it by. */
  tags: z.array(z.string().min(1).max(40)).max(16).default([]),
  /** The streams that exist, in no order. */
  streams: z.array(streamNameSchema).min(1).max(2),
  /** Made up by us: a camera of the demonstration city. Every place that shows it says so. */
  simulated: z.boolean(),
});
export type Camera = z.infer<typeof cameraSchema>;

/** User and password, split off an address by its parser. Lives in main's and the gateway's memory only. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** Where a stream comes from. `url` never carries a user before its host, nor any password. */
export interface StreamAddress {
  readonly scheme: 'rtsp' | 'rtsps' | 'http' | 'https' | 'file' | 'sim';
  readonly url: string;
  readonly credentials: Credentials | null;
  /** The secrets of its path or query, as they are written there; `url` has placeholders in their place (`hidden-words.ts`). */
  readonly hidden?: readonly string[];
}

/** Where the device itself is spoken to, beside its streams; none of them carries user or password. */
export interface DevicePlace {
  /** Its ONVIF device service. */
  readonly control: string;
  /** Where it gives a still. */
  readonly snapshot: string | null;
}

/** A camera with its addresses: main's half of the directory. */
export interface CameraEntry {
  readonly camera: Camera;
  readonly addresses: Readonly<Partial<Record<StreamName, StreamAddress>>>;
  /** Further ways to the same stream, in the order in which they are tried where its address gives no picture. */
  readonly further?: Readonly<Partial<Record<StreamName, readonly StreamAddress[]>>>;
  /** Absent where nobody asked the device. */
  readonly device?: DevicePlace;
  /** Its password is kept under a passphrase that was not entered: it is not asked without. */
  readonly locked?: true;
}

/** Every way to a stream, the one that is to be used first; none where the camera has no such stream. */
export function waysOf({ addresses, further }: CameraEntry, stream: StreamName): readonly StreamAddress[] {
  const first = addresses[stream];
  return first === undefined ? [] : [first, ...(further?.[stream] ?? [])];
}

/** Further ways as an entry carries them: absent where there are none. */
export function withFurther(further: NonNullable<CameraEntry['further']>): Pick<CameraEntry, 'further'> {
  return Object.keys(further).length === 0 ? {} : { further };
}

/** Whether the embedded gateway fetches it; every other way is WHEP at a server of somebody else. */
export function isEmbedded({ scheme }: StreamAddress): boolean {
  return scheme !== 'http' && scheme !== 'https';
}
