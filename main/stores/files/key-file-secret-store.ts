import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type SecretStore, secretMaxBytes, secretNamePattern } from '../../ports/secret-store.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import { errorCode, explainFsError } from '../explain-fs-error.ts';
import { writeDurably } from './durable-files.ts';

const fileSchema = z.strictObject({ version: z.literal(1), secrets: z.record(z.string(), z.string()) });
const countMax = 10_000;
const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM (NIST SP 800-38D) with the name as associated data, so that two secrets cannot change places. */
function seal(key: Buffer, name: string, secret: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name));
  const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
}

function unseal(key: Buffer, name: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
    .setAAD(Buffer.from(name))
    .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8');
}

async function readOrNull(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw explainFsError(error, path);
  }
}

async function openKey(path: string): Promise<Buffer> {
  const present = await readOrNull(path);
  if (present !== null) {
    await chmod(path, 0o600);
    if (present.byteLength === 32) return present;
    throw new StoreProblem(
      'damaged',
      `${path} is damaged and was left as it is. Without it the passwords in secrets.json cannot be read.`,
    );
  }
  const key = randomBytes(32);
  await writeDurably(path, key);
  return key;
}

/**
 * Secrets in `<folder>/secrets.json`, sealed with the key in `<folder>/secrets.key`, both mode 600: for machines without a keyring (a kiosk).
 * This keeps them from other users and out of a copy of one of the two files; who may read the whole folder may read them.
 * The folder must be this process's own. Rejects with `StoreProblem`.
 */
export async function openKeyFileSecretStore(folder: string): Promise<SecretStore> {
  const path = join(folder, 'secrets.json');
  const damaged = () =>
    new StoreProblem(
      'damaged',
      `${path} is damaged and was left as it is. Put a saved copy in its place, or remove it and enter the passwords again.`,
    );
  const text = await readOrNull(path);
  const key = await openKey(join(folder, 'secrets.key')).catch((error: unknown) => {
    throw explainFsError(error, folder);
  });
  let sealed = new Map<string, string>();
  if (text !== null) {
    try {
      sealed = new Map(Object.entries(fileSchema.parse(JSON.parse(text.toString('utf8'))).secrets));
    } catch {
      throw damaged();
    }
  }

  // Writes follow one another, so that the file never goes back to an older state.
  let writing: Promise<void> = Promise.resolve();
  function save(next: Map<string, string>): Promise<void> {
    const work = writing.then(async () => {
      await writeDurably(path, `${JSON.stringify({ version: 1, secrets: Object.fromEntries(next) })}\n`);
    });
    writing = work.catch(() => {});
    return work.catch((error: unknown) => {
      throw explainFsError(error, folder);
    });
  }
  function checkName(name: string): void {
    if (!secretNamePattern.test(name))
      throw new StoreProblem('bad-key', "A secret's name is 1 to 200 letters, digits and . _ / - characters.");
  }

  return {
    kind: 'key-file',
    async get(name) {
      checkName(name);
      const value = sealed.get(name);
      if (value === undefined) return null;
      try {
        return unseal(key, name, value);
      } catch {
        throw damaged();
      }
    },
    async set(name, secret) {
      checkName(name);
      if (Buffer.byteLength(secret) > secretMaxBytes)
        throw new StoreProblem('too-large', `A secret has at most ${secretMaxBytes} bytes.`);
      if (!sealed.has(name) && sealed.size >= countMax)
        throw new StoreProblem('too-large', `At most ${countMax} secrets are kept.`);
      sealed = new Map(sealed).set(name, seal(key, name, secret));
      await save(sealed);
    },
    async delete(name) {
      checkName(name);
      if (!sealed.has(name)) return;
      sealed = new Map(sealed);
      sealed.delete(name);
      await save(sealed);
    },
  };
}
