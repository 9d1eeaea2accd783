import { lstat, realpath } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import type { BundleSink } from '../../ports/bundle-file.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import { explainFsError } from '../explain-fs-error.ts';
import { createBundleFile, unfinishedName } from './bundle-files.ts';
import { syncFolder } from './durable-files.ts';
import type { UnfinishedSaves } from './unfinished-saves.ts';

/**
 * A file at a place that a person chose, anywhere but in `dataFolder`: what lies there is never written over from a dialog. It has its name when all of it is on the
 * disk, and replaces then what had that name. Until then `saves` remembers it. Rejects with `StoreProblem`.
 */
export async function createSavedFile(
  path: string,
  dataFolder: string,
  saves: Pick<UnfinishedSaves, 'began' | 'ended'>,
): Promise<BundleSink> {
  let folder: string;
  let own: string;
  try {
    [folder, own] = await Promise.all([realpath(dirname(path)), realpath(dataFolder)]);
  } catch (error) {
    throw explainFsError(error, path);
  }
  if (folder === own || folder.startsWith(own + sep))
    throw new StoreProblem('not-writable', 'This folder is Deedban’s own. Choose a place outside of it.');
  const temporary = unfinishedName(path);
  await saves.began(temporary);
  try {
    // Its content is synced as everywhere; there are disks of others (shares, sticks) whose folders cannot be.
    const file = await createBundleFile(path, temporary, (names) => syncFolder(names).catch(() => {}));
    return {
      write: file.write,
      async commit(signal) {
        await file.commit(signal);
        await saves.ended(temporary);
      },
      async discard() {
        // A stick that was pulled out still has it.
        const isThere = await lstat(temporary).then(
          () => true,
          () => false,
        );
        await file.discard();
        if (isThere) await saves.ended(temporary);
      },
    };
  } catch (error) {
    await saves.ended(temporary);
    throw error;
  }
}
