import { createHash } from 'node:crypto';
import type { Clip } from '../../../core/evidence/clip.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import type { Vault } from '../../ports/vault.ts';

/** A clip's pieces end to end, each found to be what was secured. Throws `StoreProblem` (`damaged`) where one is missing or was changed on the disk. */
export async function* clipContent({ camera, fragments }: Clip, vault: Vault): AsyncGenerator<Uint8Array> {
  for (const { digest, index } of fragments) {
    const content = await vault.get(digest);
    const hash = createHash('sha256');
    const pieces: Uint8Array[] = [];
    for await (const piece of content ?? []) {
      hash.update(piece);
      pieces.push(piece);
    }
    const wrong = content === null ? 'is missing on the disk' : hash.digest('hex') === digest ? null : 'was changed on the disk';
    if (wrong !== null)
      throw new StoreProblem('damaged', `Piece ${index} of the clip of camera ${camera} ${wrong}. Nothing was sealed.`);
    yield* pieces;
  }
}

/** SHA-256 of a clip as a whole, in hexadecimal digits. */
export async function clipDigest(clip: Clip, vault: Vault): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of clipContent(clip, vault)) hash.update(piece);
  return hash.digest('hex');
}
