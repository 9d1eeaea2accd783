import { createHash } from 'node:crypto';
import { type AuditHead, headText } from '../../../core/audit/audit-head.ts';
import { fingerprintGroups, fingerprintWords } from '../../../core/evidence/fingerprint.ts';
import { blockHtml, codeHtml, escaped, paperPage } from '../../../core/evidence/paper-page.ts';

const whys: Readonly<Record<AuditHead['why'], string>> = {
  minute: 'in its turn',
  shift: 'the end of a shift',
  asked: 'it was asked for',
  end: 'the program ended',
};

/** `audit-head-20261121T090000Z-1042.html`: in the order of time in any list of files. */
export function headPageName({ utcMs, size }: AuditHead): string {
  const at = new Date(utcMs).toISOString().replace(/\.\d+/, '').replaceAll(/[-:]/g, '');
  return `audit-head-${at}-${size}.html`;
}

/**
 * A head for paper: whoever has the sheet can tell later whether any of its rows was changed. It needs nothing but itself, and no tool of ours: what was signed and the
 * signature are on it as they are. `fingerprint` is the signer's, 64 hexadecimal digits.
 */
export function headPage(head: AuditHead, fingerprint: string): string {
  const { signature, key, leaves, ...said } = head;
  const leavesSha256 = createHash('sha256').update(Buffer.from(leaves, 'hex')).digest('hex');
  return paperPage({
    title: `Deedban: head of the audit log, ${head.size} rows`,
    heading: 'Head of the audit log',
    aboutHtml: `Keep this sheet away from the machine. While it is kept, nobody can change, remove or move one of these rows without that being found:
<code>npm run verify -- --audit --head &lt;the copied heads&gt;</code> names the root that the log has now, and it must be this one.`,
    facts: [
      ['Rows', String(head.size)],
      ['Signed', escaped(`${new Date(head.utcMs).toISOString()} (${whys[head.why]})`)],
      ['Root (RFC 6962, SHA-256)', codeHtml(fingerprintGroups(head.root))],
      ['Signer (SHA-256 of the public key)', codeHtml(fingerprintGroups(fingerprint))],
      ['The same in words', codeHtml(fingerprintWords(fingerprint))],
      ['What was signed', blockHtml(headText(said, leavesSha256))],
      ['Signature (Ed25519)', codeHtml(fingerprintGroups(signature))],
      ['Public key', blockHtml(key)],
    ],
    byHand: ['Received by, on', 'Signed by hand'],
  });
}
