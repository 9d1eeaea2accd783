import type { Clip } from '../../../core/evidence/clip.ts';
import type { Vault } from '../../ports/vault.ts';

/** Whether a clip's pictures are H.265: its first piece is the file's head, which names their kind (ISO/IEC 14496-15: `hvc1`, `hev1`). */
export async function isH265({ fragments }: Pick<Clip, 'fragments'>, vault: Pick<Vault, 'get'>): Promise<boolean> {
  const [first] = fragments;
  const head = first ? await vault.get(first.digest) : null;
  const pieces: Uint8Array[] = [];
  for await (const piece of head ?? []) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  return bytes.includes('hvc1') || bytes.includes('hev1');
}
