import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { type BagAlgorithm, bagAlgorithms, byPath, writeManifest } from '../../core/evidence/bag-text.ts';
import { readZipDirectory, findZipDirectory, zipDirectory, zipLocalHead } from '../../core/evidence/canonical-zip.ts';
import type { Signer } from '../../main/ports/signer.ts';

/** The contents of a zip that `sealBundle` made, by path. */
export function filesOf(zip: Buffer): Map<string, Buffer> {
  const begin = findZipDirectory(zip.subarray(-98)) ?? 0;
  const files = new Map<string, Buffer>();
  let at = 0;
  for (const entry of readZipDirectory(zip.subarray(begin), 10_000) ?? []) {
    at += zipLocalHead(entry).length;
    files.set(entry.path, zip.subarray(at, at + entry.sizeBytes));
    at += entry.sizeBytes;
  }
  return files;
}

/** What somebody makes who knows the format: a right zip of any files. */
export function zipOf(files: readonly (readonly [path: string, content: Buffer])[]): Buffer {
  const entries = files.map(([path, content]) => ({ path, sizeBytes: content.length, crc32: crc32(content) }));
  const parts = files.flatMap(([, content], place) => {
    const entry = entries[place];
    return entry ? [zipLocalHead(entry), content] : [];
  });
  return Buffer.concat([...parts, zipDirectory(entries)]);
}

/** The same bundle with other contents (null: without that file), in order. Paths without the bag's folder. */
export function changedBundle(zip: Buffer, changes: Readonly<Record<string, string | Buffer | null>>): Buffer {
  const files = filesOf(zip);
  for (const [path, content] of Object.entries(changes)) {
    if (content === null) files.delete(`incident-1042/${path}`);
    else files.set(`incident-1042/${path}`, Buffer.from(content));
  }
  return zipOf([...files].sort(([a], [b]) => byPath(a, b)));
}

const digest = (algorithm: BagAlgorithm, content: Buffer) => createHash(algorithm).update(content).digest('hex');

/** What somebody does who changes a payload file and makes all manifests anew, and signs them if there is a `signer`. */
export function forgedBundle(zip: Buffer, path: string, content: string, signer?: Signer): Buffer {
  let forged = changedBundle(zip, { [path]: content });
  for (const kind of ['manifest', 'tagmanifest'] as const) {
    const files = [...filesOf(forged)].map(([name, bytes]) => [name.slice('incident-1042/'.length), bytes] as const);
    const listed = files.filter(([name]) => (kind === 'manifest' ? name.startsWith('data/') : /^(bag|manifest)/.test(name)));
    const manifests = bagAlgorithms.map((algorithm) => [
      `${kind}-${algorithm}.txt`,
      writeManifest(new Map(listed.map(([name, bytes]) => [name, digest(algorithm, bytes)]))),
    ]);
    forged = changedBundle(forged, Object.fromEntries(manifests));
  }
  if (!signer) return forged;
  const signed = filesOf(forged).get('incident-1042/tagmanifest-sha512.txt') ?? Buffer.alloc(0);
  return changedBundle(forged, {
    'signatures/signer.pem': signer.publicPem,
    'signatures/signer.sig': Buffer.from(signer.sign(signed)),
  });
}
