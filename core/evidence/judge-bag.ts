import {
  type BagAlgorithm,
  bagAlgorithms,
  bagDeclaration,
  byPath,
  readManifest,
  signatureFiles,
  signedFile,
  timeStampFile,
} from './bag-text.ts';

/** A file of a bag as it was found. */
export interface FoundFile {
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly sha512: string;
  /** The zip's own words about it (head, checksum) are wrong. */
  readonly damaged: boolean;
  /** Of files that are no payload. */
  readonly text: string | null;
}

export type SignatureState = 'good' | 'bad' | 'missing';

/** Which files are not what was sealed, each in order. All empty and the signature good: nothing was changed. */
export interface BagJudgement {
  readonly altered: readonly string[];
  readonly added: readonly string[];
  readonly missing: readonly string[];
}

const needed = [
  'bag-info.txt',
  'bagit.txt',
  'manifest-sha256.txt',
  'manifest-sha512.txt',
  ...Object.values(signatureFiles.signer),
  'tagmanifest-sha256.txt',
  signedFile,
];
const signatures: ReadonlySet<string> = new Set(Object.values(signatureFiles).flatMap((pair) => Object.values(pair)));
const tagFiles: ReadonlySet<string> = new Set([...needed, ...signatures, timeStampFile]);

const isPayload = (path: string): boolean => path.startsWith('data/');
const isTagManifest = (path: string): boolean => path.startsWith('tagmanifest-');

interface Manifest {
  readonly path: string;
  readonly algorithm: BagAlgorithm;
  /** Null where it is missing or cannot be read. */
  readonly digests: ReadonlyMap<string, string> | null;
}

/**
 * Compares a bag with its own manifests. Where two manifests disagree, the one that a good signature covers, or that the tag manifests confirm, is
 * believed, and the other one is named.
 */
export function judgeBag(files: ReadonlyMap<string, FoundFile>, signature: SignatureState): BagJudgement {
  const altered = new Set<string>();
  const added = new Set<string>();
  const missing = new Set<string>(needed.filter((path) => !files.has(path)));
  for (const [path, file] of files) {
    if (file.damaged) altered.add(path);
    if (!isPayload(path) && !tagFiles.has(path)) added.add(path);
  }
  const declared = files.get('bagit.txt');
  if (declared && declared.text !== bagDeclaration) altered.add('bagit.txt');

  const open = (kind: 'manifest' | 'tagmanifest'): readonly Manifest[] =>
    bagAlgorithms.map((algorithm) => {
      const path = `${kind}-${algorithm}.txt`;
      const text = files.get(path)?.text;
      const digests = typeof text === 'string' ? readManifest(text, algorithm) : null;
      if (digests === null && files.has(path)) altered.add(path);
      return { path, algorithm, digests };
    });

  /** Holds files against the manifests that list them; `believed` of them are known to be as they were sealed. */
  function compare(manifests: readonly Manifest[], paths: readonly string[], believed: (manifest: Manifest) => boolean): void {
    const readable = manifests.filter(({ digests }) => digests !== null);
    const known = readable.filter(believed);
    const among = known.length > 0 ? known : readable;
    for (const path of new Set([...paths, ...readable.flatMap(({ digests }) => [...(digests?.keys() ?? [])])])) {
      const file = files.get(path);
      const listing = among.filter(({ digests }) => digests?.has(path));
      const agrees = ({ digests, algorithm }: Manifest) => digests?.get(path) === file?.[algorithm];
      if (!file) {
        if (listing.length > 0) missing.add(path);
      } else if (listing.length === 0) added.add(path);
      else if (known.length > 0 ? !listing.every(agrees) : !listing.some(agrees)) altered.add(path);
      // A list that says otherwise than those that are believed was changed itself.
      for (const other of readable) {
        const isRight = file ? agrees(other) === listing.some(agrees) : other.digests?.has(path) === listing.length > 0;
        if (!among.includes(other) ? !isRight : known.length === 0 && listing.some(agrees) && !agrees(other))
          altered.add(other.path);
      }
    }
  }

  const listed = [...files.keys()].filter(
    (path) => !isPayload(path) && !isTagManifest(path) && !signatures.has(path) && tagFiles.has(path),
  );
  compare(open('tagmanifest'), listed, ({ path }) => signature === 'good' && path === signedFile);
  compare(open('manifest'), [...files.keys()].filter(isPayload), ({ path }) => !altered.has(path) && files.has(path));
  const inOrder = (paths: ReadonlySet<string>) => [...paths].sort(byPath);
  return { altered: inOrder(altered), added: inOrder(added), missing: inOrder(missing) };
}
