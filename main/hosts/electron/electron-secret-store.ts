import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { secretMaxBytes, secretNamePattern, type SecretStore } from '../../ports/secret-store.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import { errorCode, explainFsError } from '../../stores/explain-fs-error.ts';
import { writeDurably } from '../../stores/files/durable-files.ts';

/** What of Electron's `safeStorage` is used. */
export interface SafeStorage {
  isAsyncEncryptionAvailable(): Promise<boolean>;
  getSelectedStorageBackend(): string;
  encryptStringAsync(plain: string): Promise<Buffer>;
  decryptStringAsync(encrypted: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }>;
}

/** The name is inside what is encrypted: a file put in another's place is found out. */
const sealedSchema = z.strictObject({ name: z.string(), secret: z.string() });

/**
 * Why the system's keyring cannot be trusted with a password, or null where it can. On Linux without a keyring (a kiosk,
 * a bare X server) Chromium encrypts with a password that is in its source, and says `basic_text`; what it made then
 * begins with `v10` (components/os_crypt). On Windows and macOS `v10` is the system's own keeping.
 */
export async function keyringProblem(safeStorage: SafeStorage, platform: NodeJS.Platform): Promise<string | null> {
  try {
    if (platform === 'linux') {
      const backend = safeStorage.getSelectedStorageBackend();
      if (backend === 'basic_text' || backend === 'unknown') return 'this desktop has no keyring';
    }
    if (!(await safeStorage.isAsyncEncryptionAvailable())) return "the system's keyring does not answer";
    const probe = await safeStorage.encryptStringAsync('probe');
    if (platform === 'linux' && probe.subarray(0, 3).toString('latin1') === 'v10')
      return 'the keyring is not used for encrypting';
    return null;
  } catch {
    return "the system's keyring refused";
  }
}

/** Secrets as files in `folder`, each encrypted by the system's keyring. Ask `keyringProblem` first. */
export function createElectronSecretStore(safeStorage: SafeStorage, folder: string): SecretStore {
  // A hash, because names hold slashes and file systems differ in upper and lower case.
  const pathOf = (name: string) => {
    if (!secretNamePattern.test(name)) throw new StoreProblem('bad-key', 'A secret has a name that is not allowed.');
    return join(folder, `${createHash('sha256').update(name).digest('hex')}.sealed`);
  };

  // One write at a time: two of one name would share a temporary file.
  let writing: Promise<void> = Promise.resolve();
  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = writing.then(work).catch((error: unknown) => {
      throw explainFsError(error, folder);
    });
    writing = done.catch(() => {});
    return done;
  }

  return {
    kind: 'keyring',
    async get(name) {
      const path = pathOf(name);
      let sealed: Buffer;
      try {
        sealed = await readFile(path);
      } catch (error) {
        if (errorCode(error) === 'ENOENT') return null;
        throw explainFsError(error, folder);
      }
      const opened = await safeStorage.decryptStringAsync(sealed).catch(() => null);
      const parsed = sealedSchema.safeParse(opened === null ? null : parseJson(opened.result));
      if (!parsed.success || parsed.data.name !== name) {
        throw new StoreProblem('damaged', 'A kept password cannot be read with the keyring of this user. Enter it again.');
      }
      return parsed.data.secret;
    },
    async set(name, secret) {
      const path = pathOf(name);
      if (Buffer.byteLength(secret) > secretMaxBytes) {
        throw new StoreProblem('too-large', `A secret may have at most ${secretMaxBytes} bytes.`);
      }
      const sealed = await safeStorage.encryptStringAsync(JSON.stringify({ name, secret })).catch(() => null);
      if (sealed === null) throw new StoreProblem('failed', "The system's keyring did not keep the password. Is it locked?");
      await inTurn(async () => {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeDurably(path, sealed);
      });
    },
    async delete(name) {
      const path = pathOf(name);
      await inTurn(() => rm(path, { force: true }));
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
