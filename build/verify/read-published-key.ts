import { readFile, stat } from 'node:fs/promises';
import { CommandLineError } from '../../main/command-line.ts';
import { readPublicKey } from '../../main/features/evidence/signing-key.ts';

/** The fingerprint of the key in a file of the user's. Throws a CommandLineError. */
export async function readPublishedKey(path: string): Promise<string> {
  const about = await stat(path).catch(() => null);
  const pem = about?.isFile() === true && about.size < 65_536 ? await readFile(path, 'utf8') : null;
  const key = pem === null ? null : readPublicKey(pem);
  if (key === null) throw new CommandLineError(`${path} is no Ed25519 public key in PEM. Nothing was checked.`);
  return key.fingerprint;
}
