import { z } from 'zod';
import { parseStreamAddress } from '../../../core/cameras/address.ts';
import {
  type CameraEntry,
  cameraSchema,
  type StreamAddress,
  type StreamName,
  streamNames,
} from '../../../core/cameras/camera.ts';
import type { Registry, RegistryTable } from '../../ports/registry.ts';

/** An address as it is kept: it reads like one from a file, and has no user or password in it. */
const storedAddressSchema = z.string().refine((text) => {
  const parsed = parseStreamAddress(text);
  return parsed.ok && parsed.value.credentials === null;
}, 'not an address without user and password');

export const storedCameraSchema = z.strictObject({
  camera: cameraSchema.extend({ simulated: z.literal(false) }),
  addresses: z.strictObject({ main: storedAddressSchema.optional(), sub: storedAddressSchema.optional() }),
});
export type StoredCamera = z.infer<typeof storedCameraSchema>;

/** The directory's place in the Registry, by camera id. */
export function storedCameras(registry: Registry, onUnreadable: (key: string) => void): RegistryTable<StoredCamera> {
  return registry.table('cameras', storedCameraSchema, onUnreadable);
}

/** What is kept of a camera: everything but user and password, which only a SecretStore may keep. */
export function toStored(entry: CameraEntry): StoredCamera {
  const { main, sub } = entry.addresses;
  return storedCameraSchema.parse({
    camera: entry.camera,
    addresses: { ...(main === undefined ? {} : { main: main.url }), ...(sub === undefined ? {} : { sub: sub.url }) },
  });
}

/** A camera as the Registry knows it; its credentials are not known here. */
export function fromStored(stored: StoredCamera): CameraEntry {
  const addresses: Partial<Record<StreamName, StreamAddress>> = {};
  for (const stream of streamNames) {
    const parsed = parseStreamAddress(stored.addresses[stream] ?? '');
    if (parsed.ok) addresses[stream] = parsed.value;
  }
  return { camera: stored.camera, addresses };
}
