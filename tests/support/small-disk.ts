import { execFile, spawnSync } from 'node:child_process';
import { readdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs what follows in a namespace of its own, in which `$2` is a disk of `$1` megabytes that ends with it; what is in `$3` is copied there first. */
const mounted = 'mount -t tmpfs -o size="$1"m tmpfs "$2" && cp -a "$3"/. "$2" && shift 3 && exec "$@"';
const withMounts = ['unshare', '--user', '--map-root-user', '--mount'] as const;

/** Why there can be no small disk here; null where there can. */
export function noSmallDisk(): string | null {
  const tried = spawnSync(withMounts[0], [...withMounts.slice(1), 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { encoding: 'utf8' });
  return tried.status === 0 ? null : `a disk cannot be mounted here: ${(tried.error?.message ?? tried.stderr).trim()}`;
}

/** What to put before a command so that `folder` is a disk of so many megabytes for it, which begins with what is in `content`. */
export const onSmallDisk = (megabytes: number, folder: string, content: string): readonly string[] => [
  ...withMounts,
  ...['sh', '-c', mounted, 'sh', String(megabytes), folder, content],
];

export interface SmallDisk {
  /** Where others see its files. A database is not one of them: it finds its files by their real names. */
  readonly path: string;
  /** What a Node program says that has this disk where the process has it. */
  ask(script: string, ...args: readonly string[]): Promise<string>;
  freeBytes(): Promise<number>;
  /** Fills it until so much is left. */
  fillTo(leftBytes: number): Promise<void>;
  /** Removes what filled it. */
  makeRoom(): Promise<void>;
}

const filler = /^filler-\d+$/;
const pieceBytes = 1_048_576;

/** The small disk at `folder` of the process that has it. */
export function smallDiskOf(pid: number, folder: string): SmallDisk {
  const path = `/proc/${pid}/root${folder}`;
  let written = 0;
  const freeBytes = () => statfs(path).then(({ bavail, bsize }) => bavail * bsize);
  return {
    path,
    freeBytes,
    async ask(script, ...args) {
      const within = ['-t', String(pid), '--user', '--mount', '--preserve-credentials'];
      return (await run('nsenter', [...within, process.execPath, script, ...args])).stdout;
    },
    async fillTo(leftBytes) {
      for (;;) {
        const bytes = Math.min(pieceBytes, (await freeBytes()) - leftBytes);
        if (bytes <= 0) return;
        written += 1;
        // Somebody else may have taken the last of it meanwhile.
        await writeFile(join(path, `filler-${written}`), Buffer.alloc(bytes, 1)).catch(() => {});
      }
    },
    async makeRoom() {
      for (const name of await readdir(path)) if (filler.test(name)) await rm(join(path, name));
    },
  };
}
