import { z } from 'zod';
import { parseStreamAddress } from '../../../core/cameras/address.ts';
import { type CameraEntry, cameraSchema, type StreamAddress } from '../../../core/cameras/camera.ts';

/** An address as it is kept: it reads like one from a file, and has no user or password in it. */
const storedAddressSchema = z.string().transform((text, context): StreamAddress => {
  const parsed = parseStreamAddress(text);
  if (parsed.ok && parsed.value.credentials === null) return parsed.value;
  context.addIssue('not an address without user and password');
  return z.NEVER;
});

const storedCameraSchema = z.strictObject({
  camera: cameraSchema.extend({ simulated: z.literal(false) }),
  addresses: z.strictObject({ main: storedAddressSchema.optional(), sub: storedAddressSchema.optional() }),
});

/** A camera as it is kept: everything but user and password, which only a SecretStore may keep. */
export function toStored({ camera, addresses: { main, sub } }: CameraEntry) {
  return {
    camera,
    addresses: { ...(main === undefined ? {} : { main: main.url }), ...(sub === undefined ? {} : { sub: sub.url }) },
  };
}

/** A camera as the Registry knows it, or null for what cannot be read. Its credentials are not known there. */
export function fromStored(value: unknown): CameraEntry | null {
  const stored = storedCameraSchema.safeParse(value);
  if (!stored.success) return null;
  const { camera, addresses } = stored.data;
  const { main, sub } = addresses;
  return { camera, addresses: { ...(main === undefined ? {} : { main }), ...(sub === undefined ? {} : { sub }) } };
}

/** At most how long the JSON text of `toStored` is, in bytes, without writing it: a unit of UTF-16 takes three bytes at the most, an escaped one six. */
export function storedMaxBytes({ camera, addresses }: CameraEntry): number {
  const plain = camera.id.length + (addresses.main?.url.length ?? 0) + (addresses.sub?.url.length ?? 0);
  const words = [camera.name, camera.province, camera.district, camera.site, ...camera.tags];
  return 400 + 2 * plain + words.reduce((sum, word) => sum + 3 + escapedMaxBytes(word), 0);
}

function escapedMaxBytes(word: string): number {
  // Quotation marks and backslashes are two; control characters are not in the words of a camera.
  return 3 * word.length;
}
