/**
 * The texts of a bag (RFC 8493) as Deedban writes them: one way only, so that a text can be made again and compared. A path within the bag, like
 * `data/clips/214.mp4`.
 */

/** What a bag's declaration says (RFC 8493 §2.1.1). */
export const bagDeclaration = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

export const bagAlgorithms = ['sha256', 'sha512'] as const;
export type BagAlgorithm = (typeof bagAlgorithms)[number];
const digestLength: Readonly<Record<BagAlgorithm, number>> = { sha256: 64, sha512: 128 };

/** The files in which a signature stands on its own: no manifest lists them. */
export const signatureFiles = {
  signer: { key: 'signatures/signer.pem', signature: 'signatures/signer.sig' },
  second: { key: 'signatures/second.pem', signature: 'signatures/second.sig' },
} as const;
/** What is signed: it names, with their digests, the manifests, which name everything else. */
export const signedFile = 'tagmanifest-sha512.txt';
/** A time-stamp (RFC 3161) of `manifest-sha512.txt`; optional. */
export const timeStampFile = 'timestamp.tsr';

/** Longest path within a zip, the bag's folder with it. */
const pathMost = 240;
/** No drive, no root, no `..`, nothing hidden, nothing that one system reads otherwise than another. */
const pathPattern = /^[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*(?:\/[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*)*$/;

/** Whether a bundle may hold a file of this name. */
export function isBundlePath(path: string): boolean {
  return path.length <= pathMost && pathPattern.test(path);
}

/** By their letters' codes, whatever the language: the order of everything in a bundle. */
export const byPath = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A manifest or tag manifest (RFC 8493 §2.1.3): a line per file, in order. */
export function writeManifest(digests: ReadonlyMap<string, string>): string {
  return [...digests.keys()]
    .sort(byPath)
    .map((path) => `${digests.get(path)}  ${path}\n`)
    .join('');
}

/** The digests a manifest names; null where it is not one that `writeManifest` makes. */
export function readManifest(text: string, algorithm: BagAlgorithm): ReadonlyMap<string, string> | null {
  const digests = new Map<string, string>();
  for (const line of text.split('\n').slice(0, -1)) {
    const [, digest, path] = /^([0-9a-f]+) {2}(\S+)$/.exec(line) ?? [];
    if (digest === undefined || path === undefined || digest.length !== digestLength[algorithm] || !isBundlePath(path))
      return null;
    digests.set(path, digest);
  }
  return writeManifest(digests) === text ? digests : null;
}

/** `bag-info.txt` (RFC 8493 §2.2.2). Control characters and line ends of a value become spaces; at most 1,000 characters of it. */
export function writeBagInfo(lines: readonly (readonly [label: string, value: string])[]): string {
  return lines.map(([label, value]) => `${label}: ${value.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 1_000)}\n`).join('');
}
