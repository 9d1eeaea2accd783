import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import type { SecretStore } from '../../ports/secret-store.ts';
import type { PublicKey, Signer } from '../../ports/signer.ts';
import { StoreProblem } from '../../ports/store-problem.ts';

const secretName = 'evidence/signing-key';

/** The key of this installation, or of one of its seats; made at the first call. Rejects with `StoreProblem`, also where what is kept is no such key. */
export async function openSigner(secrets: Pick<SecretStore, 'get' | 'change'>, seat: number | null = null): Promise<Signer> {
  const name = seat === null ? secretName : `${secretName}/seat-${seat}`;
  const kept = secrets.get(name);
  if (kept !== null) return signerOf(readPrivate(kept));
  const { privateKey } = generateKeyPairSync('ed25519');
  await secrets.change(new Map([[name, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()]]));
  return signerOf(privateKey);
}

function readPrivate(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Its own words could hold a part of the key.
  }
  throw new StoreProblem(
    'damaged',
    'The key that seals evidence cannot be read. Put a saved copy of the data folder in its place. It was left as it is.',
  );
}

function signerOf(key: KeyObject): Signer {
  const published = createPublicKey(key);
  return {
    publicPem: pemOf(published),
    fingerprint: fingerprintOf(published),
    sign: (text) => sign(null, text, key),
  };
}

const pemOf = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();
const fingerprintOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');

/** Null where the text is no Ed25519 public key in PEM. */
export function readPublicKey(pem: string): PublicKey | null {
  // A private key would be read too, and told on.
  if (!pem.includes('BEGIN PUBLIC KEY')) return null;
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType !== 'ed25519') return null;
    return {
      fingerprint: fingerprintOf(key),
      exact: pemOf(key) === pem,
      fits: (text, signature) => verify(null, text, key, signature),
    };
  } catch {
    return null;
  }
}
