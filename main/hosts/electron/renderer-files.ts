import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** A bundle has tens of files; more than this is not our bundle. */
const filesLimit = 5_000;

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

export interface RendererFile {
  readonly mediaType: string;
  read(): Promise<Uint8Array<ArrayBuffer>>;
}

/** The files a window may have, by their path in an address (`/assets/index.js`). */
export type RendererFiles = ReadonlyMap<string, RendererFile>;

/**
 * Lists the built renderer once. Only what is in the list is ever served, so that no spelling of a path (dots, escapes,
 * backslashes, links) can lead out of the directory. Links are left out. Rejects where the directory cannot be read.
 */
export async function listRendererFiles(directory: string): Promise<RendererFiles> {
  const files = new Map<string, RendererFile>();
  const pending = [{ path: directory, address: '' }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const entry of await readdir(next.path, { withFileTypes: true })) {
      const path = join(next.path, entry.name);
      const address = `${next.address}/${entry.name}`;
      if (entry.isDirectory()) pending.push({ path, address });
      else if (entry.isFile()) {
        if (files.size >= filesLimit) throw new Error(`The renderer has more than ${filesLimit} files.`);
        files.set(address, rendererFile(path));
      }
    }
  }
  return files;
}

function rendererFile(path: string): RendererFile {
  return {
    mediaType: mediaTypes[extname(path).toLowerCase()] ?? 'application/octet-stream',
    async read() {
      return new Uint8Array(await readFile(path));
    },
  };
}
