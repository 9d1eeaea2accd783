import { createHash } from 'node:crypto';
import type { Clip } from '../../../core/evidence/clip.ts';
import type { ClipCopier, ClipCopy } from '../../ports/clip-copier.ts';
import type { Vault } from '../../ports/vault.ts';
import { clipContent } from './clip-content.ts';
import { isH265 } from './clip-pictures.ts';

/** A copy and its SHA-256. */
export interface DigestedCopy extends ClipCopy {
  readonly sha256: string;
}

/** Copies of what not every browser plays, by the id of their clip. */
export interface ClipCopies {
  readonly of: ReadonlyMap<string, DigestedCopy>;
  /** So many could not be made. */
  readonly failed: number;
  discard(): Promise<void>;
}

export const noCopies: ClipCopies = { of: new Map(), failed: 0, discard: async () => {} };

/** All copies of one bundle together have so long: sealing itself has ten minutes. */
export const copiesMostMs = 240_000;

/** Makes a copy of each clip of H.265. One that cannot be made, or takes too long, is counted and hinders nothing. Rejects only with the signal's reason. */
export async function makeClipCopies(
  clips: readonly Clip[],
  vault: Vault,
  copier: ClipCopier | null,
  signal: AbortSignal,
): Promise<ClipCopies> {
  const made = new Map<string, DigestedCopy>();
  const discard = async () => {
    for (const copy of made.values()) await copy.discard();
  };
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(copiesMostMs)]);
  let failed = 0;
  try {
    for (const clip of clips) {
      if (clip.life.state === 'deleted' || !(await isH265(clip, vault))) continue;
      try {
        if (copier === null) throw new Error('there is no ffmpeg');
        const copy = await copier.copy(clipContent(clip, vault), inTime);
        made.set(clip.id, { ...copy, sha256: await digestOf(copy) });
      } catch {
        signal.throwIfAborted();
        failed += 1;
      }
    }
  } catch (error) {
    await discard();
    throw error;
  }
  return { of: made, failed, discard };
}

async function digestOf(copy: ClipCopy): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of copy.read()) hash.update(piece);
  return hash.digest('hex');
}
