import { byPath, signatureFiles, signedFile } from '../../../core/evidence/bag-text.ts';
import { type ZipEntry, zipDirectory, zipLocalHead } from '../../../core/evidence/canonical-zip.ts';
import type { BundleSink, BundleSource } from '../../ports/bundle-file.ts';
import type { Signer } from '../../ports/signer.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import { createContentDigests } from './content-digests.ts';
import { directoryOf } from './read-canonical-zip.ts';
import { verifyBundle } from './verify-bundle.ts';

const pieceBytes = 1024 * 1024;

interface Part extends ZipEntry {
  /** Where its content lies in the bundle as it was; or the content of a file that is new. */
  readonly from: number | Uint8Array;
}

/**
 * Writes the same bundle again with a second signature over what the first one covers: no list names the signatures, so nothing else changes. A bundle that is not intact gets none
 * (`StoreProblem`, `damaged`). Resolves with its length; `already` where it has one. Rejects with `StoreProblem` or the signal's reason; then nothing is left of it.
 */
export async function countersignBundle(
  source: BundleSource,
  sink: BundleSink,
  second: Signer,
  signal: AbortSignal,
): Promise<{ readonly sizeBytes: number } | 'already'> {
  try {
    const found = await verifyBundle(source);
    if (found.verdict !== 'INTACT')
      throw new StoreProblem('damaged', 'This bundle was changed on the disk. It was not signed a second time.');
    if (found.second !== null) {
      await sink.discard();
      return 'already';
    }
    const parts = await partsWith(source, second);
    const entries: ZipEntry[] = [];
    let at = 0;
    for (const { from, ...entry } of parts) {
      entries.push(entry);
      const head = zipLocalHead(entry);
      await sink.write(head, at);
      at += head.length;
      for (let done = 0; done < entry.sizeBytes; ) {
        signal.throwIfAborted();
        const length = Math.min(pieceBytes, entry.sizeBytes - done);
        const piece = typeof from === 'number' ? await source.read(from + done, length) : from.subarray(done, done + length);
        if (piece.length === 0) throw new StoreProblem('damaged', 'This bundle became shorter while it was read.');
        await sink.write(piece, at);
        at += piece.length;
        done += piece.length;
      }
    }
    const directory = zipDirectory(entries);
    await sink.write(directory, at);
    await sink.commit(signal);
    return { sizeBytes: at + directory.length };
  } catch (error) {
    await sink.discard();
    throw error;
  }
}

/** The files of the bundle and the two that are new, in order. */
async function partsWith(source: BundleSource, second: Signer): Promise<readonly Part[]> {
  const parts: Part[] = [];
  let at = 0;
  let signed: Uint8Array | null = null;
  for (const entry of (await directoryOf(source)) ?? []) {
    const from = at + zipLocalHead(entry).length;
    parts.push({ ...entry, from });
    if (entry.path.endsWith(`/${signedFile}`)) signed = await source.read(from, entry.sizeBytes);
    at = from + entry.sizeBytes;
  }
  const folder = parts[0]?.path.split('/')[0] ?? '';
  if (signed === null) throw new StoreProblem('damaged', 'This bundle has nothing that could be signed.');
  for (const [name, content] of [
    [signatureFiles.second.key, Buffer.from(second.publicPem)],
    [signatureFiles.second.signature, second.sign(signed)],
  ] as const) {
    const digests = createContentDigests();
    digests.add(content);
    const { sizeBytes, crc32 } = digests.done();
    parts.push({ path: `${folder}/${name}`, sizeBytes, crc32, from: content });
  }
  return parts.sort((a, b) => byPath(a.path, b.path));
}
