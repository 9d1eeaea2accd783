import {
  findZipDirectory,
  readZipDirectory,
  readZipLocalHead,
  type ZipEntry,
  zipContentBytes,
  zipDirectory,
  zipEndBytes,
  zipHeadMostBytes,
  zipLocalHead,
} from '../../../core/evidence/canonical-zip.ts';
import type { BundleSource } from '../../ports/bundle-file.ts';
import { type ContentDigests, createContentDigests } from './content-digests.ts';
import { bundleFilesMost } from './seal-bundle.ts';

export interface ZipContent extends ContentDigests {
  readonly path: string;
  /** Its head or its checksum is not what the content asks for. */
  readonly damaged: boolean;
  /** Of files that are no payload and not too long; null of others. */
  readonly bytes: Uint8Array | null;
}

export interface CanonicalZip {
  readonly contents: readonly ZipContent[];
  /** What is not as it must be, in words. */
  readonly structure: readonly string[];
}

const pieceBytes = 1024 * 1024;
/** Of manifests, keys and signatures together. */
const tagBytesMost = 16 * 1024 * 1024;
const directoryBytesMost = 8 * 1024 * 1024;

/**
 * Reads a zip of exactly the one form that bundles have: every byte outside of the contents is compared with what the contents' names, lengths and checksums
 * ask for. Compressed files, gaps, comments, second directories and the like are therefore all `structure`. Nothing is kept of the payload.
 */
export async function readCanonicalZip(source: BundleSource): Promise<CanonicalZip> {
  const structure: string[] = [];
  const named = await directoryOf(source);
  if (named === null) structure.push('The directory at the end is not that of a bundle, or was altered.');
  const entries = named ?? (await foundEntries(source));
  const contents: ZipContent[] = [];
  let at = 0;
  let keptBytes = 0;
  for (const entry of entries) {
    const isPayload = /^[^/]*\/data\//.test(entry.path);
    const keep = !isPayload && keptBytes + entry.sizeBytes <= tagBytesMost;
    if (keep) keptBytes += entry.sizeBytes;
    const content = await readContent(source, entry, at, keep);
    contents.push(content);
    at += zipLocalHead(entry).length + entry.sizeBytes;
  }
  if (contents.length === 0) structure.push('There is no file in it.');
  return { contents, structure };
}

/** What a bundle's directory names, if all of it can be made again from what it says; the surer way, since it says everything about all files. */
export async function directoryOf(source: BundleSource): Promise<readonly ZipEntry[] | null> {
  const lastAt = Math.max(0, source.sizeBytes - zipEndBytes);
  const begin = findZipDirectory(await source.read(lastAt, zipEndBytes));
  if (begin === null || begin >= source.sizeBytes || source.sizeBytes - begin > directoryBytesMost) return null;
  const bytes = await source.read(begin, source.sizeBytes - begin);
  const entries = readZipDirectory(bytes, bundleFilesMost);
  if (!entries || !entries.every(isPossible) || zipContentBytes(entries) !== begin) return null;
  return sameBytes(zipDirectory(entries), bytes) ? entries : null;
}

/** One head after the other, as far as they go. */
async function foundEntries(source: BundleSource): Promise<readonly ZipEntry[]> {
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < bundleFilesMost; ) {
    const entry = readZipLocalHead(await source.read(at, zipHeadMostBytes));
    if (!entry || !isPossible(entry)) break;
    at += zipLocalHead(entry).length + entry.sizeBytes;
    if (at > source.sizeBytes) break;
    entries.push(entry);
  }
  return entries;
}

/** Other names would be another head than the one that is there. */
const isPossible = ({ path, sizeBytes }: ZipEntry): boolean =>
  path.length > 0 && path.length <= 300 && /^[ -~]*$/.test(path) && Number.isSafeInteger(sizeBytes);

async function readContent(source: BundleSource, entry: ZipEntry, at: number, keep: boolean): Promise<ZipContent> {
  const { path, sizeBytes } = entry;
  const head = zipLocalHead(entry);
  const headIsRight = sameBytes(head, await source.read(at, head.length));
  const digests = createContentDigests();
  const kept: Uint8Array[] | null = keep ? [] : null;
  for (let done = 0; done < sizeBytes; ) {
    const piece = await source.read(at + head.length + done, Math.min(pieceBytes, sizeBytes - done));
    if (piece.length === 0) break;
    digests.add(piece);
    kept?.push(piece);
    done += piece.length;
  }
  const found = digests.done();
  const damaged = !headIsRight || found.sizeBytes !== sizeBytes || found.crc32 !== entry.crc32;
  return { path, ...found, damaged, bytes: kept && Buffer.concat(kept) };
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
