import { randomBytes } from 'node:crypto';
import { chmod, readFile } from 'node:fs/promises';
import { StoreProblem } from '../../ports/store-problem.ts';
import { errorCode, explainFsError } from '../explain-fs-error.ts';
import { writeDurably } from './durable-files.ts';

/** What can stand in a bearer header (RFC 6750 §2.1), and is long enough not to be guessed. */
const tokenPattern = /^[A-Za-z0-9\-._~+/]{32,512}=*$/;

/**
 * The token that the file at `path` holds; made (32 random bytes) where there is no file. The file is this user's alone (mode 600)
 * afterwards. Rejects with `StoreProblem`, without the token in its words.
 */
export async function openTokenFile(path: string): Promise<string> {
  try {
    const token = (await readFile(path, 'utf8')).trim();
    await chmod(path, 0o600);
    if (tokenPattern.test(token)) return token;
    throw new StoreProblem('damaged', `${path} holds no token of 32 to 512 characters. Remove it, and a new one is made.`);
  } catch (error) {
    if (error instanceof StoreProblem) throw error;
    if (errorCode(error) !== 'ENOENT') throw explainFsError(error, path);
  }
  const token = randomBytes(32).toString('base64url');
  await writeDurably(path, `${token}\n`).catch((error: unknown) => {
    throw explainFsError(error, path);
  });
  return token;
}
