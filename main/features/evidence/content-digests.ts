import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** What names a content beyond doubt, and what a zip wants to know of it. */
export interface ContentDigests {
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly sha512: string;
  readonly crc32: number;
}

/** Reckons all of it in one pass. */
export function createContentDigests(): { add(piece: Uint8Array): void; done(): ContentDigests } {
  const sha256 = createHash('sha256');
  const sha512 = createHash('sha512');
  let sum = 0;
  let sizeBytes = 0;
  return {
    add(piece) {
      sha256.update(piece);
      sha512.update(piece);
      sum = crc32(piece, sum);
      sizeBytes += piece.byteLength;
    },
    done: () => ({ sizeBytes, sha256: sha256.digest('hex'), sha512: sha512.digest('hex'), crc32: sum }),
  };
}
