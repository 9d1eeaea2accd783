import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import type { Keyring } from '../../ports/keyring.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import { errorCode } from '../explain-fs-error.ts';
import { writeDurably } from '../files/durable-files.ts';
import { type WrappedKey, wrappedKeySchema } from './passphrase-key.ts';
import { keyBytes } from './sealed-value.ts';

/** The data key, or what it is wrapped in. */
export type KeyRecord = { readonly key: Buffer } | WrappedKey;

const plainKeySchema = z.strictObject({ key: z.base64().transform((text) => Buffer.from(text, 'base64')) });
const recordSchema = z.union([plainKeySchema.refine(({ key }) => key.length === keyBytes), wrappedKeySchema]);
const fileSchema = z.strictObject({
  version: z.literal(2),
  keeper: z.enum(['keyring', 'key-file']),
  /** The record as JSON; from a keyring, what it made of that, in base64. */
  record: z.string().max(10_000),
});

const beside = 'Put a saved copy in its place, or remove it together with its .json file and enter the passwords again.';

/**
 * The key file: 32 bytes (version 1) or JSON (version 2). Null where there is none. Rejects with `StoreProblem`: `exposed` where others may
 * read it, `damaged`, `newer`, `failed` where its keyring does not give it back.
 */
export async function readKeyRecord(path: string, keyring: Keyring | null): Promise<KeyRecord | null> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
  if (process.platform !== 'win32' && ((await stat(path)).mode & 0o077) !== 0) {
    throw new StoreProblem(
      'exposed',
      `Other users of this machine may read ${path}, so it is not used. Close it with: chmod 600 '${path}'. If somebody else works here, change the cameras' passwords too.`,
    );
  }
  if (bytes.length === keyBytes) return { key: bytes };
  const json = jsonOf(bytes.toString('utf8'));
  if (z.looseObject({ version: z.number().min(3) }).safeParse(json).success)
    throw new StoreProblem(
      'newer',
      `${path} was written by a newer Deedban. Install that one, or put a saved copy in its place.`,
    );
  const file = fileSchema.safeParse(json);
  if (!file.success) throw damaged(path);
  const { keeper, record } = file.data;
  const read = recordSchema.safeParse(jsonOf(keeper === 'key-file' ? record : await fromKeyring(record, keyring)));
  if (!read.success) throw damaged(path);
  return read.data;
}

/** With a keyring it is kept by that, else in the file alone (mode 600). Old or new after a power cut, never a mixture. */
export async function writeKeyRecord(path: string, record: KeyRecord, keyring: Keyring | null): Promise<void> {
  const text = JSON.stringify('key' in record ? { key: record.key.toString('base64') } : record);
  const file =
    keyring === null
      ? { version: 2, keeper: 'key-file', record: text }
      : { version: 2, keeper: 'keyring', record: (await toKeyring(text, keyring)).toString('base64') };
  await writeDurably(path, `${JSON.stringify(file)}\n`);
}

/** Whether it is kept as well as it can be here. */
export async function isKeptBy(path: string, keeper: 'keyring' | 'key-file'): Promise<boolean> {
  return fileSchema.safeParse(jsonOf(await readFile(path, 'utf8'))).data?.keeper === keeper;
}

async function toKeyring(text: string, keyring: Keyring): Promise<Buffer> {
  try {
    return await keyring.protect(text);
  } catch {
    throw new StoreProblem('failed', "The system's keyring did not keep the key of the passwords. Is it locked?");
  }
}

async function fromKeyring(record: string, keyring: Keyring | null): Promise<string> {
  const words = "The key of the cameras' passwords is in the keyring of a desktop, which does not give it back";
  if (keyring === null) throw new StoreProblem('failed', `${words}: start Deedban on that desktop, as the same user.`);
  try {
    return await keyring.unprotect(Buffer.from(record, 'base64'));
  } catch {
    throw new StoreProblem('failed', `${words}. Unlock the keyring and start again. ${beside}`);
  }
}

const damaged = (path: string) => new StoreProblem('damaged', `${path} is damaged and was left as it is. ${beside}`);

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
