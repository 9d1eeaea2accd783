import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { createCell } from '../../../core/rpc/cell.ts';
import type { Keyring } from '../../ports/keyring.ts';
import {
  type SecretKeeper,
  type SecretsLife,
  type SecretStore,
  secretMaxBytes,
  secretNamePattern,
  secretsMax,
} from '../../ports/secret-store.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import { errorCode, explainFsError } from '../explain-fs-error.ts';
import { writeDurably } from '../files/durable-files.ts';
import { isKeptBy, readKeyRecord, writeKeyRecord } from './key-record.ts';
import { unwrapKey, wrapKey } from './passphrase-key.ts';
import { keyBytes, seal, unseal } from './sealed-value.ts';

const fileSchema = z.strictObject({ version: z.literal(1), secrets: z.record(z.string(), z.string()) });
/** So many are sealed before everything else has its turn. */
const atOnce = 500;

/**
 * Secrets in `<folder>/<name>.json`, each sealed by itself with the data key that `<folder>/<name>.key` keeps; both files have mode 600. Without a keyring
 * and a passphrase this keeps them from other users and out of a copy of one of the two files; who may read the whole folder may read them.
 * The folder must be this process's own. Rejects with `StoreProblem` in words that say what to do; nothing is written over then.
 */
export async function openSecretStore(folder: string, name: string, keyring: Keyring | null = null): Promise<SecretStore> {
  const path = join(folder, `${name}.json`);
  const keyPath = join(folder, `${name}.key`);
  const keeper: SecretKeeper = keyring === null ? 'key-file' : 'keyring';
  let sealed: ReadonlyMap<string, string> = new Map();
  let key: Buffer | null = null;
  let record: Awaited<ReturnType<typeof readKeyRecord>>;
  try {
    record = await readKeyRecord(keyPath, keyring);
    sealed = await readSealed(path);
    if (record === null && sealed.size > 0)
      throw new StoreProblem(
        'damaged',
        `${keyPath} is missing, and without it ${path} cannot be read. Put a saved copy in its place, or remove ${path} and enter the passwords again.`,
      );
    if (record === null) {
      record = { key: randomBytes(keyBytes) };
      await writeKeyRecord(keyPath, record, keyring);
    } else if (!(await isKeptBy(keyPath, keeper))) await writeKeyRecord(keyPath, record, keyring);
  } catch (error) {
    throw explainFsError(error, folder);
  }
  if ('key' in record) key = record.key;
  const lifeNow = (): SecretsLife => ({
    state: key === null ? 'locked' : 'open',
    keeper,
    passphrase: record !== null && !('key' in record),
  });
  const life = createCell(lifeNow());

  let turn: Promise<unknown> = Promise.resolve();
  /** One write after another, so that no file goes back to an older state. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = turn.then(work).catch((error: unknown) => {
      throw explainFsError(error, folder);
    });
    turn = done.catch(() => {});
    return done;
  }
  function openKey(): Buffer {
    if (key === null) throw new StoreProblem('locked', 'The passwords are locked: the passphrase has to be entered first.');
    return key;
  }

  return {
    life,
    has: (each) => sealed.has(each),
    get(each) {
      checkName(each);
      const value = sealed.get(each);
      if (value === undefined) return null;
      const plain = unseal(openKey(), each, value);
      if (plain !== null) return plain.toString('utf8');
      throw new StoreProblem(
        'damaged',
        `What ${path} keeps for ${each} was changed and cannot be read. Enter that password again.`,
      );
    },
    change: (changes) =>
      inTurn(async () => {
        const withKey = openKey();
        const next = new Map(sealed);
        let count = 0;
        for (const [each, secret] of changes) {
          checkName(each);
          if (secret === null) next.delete(each);
          else next.set(each, seal(withKey, each, bytesOf(secret)));
          count += 1;
          if (count % atOnce === 0) await setImmediate();
        }
        if (next.size > secretsMax) throw new StoreProblem('too-large', `At most ${secretsMax} secrets are kept.`);
        await writeDurably(path, `${JSON.stringify({ version: 1, secrets: Object.fromEntries(next) })}\n`);
        sealed = next;
      }),
    async unlock(passphrase) {
      if (key !== null || record === null || 'key' in record) return true;
      const opened = await unwrapKey(record, passphrase);
      if (opened === null) return false;
      key = opened;
      life.set(lifeNow());
      return true;
    },
    setPassphrase: (passphrase) =>
      inTurn(async () => {
        const plain = { key: openKey() };
        const next = passphrase === null ? plain : await wrapKey(plain.key, passphrase);
        await writeKeyRecord(keyPath, next, keyring);
        record = next;
        life.set(lifeNow());
      }),
  };
}

async function readSealed(path: string): Promise<ReadonlyMap<string, string>> {
  try {
    return new Map(Object.entries(fileSchema.parse(JSON.parse(await readFile(path, 'utf8'))).secrets));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return new Map();
    if (!(error instanceof SyntaxError) && !(error instanceof z.ZodError)) throw error;
    throw new StoreProblem(
      'damaged',
      `${path} is damaged and was left as it is. Put a saved copy in its place, or remove it and enter the passwords again.`,
    );
  }
}

function checkName(name: string): void {
  if (!secretNamePattern.test(name))
    throw new StoreProblem('bad-key', "A secret's name is 1 to 200 letters, digits and . _ / - characters.");
}

function bytesOf(secret: string): Buffer {
  const bytes = Buffer.from(secret, 'utf8');
  if (bytes.length > secretMaxBytes) throw new StoreProblem('too-large', `A secret has at most ${secretMaxBytes} bytes.`);
  return bytes;
}
