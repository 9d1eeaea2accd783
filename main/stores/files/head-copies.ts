import { mkdir, open, readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type AuditHead, auditHeadSchema } from '../../../core/audit/audit-head.ts';
import type { HeadCopies } from '../../ports/audit-log.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import { errorCode, explainFsError } from '../explain-fs-error.ts';
import { syncFolder, writeDurably } from './durable-files.ts';

const namePattern = /^audit-heads-\d{4}-\d{2}-\d{2}\.jsonl$/;
/** A file holds one day: at most some thousand rows a minute. */
const fileBytesMost = 1024 * 1024 * 1024;

/** The heads in a file of theirs, or in all such files of a folder. Lines that are none are left out: a copy may have been cut off. Rejects with `StoreProblem`. */
export async function readHeadCopies(path: string): Promise<readonly AuditHead[]> {
  try {
    const names = await readdir(path).catch((error: unknown) => {
      if (errorCode(error) === 'ENOTDIR') return null;
      throw error;
    });
    const files =
      names === null
        ? [path]
        : names
            .filter((name) => namePattern.test(name))
            .sort()
            .map((name) => join(path, name));
    const heads: AuditHead[] = [];
    for (const file of files) heads.push(...(await readHeads(file)));
    return heads;
  } catch (error) {
    throw explainFsError(error, path);
  }
}

async function readHeads(path: string): Promise<readonly AuditHead[]> {
  const text = await readFile(path);
  if (text.length > fileBytesMost) throw new StoreProblem('too-large', `${path} is too long for a copy of heads.`);
  return text
    .toString('utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [auditHeadSchema.parse(JSON.parse(line))];
      } catch {
        return [];
      }
    });
}

/** Copies into `<folder>/audit-heads-<day>.jsonl`, a line per head; the files only grow. The folder is made where it is missing, but never again: one that was there and is gone is a stick that was pulled out, and a folder of its name would be on the disk that copies are to leave. `dataFolder`: where the log is. */
export function createHeadCopies(folder: string, dataFolder: string): HeadCopies {
  let newest: number | null = null;
  let wasThere = false;
  const make = async () => void (wasThere || (await mkdir(folder, { recursive: true })));
  return {
    async newest() {
      try {
        if (wasThere) await stat(folder);
      } catch (error) {
        // Another one may be put in its place.
        newest = null;
        throw explainFsError(error, folder);
      }
      newest ??= (await readNewest(folder)) ?? 0;
      wasThere ||= newest > 0;
      return newest;
    },
    async copy(heads) {
      try {
        await make();
        for (const head of heads) {
          const day = new Date(head.utcMs).toISOString().slice(0, 10);
          const file = await open(join(folder, `audit-heads-${day}.jsonl`), 'a', 0o644);
          try {
            // Begins with a line end: what was cut off before does not spoil this one.
            await file.writeFile(`\n${JSON.stringify(head)}\n`);
            await file.sync();
          } finally {
            await file.close();
          }
          newest = head.size;
        }
        await syncFolder(folder);
        wasThere = true;
      } catch (error) {
        newest = null;
        throw explainFsError(error, folder);
      }
    },
    async onDiskOfLog() {
      try {
        const [there, here] = await Promise.all([stat(folder), stat(dataFolder)]);
        return there.dev === here.dev;
      } catch (error) {
        throw explainFsError(error, folder);
      }
    },
    async page(name, html) {
      try {
        await make();
        await writeDurably(join(folder, basename(name)), html);
      } catch (error) {
        throw explainFsError(error, folder);
      }
    },
  };
}

async function readNewest(folder: string): Promise<number | null> {
  const heads = await readHeadCopies(folder).catch((error: unknown) => {
    if (error instanceof StoreProblem && errorCode(error.cause) === 'ENOENT') return [];
    throw error;
  });
  return heads.reduce<number | null>((most, { size }) => Math.max(most ?? 0, size), null);
}
