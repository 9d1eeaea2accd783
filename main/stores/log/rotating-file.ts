import { join } from 'node:path';
import { createStream, type RotatingFileStream } from 'rotating-file-stream';
import type { Clock } from '../../ports/clock.ts';
import { errorCode } from '../explain-fs-error.ts';

/** How large the log may become: `fileCount` files of about `fileMebibytes` each. */
export interface LogSizes {
  readonly fileMebibytes: number;
  readonly fileCount: number;
}
export const logSizes: LogSizes = { fileMebibytes: 10, fileCount: 5 };

/** Lines that wait for the disk, in bytes; beyond it new ones are dropped and counted. */
const waitingMaxBytes = 4 * 1024 * 1024;
/** Between two tries to open a log that could not be written: 30 s to 60 s, so that several programs on a full disk do not try in step. */
const reopenDelayMs = (): number => 30_000 + Math.random() * 30_000;

export interface LineSink {
  write(line: string): void;
  /** Resolves when everything that could be written is. */
  close(): Promise<void>;
}

/**
 * Lines into `<folder>/deedban.log`, older ones in `deedban.log.1` and so on. A disk that fails never ends the program: lines are dropped and
 * counted, `onTrouble` hears of it once in words, and it is tried again later.
 */
export function createRotatingFile(
  folder: string,
  clock: Clock,
  onTrouble: (words: string) => void,
  sizes: LogSizes = logSizes,
): LineSink {
  let stream: RotatingFileStream | null = null;
  let triedAtMs = -Infinity;
  let waitMs = 0;
  let dropped = 0;
  let closed = false;

  function open(): RotatingFileStream | null {
    if (stream !== null || closed) return stream;
    if (clock.monotonicMs() - triedAtMs < waitMs) return null;
    triedAtMs = clock.monotonicMs();
    const fresh = createStream('deedban.log', {
      path: folder,
      size: `${sizes.fileMebibytes}M`,
      rotate: sizes.fileCount - 1,
      mode: 0o600,
    });
    fresh.on('error', (error) => {
      if (stream !== fresh) return;
      stream = null;
      waitMs = reopenDelayMs();
      onTrouble(
        `The log ${join(folder, 'deedban.log')} cannot be written (${errorCode(error) || 'unknown reason'}). It will be tried again.`,
      );
      fresh.destroy();
    });
    stream = fresh;
    return fresh;
  }

  function tellDropped(target: RotatingFileStream): void {
    if (dropped === 0) return;
    target.write(`${JSON.stringify({ level: 40, time: clock.utcMs(), msg: `${dropped} lines could not be written here` })}\n`);
    dropped = 0;
  }

  return {
    write(line) {
      const target = open();
      if (target === null || target.writableLength > waitingMaxBytes) {
        dropped++;
        return;
      }
      tellDropped(target);
      target.write(line);
    },
    close() {
      closed = true;
      const target = stream;
      if (target === null) return Promise.resolve();
      tellDropped(target);
      return new Promise((resolve) => {
        // Also after an error: `close` always comes, `finish` does not.
        target.once('close', resolve);
        target.end();
      });
    },
  };
}
