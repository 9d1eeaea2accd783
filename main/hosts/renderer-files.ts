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
  '.map': 'application/json; charset=utf-8',
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
  /** For a host whose windows keep what they loaded. */
  readonly cacheControl: string;
  read(): Promise<Uint8Array<ArrayBuffer>>;
}

/** The files a window may have, by the path of their address. */
export type RendererFiles = ReadonlyMap<string, RendererFile>;

/**
 * Lists the built renderer once. What is not in the list is not there, so no spelling of a path (dots, escapes, links)
 * leads out of the folder. Rejects with words where it was not built.
 */
export async function listRendererFiles(folder: string): Promise<RendererFiles> {
  const files = new Map<string, RendererFile>();
  const pending = [{ path: folder, address: '' }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const entry of await readdir(next.path, { withFileTypes: true })) {
      const path = join(next.path, entry.name);
      const address = `${next.address}/${entry.name}`;
      if (entry.isDirectory()) pending.push({ path, address });
      else if (entry.isFile()) files.set(address, rendererFile(path, address));
      if (files.size > filesLimit) throw new Error(`the renderer has more than ${filesLimit} files`);
    }
  }
  const index = files.get('/index.html');
  if (index === undefined) throw new Error('the renderer is not built: it has no index.html');
  return files.set('/', index);
}

function rendererFile(path: string, address: string): RendererFile {
  // The bundler puts a hash of the content into the names below /assets/; everything else may change under its name.
  const hashed = /^\/assets\/.*-[A-Za-z0-9_-]{8,}\.[a-z0-9.]+$/.test(address);
  return {
    mediaType: mediaTypes[extname(path).toLowerCase()] ?? 'application/octet-stream',
    cacheControl: hashed ? 'public, max-age=31536000, immutable' : 'no-store',
    read: async () => new Uint8Array(await readFile(path)),
  };
}
