import { createHash } from 'node:crypto';
import { type AuditHead, headRowsMost, headText } from '../../../core/audit/audit-head.ts';
import type { AuditLog } from '../../ports/audit-log.ts';
import type { PublicKey, Signer } from '../../ports/signer.ts';

const sha256Hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Signs the log as it is: a head, or where much was written since the last one several; none where nothing was. Not kept yet. */
export function signHeads(log: AuditLog, signer: Signer, why: AuditHead['why'], utcMs: number): readonly AuditHead[] {
  const heads: AuditHead[] = [];
  const all = log.size();
  for (let from = log.lastHead()?.size ?? 0; from < all; ) {
    const size = Math.min(all, from + headRowsMost);
    const leaves = Buffer.concat(log.leaves(from, size));
    const said = { size, root: Buffer.from(log.root(size)).toString('hex'), utcMs, why, from };
    const signature = signer.sign(Buffer.from(headText(said, sha256Hex(leaves))));
    const words = { leaves: leaves.toString('hex'), signature: Buffer.from(signature).toString('hex'), key: signer.publicPem };
    heads.push({ ...said, ...words });
    from = size;
  }
  return heads;
}

/** Whether a head is what was signed, by the key it names. */
export function isSignedHead(head: AuditHead, key: PublicKey): boolean {
  const { signature, key: _pem, leaves, ...said } = head;
  const text = headText(said, sha256Hex(Buffer.from(leaves, 'hex')));
  return head.from + leaves.length / 64 === head.size && key.fits(Buffer.from(text), Buffer.from(signature, 'hex'));
}
