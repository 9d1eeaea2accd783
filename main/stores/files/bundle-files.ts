import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { BundleSink, BundleSource } from '../../ports/bundle-file.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import { errorCode, explainFsError } from '../explain-fs-error.ts';
import { syncFolder } from './durable-files.ts';

/** What is not whole is called so. */
export const unfinishedPattern = /\.[0-9a-f]{12}\.unfinished$/;

/** What `path` is called beside it until it is whole. */
export const unfinishedName = (path: string) => `${path}.${randomBytes(6).toString('hex')}.unfinished`;

/** Begins a bundle that will be called `path`. Until then it lies beside it, and its name says that it is not whole. Rejects with `StoreProblem`. */
export async function createBundleFile(
  path: string,
  temporary = unfinishedName(path),
  syncNames = syncFolder,
): Promise<BundleSink> {
  const explained = async <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw explainFsError(error, path);
    });
  const file = await explained(open(temporary, 'wx', 0o600));
  let isOpen = true;
  let hasName = false;
  return {
    async write(bytes, at) {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await explained(file.write(bytes, done, bytes.length - done, at + done));
        done += bytesWritten;
      }
    },
    async commit(signal) {
      await explained(file.sync());
      isOpen = false;
      await explained(file.close());
      // A slow disk takes long to have all of it: who cancelled meanwhile has cancelled.
      signal?.throwIfAborted();
      await explained(rename(temporary, path));
      hasName = true;
      await explained(syncNames(dirname(path)));
    },
    async discard() {
      if (hasName) return;
      if (isOpen) await file.close();
      isOpen = false;
      await rm(temporary, { force: true });
    },
  };
}

/** Removes what a process that died left unfinished in a folder of bundles. Rejects with `StoreProblem`. */
export async function sweepUnfinishedBundles(folder: string): Promise<void> {
  try {
    const names = await readdir(folder).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    });
    for (const name of names) if (unfinishedPattern.test(name)) await rm(join(folder, name), { force: true });
  } catch (error) {
    throw explainFsError(error, folder);
  }
}

/** A bundle in a folder, which is made where it is missing (mode 700). `name` is a file name alone. Rejects with `StoreProblem`. */
export async function createBundleIn(
  folder: string,
  name: string,
): Promise<{ readonly path: string; readonly sink: BundleSink }> {
  const path = join(folder, basename(name));
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw explainFsError(error, folder);
  }
  return { path, sink: await createBundleFile(path) };
}

/** Removes a bundle from a folder; it need not be there. Rejects with `StoreProblem`. */
export async function removeBundleIn(folder: string, name: string): Promise<void> {
  const path = join(folder, basename(name));
  try {
    await rm(path, { force: true });
    await syncFolder(folder);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw explainFsError(error, path);
  }
}

/** Opens a file for reading only. Rejects with `StoreProblem` where it is no file or cannot be read. */
export async function openBundleFile(path: string): Promise<BundleSource & { close(): Promise<void> }> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    throw explainFsError(error, path);
  }
  const about = await file.stat();
  if (!about.isFile()) {
    await file.close();
    throw new StoreProblem('not-a-folder', `${path} is not a file.`);
  }
  return {
    sizeBytes: about.size,
    async read(at, length) {
      const bytes = Buffer.alloc(length);
      let done = 0;
      while (done < length) {
        const { bytesRead } = await file.read(bytes, done, length - done, at + done).catch((error: unknown) => {
          throw explainFsError(error, path);
        });
        if (bytesRead === 0) break;
        done += bytesRead;
      }
      return bytes.subarray(0, done);
    },
    close: () => file.close(),
  };
}
