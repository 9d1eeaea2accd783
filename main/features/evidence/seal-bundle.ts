import { type BagAlgorithm, bagAlgorithms, bagDeclaration, byPath, isBundlePath } from '../../../core/evidence/bag-text.ts';
import { signatureFiles, signedFile, timeStampFile, writeBagInfo, writeManifest } from '../../../core/evidence/bag-text.ts';
import { type ZipEntry, zipDirectory, zipLocalHead } from '../../../core/evidence/canonical-zip.ts';
import type { BundleSink } from '../../ports/bundle-file.ts';
import type { Signer } from '../../ports/signer.ts';
import type { TimeStampAuthority } from '../../ports/time-stamp-authority.ts';
import { readTimeStamp } from './read-time-stamp.ts';
import { type ContentDigests, createContentDigests } from './content-digests.ts';

/** A file of the bundle's payload. */
export interface BundlePart {
  /** Below `data/`, for example `clips/214.mp4`. */
  readonly path: string;
  readonly sizeBytes: number;
  read(): AsyncIterable<Uint8Array>;
}

export interface BundleOrder {
  readonly sink: BundleSink;
  /** The folder everything lies in: lower-case letters, digits and hyphens. */
  readonly bag: string;
  /** Lines of `bag-info.txt`; `Payload-Oxum` is added. */
  readonly info: readonly (readonly [label: string, value: string])[];
  readonly parts: readonly BundlePart[];
  readonly signer: Signer;
  /** A supervisor's, for example. */
  readonly second?: Signer;
  /** Asked for a time-stamp; where it gives none the bundle goes without one. */
  readonly authority?: TimeStampAuthority;
  readonly signal?: AbortSignal;
  /** Bytes written of all there are, from time to time. */
  progress?(doneBytes: number, allBytes: number): void;
}

export interface SealedBundle {
  readonly sizeBytes: number;
  readonly files: number;
  readonly timeStamped: boolean;
}

/** Most files of one bundle. */
export const bundleFilesMost = 10_000;

/**
 * Writes a signed bag (RFC 8493, with SHA-256 and SHA-512) into a canonical zip in one pass over the payload. Rejects with `StoreProblem`, with the
 * signal's reason, or where a part is not as long as was said; then nothing is left.
 */
export async function sealBundle(order: BundleOrder): Promise<SealedBundle> {
  try {
    return await write(order);
  } catch (error) {
    await order.sink.discard();
    throw error;
  }
}

async function write(order: BundleOrder): Promise<SealedBundle> {
  const { sink, bag, signer, second, signal } = order;
  const parts = order.parts.toSorted((a, b) => byPath(a.path, b.path));
  check(bag, parts);
  const allBytes = parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const entries: ZipEntry[] = [];
  let at = 0;

  async function add(path: string, sizeBytes: number, content: AsyncIterable<Uint8Array>): Promise<ContentDigests> {
    const digests = createContentDigests();
    const headBytes = zipLocalHead({ path: `${bag}/${path}`, sizeBytes, crc32: 0 }).length;
    let end = at + headBytes;
    for await (const piece of content) {
      signal?.throwIfAborted();
      digests.add(piece);
      if (end - at - headBytes + piece.length > sizeBytes) throw new Error(`${path} is longer than was said`);
      await sink.write(piece, end);
      end += piece.length;
      order.progress?.(Math.min(end, allBytes), allBytes);
    }
    const found = digests.done();
    if (found.sizeBytes !== sizeBytes) throw new Error(`${path} is shorter than was said`);
    const entry = { path: `${bag}/${path}`, sizeBytes, crc32: found.crc32 };
    await sink.write(zipLocalHead(entry), at);
    entries.push(entry);
    at = end;
    return found;
  }
  const addBytes = (path: string, bytes: Uint8Array) => add(path, bytes.length, once(bytes));

  // In the order of their paths: those before the payload, the payload, those behind it.
  const tags = new Map<string, ContentDigests>();
  const tag = async (path: string, bytes: Uint8Array) => void tags.set(path, await addBytes(path, bytes));
  await tag('bag-info.txt', text(writeBagInfo([...order.info, ['Payload-Oxum', `${allBytes}.${parts.length}`]])));
  await tag('bagit.txt', text(bagDeclaration));
  const payload = new Map<string, ContentDigests>();
  for (const part of parts) payload.set(`data/${part.path}`, await add(`data/${part.path}`, part.sizeBytes, part.read()));
  for (const algorithm of bagAlgorithms) await tag(`manifest-${algorithm}.txt`, manifest(payload, algorithm));
  const stamp = await stampOf(order.authority, manifest(payload, 'sha512'));
  const stamped = new Map(tags);
  if (stamp) stamped.set(timeStampFile, digestsOf(stamp));
  const signed = manifest(stamped, 'sha512');
  for (const [files, by] of [
    [signatureFiles.second, second],
    [signatureFiles.signer, signer],
  ] as const) {
    if (!by) continue;
    await addBytes(files.key, text(by.publicPem));
    await addBytes(files.signature, by.sign(signed));
  }
  await addBytes('tagmanifest-sha256.txt', manifest(stamped, 'sha256'));
  await addBytes(signedFile, signed);
  if (stamp) await addBytes(timeStampFile, stamp);

  const directory = zipDirectory(entries);
  await sink.write(directory, at);
  await sink.commit(signal);
  return { sizeBytes: at + directory.length, files: entries.length, timeStamped: stamp !== null };
}

/** Null also where the authority's answer is of something else: it would be taken for a proof. */
async function stampOf(authority: TimeStampAuthority | undefined, content: Uint8Array): Promise<Uint8Array | null> {
  const stamp = (await authority?.stamp(content)) ?? null;
  return stamp !== null && (await readTimeStamp(stamp, content)).state === 'good' ? stamp : null;
}

function check(bag: string, parts: readonly BundlePart[]): void {
  if (!/^[a-z0-9][a-z0-9-]{0,79}$/.test(bag)) throw new Error('a bag is called by lower-case letters, digits and hyphens');
  if (parts.length > bundleFilesMost - 20) throw new Error('a bundle has too many files');
  const paths = new Set(parts.map(({ path }) => path));
  if (paths.size !== parts.length) throw new Error('a bundle has two files of one name');
  for (const path of paths) if (!isBundlePath(`${bag}/data/${path}`)) throw new Error(`a bundle cannot hold ${path}`);
}

const text = (words: string): Uint8Array => Buffer.from(words, 'utf8');
const manifest = (files: ReadonlyMap<string, ContentDigests>, algorithm: BagAlgorithm): Uint8Array =>
  text(writeManifest(new Map([...files].map(([path, digests]) => [path, digests[algorithm]]))));

function digestsOf(bytes: Uint8Array): ContentDigests {
  const digests = createContentDigests();
  digests.add(bytes);
  return digests.done();
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
