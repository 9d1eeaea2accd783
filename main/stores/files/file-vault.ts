import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StoreProblem } from '../../ports/store-problem.ts';
import { type Digest, digestPattern, type Vault, type VaultReceipt } from '../../ports/vault.ts';
import { errorCode, explainFsError } from '../explain-fs-error.ts';
import { syncFolder } from './durable-files.ts';

async function* onePiece(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

/** Opens nothing before somebody reads, so that a content nobody looked at leaves no descriptor open. */
async function* pieces(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path);
}

/** Writes all pieces, hashing on the way, and waits until they are on the disk. */
async function writeHashed(file: FileHandle, pieces: AsyncIterable<Uint8Array>): Promise<VaultReceipt> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const piece of pieces) {
    hash.update(piece);
    sizeBytes += piece.byteLength;
    // `writeFile` on a handle goes on from the present position, and never writes less than it was given.
    await file.writeFile(piece);
  }
  await file.sync();
  return { digest: hash.digest('hex'), sizeBytes };
}

/**
 * The Vault in `<folder>/vault/<two digits>/<digest>`. A blob gets its name only when all of it is on the disk; what a dead
 * process left half written is removed at opening. The folder must be this process's own. Rejects with `StoreProblem`.
 */
export async function openFileVault(folder: string): Promise<Vault> {
  const root = join(folder, 'vault');
  const incoming = join(root, 'incoming');

  function pathOf(digest: Digest): string {
    // The pattern is what keeps a digest from being a path to somewhere else.
    if (!digestPattern.test(digest)) throw new StoreProblem('bad-key', 'A digest is 64 lower-case hexadecimal digits.');
    return join(root, digest.slice(0, 2), digest);
  }

  async function exists(path: string): Promise<boolean> {
    try {
      return (await stat(path)).isFile();
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return false;
      throw explainFsError(error, root);
    }
  }

  async function name(temporary: string, digest: Digest): Promise<void> {
    const shelf = join(root, digest.slice(0, 2));
    if ((await mkdir(shelf, { recursive: true, mode: 0o700 })) !== undefined) await syncFolder(root);
    // Also where the blob is there already: the new copy is known to be good, the old one may have rotted.
    await rename(temporary, join(shelf, digest));
    await syncFolder(shelf);
  }

  async function digestOfFile(path: string): Promise<Digest> {
    const hash = createHash('sha256');
    for await (const piece of createReadStream(path)) hash.update(piece);
    return hash.digest('hex');
  }

  try {
    await mkdir(incoming, { recursive: true, mode: 0o700 });
    for (const left of await readdir(incoming)) await rm(join(incoming, left), { force: true });
    await syncFolder(folder);
  } catch (error) {
    throw explainFsError(error, root);
  }

  return {
    async put(content) {
      const temporary = join(incoming, randomUUID());
      const pieces = content instanceof Uint8Array ? onePiece(content) : content;
      try {
        const file = await open(temporary, 'wx', 0o600);
        let receipt: VaultReceipt;
        try {
          receipt = await writeHashed(file, pieces);
        } finally {
          await file.close();
        }
        await name(temporary, receipt.digest);
        return receipt;
      } catch (error) {
        await rm(temporary, { force: true });
        throw explainFsError(error, root);
      }
    },
    async get(digest) {
      const path = pathOf(digest);
      return (await exists(path)) ? pieces(path) : null;
    },
    async delete(digest) {
      const path = pathOf(digest);
      try {
        if (!(await exists(path))) return;
        await rm(path, { force: true });
        await syncFolder(dirname(path));
      } catch (error) {
        throw explainFsError(error, root);
      }
    },
    has: async (digest) => exists(pathOf(digest)),
    async verify(digest) {
      const path = pathOf(digest);
      if (!(await exists(path))) return 'missing';
      try {
        return (await digestOfFile(path)) === digest ? 'good' : 'damaged';
      } catch (error) {
        // A bad sector is damage; anything else is trouble with the machine.
        if (errorCode(error) === 'EIO') return 'damaged';
        throw explainFsError(error, root);
      }
    },
  };
}
