import { byPath, isBundlePath, signatureFiles, signedFile, timeStampFile } from '../../../core/evidence/bag-text.ts';
import { type BagJudgement, type FoundFile, judgeBag, type SignatureState } from '../../../core/evidence/judge-bag.ts';
import type { BundleSource } from '../../ports/bundle-file.ts';
import { readCanonicalZip, type ZipContent } from './read-canonical-zip.ts';
import { readTimeStamp, type TimeStampFact } from './read-time-stamp.ts';
import { readPublicKey } from './signing-key.ts';

export interface SignatureFact {
  readonly state: SignatureState;
  /** Of the key in the bundle; null where there is none that can be read. */
  readonly fingerprint: string | null;
}

export interface BundleVerdict extends BagJudgement {
  readonly verdict: 'INTACT' | 'ALTERED';
  readonly files: number;
  /** What is wrong with the zip itself, in words. */
  readonly structure: readonly string[];
  readonly signer: SignatureFact;
  /** Null where the bundle has no second signature. */
  readonly second: SignatureFact | null;
  /** Null where it has none. */
  readonly timeStamp: TimeStampFact | null;
}

/**
 * Whether a file is a bundle of which no bit was changed since it was signed. Whatever the file is: nothing is unpacked, nothing is believed that cannot be made again
 * from the contents, and memory is bounded. By whom it was signed is another question, which the fingerprint answers. Rejects only where the file
 * cannot be read.
 */
export async function verifyBundle(source: BundleSource): Promise<BundleVerdict> {
  const { contents, structure } = await readCanonicalZip(source);
  const problems = [...structure];
  const folder = contents[0]?.path.split('/')[0] ?? '';
  const files = new Map<string, ZipContent>();
  const strange: string[] = [];
  for (const content of contents) {
    const inBag = content.path.startsWith(`${folder}/`) && isBundlePath(content.path);
    if (!inBag) strange.push(content.path);
    else files.set(content.path.slice(folder.length + 1), content);
  }
  if (contents.length > 0 && !/^[a-z0-9][a-z0-9-]{0,79}$/.test(folder))
    problems.push('The files lie in no folder, or in one that no bundle has.');
  const paths = contents.map(({ path }) => path);
  if (paths.some((path, place) => place > 0 && byPath(paths[place - 1] ?? '', path) >= 0))
    problems.push('The files are not in their order, or one is there twice.');

  const signer = signatureOf(files, signatureFiles.signer);
  const second = Object.values(signatureFiles.second).some((path) => files.has(path))
    ? signatureOf(files, signatureFiles.second)
    : null;
  const stamp = files.get(timeStampFile)?.bytes ?? null;
  const judged = judgeBag(new Map([...files].map(([path, content]) => [path, foundOf(content)])), signer.state);
  const added = [...judged.added, ...strange.map(asShown)];
  const whole = [problems, judged.altered, added, judged.missing].every((list) => list.length === 0);
  const signed = signer.state === 'good' && (second === null || second.state === 'good');
  return {
    verdict: whole && signed ? 'INTACT' : 'ALTERED',
    files: contents.length,
    structure: problems,
    altered: judged.altered,
    added,
    missing: judged.missing,
    signer,
    second,
    timeStamp: stamp && (await readTimeStamp(stamp, files.get('manifest-sha512.txt')?.bytes ?? new Uint8Array())),
  };
}

function foundOf({ sizeBytes, sha256, sha512, damaged, bytes }: ZipContent): FoundFile {
  return { sizeBytes, sha256, sha512, damaged, text: bytes && Buffer.from(bytes).toString('utf8') };
}

function signatureOf(
  files: ReadonlyMap<string, ZipContent>,
  names: { readonly key: string; readonly signature: string },
): SignatureFact {
  const pem = files.get(names.key)?.bytes;
  const signature = files.get(names.signature)?.bytes;
  const signed = files.get(signedFile)?.bytes;
  const key = pem ? readPublicKey(Buffer.from(pem).toString('utf8')) : null;
  const fingerprint = key?.fingerprint ?? null;
  if (!pem || !signature || !signed) return { state: 'missing', fingerprint };
  const good = key?.exact === true && signature.length === 64 && key.fits(signed, signature);
  return { state: good ? 'good' : 'bad', fingerprint };
}

/** A name that somebody else chose, on a terminal: nothing but plain letters of it gets through, and not too many. */
export function asShown(path: string): string {
  return JSON.stringify(path.slice(0, 200)).replaceAll(
    /[^ -~]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
