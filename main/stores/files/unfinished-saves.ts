import { lstat, readFile, rm } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { errorCode } from '../explain-fs-error.ts';
import { unfinishedPattern } from './bundle-files.ts';
import { writeDurably } from './durable-files.ts';

/** What is being written outside of the data folder, on the disk, so that a later start can remove what this one left when it died. */
export interface UnfinishedSaves {
  /** To be awaited before there is a file of that name. Never rejects: who cannot be remembered is saved all the same. */
  began(path: string): Promise<void>;
  /** Nothing of that name is there any more. Never rejects. */
  ended(path: string): Promise<void>;
  /** Removes what earlier starts left, one after the other: a share that does not answer holds up nobody. Never rejects. */
  sweep(): Promise<void>;
  /** A sweep that is under way ends with the file that it is at. Resolves when the record is as it stays. */
  close(): Promise<void>;
}

/** So many are remembered; the oldest is forgotten first. */
const mostRemembered = 64;
/** A stick that was pulled out comes back within so long, or its file is its owner's. */
const rememberedMs = 90 * 24 * 3_600_000;

const recordSchema = z.strictObject({
  saves: z
    .array(
      z.strictObject({
        // Whatever the record says: only what has the name of something unfinished is ever removed.
        path: z
          .string()
          .max(32_768)
          .refine((path) => isAbsolute(path) && unfinishedPattern.test(path)),
        utcMs: z.number(),
      }),
    )
    .max(mostRemembered),
});

/** Keeps its record at `file`. A record that cannot be read counts as none. */
export function openUnfinishedSaves(file: string, clock: Pick<Clock, 'utcMs'>, log: Log): UnfinishedSaves {
  let closed = false;
  const known = readFile(file, 'utf8')
    .then(
      (text) => new Map(recordSchema.parse(JSON.parse(text)).saves.map(({ path, utcMs }) => [path, utcMs])),
      (error: unknown) => {
        if (errorCode(error) !== 'ENOENT') throw error;
        return new Map<string, number>();
      },
    )
    .catch((error: unknown) => {
      log.warn('What an earlier start did not finish saving is not known', reason(error));
      return new Map<string, number>();
    });
  /** Changes are written one after the other. */
  let last: Promise<void> = Promise.resolve();

  function change(how: (saves: Map<string, number>) => void): Promise<void> {
    last = last
      .then(async () => {
        if (closed) return;
        const saves = await known;
        how(saves);
        for (const oldest of [...saves.keys()].slice(0, -mostRemembered)) saves.delete(oldest);
        const record = { saves: [...saves].map(([path, utcMs]) => ({ path, utcMs })) };
        await writeDurably(file, `${JSON.stringify(record)}\n`);
      })
      .catch((error: unknown) => log.warn('What is being saved could not be noted', reason(error)));
    return last;
  }

  /** Rejects where it is not known whether it is there: its disk is away, or does not let us. */
  async function remove(path: string): Promise<void> {
    // What is of that name and no file was not made here.
    if (!(await lstat(path)).isFile()) return;
    await rm(path);
    log.info('An unfinished file of an earlier start was removed');
  }

  return {
    began: (path) => change((saves) => saves.set(path, clock.utcMs())),
    ended: (path) => change((saves) => saves.delete(path)),
    async sweep() {
      for (const [path, utcMs] of [...(await known)]) {
        if (closed) return;
        const gone = await remove(path).then(
          () => true,
          () => false,
        );
        // Else the next start tries again.
        if (gone || clock.utcMs() - utcMs > rememberedMs) await change((saves) => saves.delete(path));
      }
    },
    async close() {
      await last;
      closed = true;
    },
  };
}

const reason = (error: unknown) => ({ reason: error instanceof Error ? error.name : 'unknown' });
