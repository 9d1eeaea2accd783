import { statfs } from 'node:fs/promises';
import type { DiskRoom } from '../../ports/disk-room.ts';

/** The room on the disk that holds a folder. */
export function createFolderDiskRoom(folder: string): DiskRoom {
  return {
    freeBytes: () =>
      statfs(folder).then(
        ({ bavail, bsize }) => bavail * bsize,
        () => null,
      ),
  };
}
