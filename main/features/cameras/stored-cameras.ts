import { z } from 'zod';
import { parseStreamAddress, waysMax } from '../../../core/cameras/address.ts';
import {
  type CameraEntry,
  cameraSchema,
  isEmbedded,
  type StreamAddress,
  type StreamName,
  streamNames,
  waysOf,
  withFurther,
} from '../../../core/cameras/camera.ts';
import { isSecret } from '../../../core/cameras/way-secrets.ts';

/** An address as it is kept: it reads like one from a file, and has no user or password in it. */
const storedAddressSchema = z.string().transform((text, context): StreamAddress => {
  const parsed = parseStreamAddress(text);
  if (parsed.ok && !isSecret(parsed.value)) return parsed.value;
  context.addIssue('not an address without secrets');
  return z.NEVER;
});

/** One way is a text; several are a list. */
const storedWaysSchema = z.union([
  storedAddressSchema.transform((way) => [way]),
  z.array(storedAddressSchema).min(2).max(waysMax),
]);

/** An address of a device's own services, without a password in it. */
const placeSchema = z.string().refine((text) => {
  const parsed = parseStreamAddress(text);
  return parsed.ok && !isSecret(parsed.value) && !isEmbedded(parsed.value);
});

const storedCameraSchema = z.strictObject({
  camera: cameraSchema.extend({ simulated: z.literal(false) }),
  addresses: z.strictObject({ main: storedWaysSchema.optional(), sub: storedWaysSchema.optional() }),
  device: z.strictObject({ control: placeSchema, snapshot: placeSchema.nullable() }).optional(),
});

/** A camera as it is kept: everything but user and password, which only a SecretStore may keep. */
export function toStored(entry: CameraEntry) {
  const addresses: Partial<Record<StreamName, string | string[]>> = {};
  for (const stream of streamNames) {
    const [first, ...others] = waysOf(entry, stream).map(({ url }) => url);
    if (first !== undefined) addresses[stream] = others.length === 0 ? first : [first, ...others];
  }
  return { camera: entry.camera, addresses, ...(entry.device === undefined ? {} : { device: entry.device }) };
}

/** A camera as the Registry knows it, or null for what cannot be read. Its credentials are not known there. */
export function fromStored(value: unknown): CameraEntry | null {
  const stored = storedCameraSchema.safeParse(value);
  if (!stored.success) return null;
  const addresses: Partial<Record<StreamName, StreamAddress>> = {};
  const further: Partial<Record<StreamName, readonly StreamAddress[]>> = {};
  for (const stream of streamNames) {
    const [first, ...others] = stored.data.addresses[stream] ?? [];
    if (first !== undefined) addresses[stream] = first;
    if (others.length > 0) further[stream] = others;
  }
  const { camera, device } = stored.data;
  return { camera, addresses, ...withFurther(further), ...(device === undefined ? {} : { device }) };
}

/** At most how long the JSON text of `toStored` is, in bytes, without writing it: a unit of UTF-16 takes three bytes at the most, an escaped one six. */
export function storedMaxBytes(entry: CameraEntry): number {
  const { camera } = entry;
  const urls = streamNames.flatMap((stream) => waysOf(entry, stream)).reduce((sum, { url }) => sum + 2 * url.length + 3, 0);
  const places = 40 + 2 * (entry.device?.control.length ?? 0) + 2 * (entry.device?.snapshot?.length ?? 0);
  const words = [camera.name, camera.province, camera.district, camera.site, ...camera.tags];
  return 400 + 2 * camera.id.length + urls + places + words.reduce((sum, word) => sum + 3 + escapedMaxBytes(word), 0);
}

function escapedMaxBytes(word: string): number {
  // Quotation marks and backslashes are two; control characters are not in the words of a camera.
  return 3 * word.length;
}
