import { expect } from 'vitest';
import type { Role } from '../../core/access/role.ts';
import { type CameraEntry, cameraIdSchema } from '../../core/cameras/camera.ts';
import { type camerasContract, type ImportPreview, importPreviewSchema } from '../../core/cameras/cameras.contract.ts';
import type { CallInput, CallName, CallOutput } from '../../core/rpc/define.ts';
import type { Session } from '../../core/rpc/handlers.ts';
import type { CamerasFeature, CamerasPorts } from '../../main/features/cameras/directory.ts';
import { systemClock } from '../../main/ports/clock.ts';
import type { Registry } from '../../main/ports/registry.ts';
import { createKnownSecrets } from '../../main/stores/log/known-secrets.ts';
import { collectLog } from '../stores/temporary-folder.ts';
import { cameraFile } from '../support/make-cameras.ts';
import { noPasswords } from '../support/memory-secrets.ts';
import { cameraOf } from './camera-of.ts';

/** A window of a seat. */
export function session(role: Role = 'technician', seat = 1): Session {
  return {
    id: 's',
    seat: { number: seat, role, priority: 1, signedIn: false },
    displayId: 'wall',
    windowKind: 'shared',
    ended: new AbortController().signal,
  };
}

export function entry(id: string, number: number, more: Partial<CameraEntry['camera']> = {}): CameraEntry {
  return {
    camera: { ...cameraOf(number, { name: id, ...more }), id: cameraIdSchema.parse(id) },
    addresses: {
      main: { scheme: 'rtsp', url: `rtsp://192.0.2.1/${id}`, credentials: { user: 'u', password: 'planted-password' } },
    },
  };
}

/** What the feature needs where nothing but its registry matters. `city`: the cameras that stand in while none was imported. */
export function camerasPorts(registry: Registry, ...city: readonly CameraEntry[]): CamerasPorts {
  const demonstration = { city: () => city, province: () => [] };
  const own = { given: null, registry, demonstration, clock: systemClock, secrets: createKnownSecrets(), log: collectLog() };
  return { ...own, ...noPasswords() };
}

type Contract = typeof camerasContract;

export async function call<K extends CallName<Contract>>(
  feature: CamerasFeature,
  name: K,
  input: CallInput<Contract, K>,
  asker = session(),
): Promise<CallOutput<Contract, K>> {
  return feature.calls[name](input, { session: asker, signal: asker.ended });
}

export function get(feature: CamerasFeature, path: string, headers: Record<string, string> = {}, asker = session()) {
  return feature.door.handle(new Request(`http://127.0.0.1/directory/${path}`, { headers }), asker);
}

export function put(feature: CamerasFeature, body: Uint8Array, name = 'cameras.csv', asker = session(), signal?: AbortSignal) {
  const address = `http://127.0.0.1/directory/import?name=${encodeURIComponent(name)}`;
  const request = new Request(address, {
    method: 'PUT',
    body: new Uint8Array(body),
    ...(signal === undefined ? {} : { signal }),
  });
  return feature.door.handle(request, asker);
}

/** Reads a file to its preview. */
export async function preview(feature: CamerasFeature, body: Uint8Array, name?: string): Promise<ImportPreview> {
  const response = await put(feature, body, name);
  expect(response.status).toBe(200);
  return importPreviewSchema.parse(await response.json());
}

/** Makes these cameras the directory, by way of a file. */
export async function importCameras(feature: CamerasFeature, entries: readonly CameraEntry[], removeGone = true): Promise<void> {
  const { id } = await preview(feature, cameraFile(entries, 'csv'));
  expect(await call(feature, 'cameras.apply-import', { preview: id, removeGone })).toEqual({ refusal: null });
}
