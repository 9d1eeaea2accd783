import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { KnownSecrets } from '../../ports/known-secrets.ts';
import { inSlices } from './in-slices.ts';
import { addKnownCredentials } from './known-credentials.ts';
import { cameraFileKind, parseCameraFile, type ReadCameras } from './parse-camera-file.ts';

/** Largest camera file, in bytes. */
export const cameraFileMaxBytes = 64 * 1024 * 1024;

const openFaults: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read the file',
  EPERM: 'this user may not read the file',
  EISDIR: 'this is a folder, not a file',
};

/** A whole file, or why it cannot be read. Never reads more than the bound, also from a file that grows. */
async function readBounded(path: string): Promise<Buffer | string> {
  try {
    const file = await open(path, 'r');
    try {
      const stats = await file.stat();
      if (stats.isDirectory()) return openFaults['EISDIR'] ?? '';
      if (!stats.isFile()) return 'this is not a file';
      const tooLarge = `the file is larger than ${cameraFileMaxBytes / 1024 / 1024} MiB`;
      if (stats.size > cameraFileMaxBytes) return tooLarge;
      const bytes = Buffer.alloc(stats.size);
      let read = 0;
      while (read < bytes.length) {
        const { bytesRead } = await file.read(bytes, read, bytes.length - read, read);
        if (bytesRead === 0) break;
        read += bytesRead;
      }
      return bytes.subarray(0, read);
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return openFaults[code] ?? `the file cannot be read (${code || 'unknown reason'})`;
  }
}

/** Most refusals of a command that are told one by one. */
export const toldRefusalsMax = 200;

function nothing(where: string, reason: string): ReadCameras {
  return { entries: [], refused: [{ where: where.slice(0, 200), reason }], refusedTotal: 1 };
}

/**
 * Reads a camera file: CSV, JSON or GeoJSON, by its content or its name's end. Never rejects: what cannot be used is in `refused`. Every password
 * goes to `secrets`.
 */
export async function readCameraFile(path: string, secrets: KnownSecrets): Promise<ReadCameras> {
  // Before anything of it is repeated: an address in the wrong place may carry a password.
  if (path.includes('://')) return nothing('--cameras', 'this is an address; use --camera for it');
  const name = basename(path);
  const bytes = await readBounded(path);
  if (typeof bytes === 'string') return nothing(name, bytes);
  const kind = cameraFileKind(name, bytes);
  if (kind === null) return nothing(name, 'a camera file ends in .csv, .json or .geojson');
  const read = await inSlices(parseCameraFile(bytes, kind, name, toldRefusalsMax));
  addKnownCredentials(read.entries, secrets);
  return read;
}
