import { constants } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import type { PieceNote } from '../../ports/piece-note.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import { explainFsError } from '../explain-fs-error.ts';

/** One block of a disk, written by one call: it is there as a whole or not at all, and takes no room that it did not have before. */
const noteBytes = 4_096;

/** Keeps the note at `path`, in a folder that is there. One at a time writes. */
export function createPieceNote(path: string): PieceNote {
  const explained = (error: unknown): never => {
    throw explainFsError(error, path);
  };
  return {
    async read(): Promise<unknown> {
      try {
        return JSON.parse(await readFile(path, 'utf8'));
      } catch {
        return null;
      }
    },
    async write(value) {
      const block = Buffer.alloc(noteBytes, ' ');
      const text = Buffer.from(JSON.stringify(value), 'utf8');
      if (text.length > noteBytes) throw new StoreProblem('too-large', 'The note of a piece is at most one block.');
      text.copy(block);
      const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600).catch(explained);
      try {
        await file.write(block, 0, noteBytes, 0);
      } catch (error) {
        await file.close();
        throw explainFsError(error, path);
      }
      const kept = file
        .datasync()
        .finally(() => file.close())
        .catch(explained);
      // Heard by who awaits it; where something else failed before, nobody does.
      kept.catch(() => {});
      return { kept };
    },
  };
}
