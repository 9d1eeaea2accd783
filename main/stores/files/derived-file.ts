import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DerivedFile } from '../../ports/derived-file.ts';
import { explainFsError } from '../explain-fs-error.ts';

/** At `path`, whose folder is made where it is missing. Mode 600. */
export function createDerivedFile(path: string): DerivedFile {
  return {
    read: () => readFile(path).catch(() => null),
    async write(pieces) {
      const temporary = `${path}.new`;
      try {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        const file = await open(temporary, 'w', 0o600);
        try {
          for await (const piece of pieces) await file.writeFile(piece);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(temporary, path);
      } catch (error) {
        await rm(temporary, { force: true });
        throw explainFsError(error, path);
      }
    },
  };
}
