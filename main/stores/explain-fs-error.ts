import { StoreProblem, type StoreProblemCode } from '../ports/store-problem.ts';

/** The system's code of an error (`ENOSPC`), or an empty text. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

const words: Readonly<Record<string, readonly [StoreProblemCode, (path: string) => string]>> = {
  ENOSPC: ['full', (path) => `The disk that holds ${path} is full. Make room or choose another folder with --data.`],
  EDQUOT: ['full', (path) => `The quota for ${path} is used up. Make room or choose another folder with --data.`],
  EFBIG: ['too-large', (path) => `The disk that holds ${path} takes no file of this size.`],
  EACCES: [
    'not-writable',
    (path) => `This user may not write to ${path}. Change its owner or choose another folder with --data.`,
  ],
  EPERM: ['not-writable', (path) => `This user may not write to ${path}. Change its owner or choose another folder with --data.`],
  EROFS: ['not-writable', (path) => `${path} is on a disk that can only be read. Choose another folder with --data.`],
  ENOTDIR: ['not-a-folder', (path) => `${path} is not a folder. Choose another one with --data.`],
  EEXIST: ['not-a-folder', (path) => `${path} is not a folder. Choose another one with --data.`],
  ENOENT: ['not-writable', (path) => `${path} cannot be made here. Choose another folder with --data.`],
  ENAMETOOLONG: ['not-writable', () => 'The name of the data folder is too long. Choose another one with --data.'],
  EIO: ['failed', (path) => `The disk that holds ${path} reports an error in reading or writing. It may be failing.`],
  EMFILE: ['failed', (path) => `Too many files are open to use ${path}.`],
};

/** A file system's error in words. `path` is the folder or file a person knows. A `StoreProblem` stays as it is. */
export function explainFsError(error: unknown, path: string): StoreProblem {
  if (error instanceof StoreProblem) return error;
  const code = errorCode(error);
  const known = words[code];
  if (known !== undefined) return new StoreProblem(known[0], known[1](path), { cause: error });
  return new StoreProblem('failed', `${path} cannot be used${code === '' ? '' : ` (${code})`}.`, { cause: error });
}
