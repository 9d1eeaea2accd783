import { createHash } from 'node:crypto';
import { type AuditHead, headText } from '../../../core/audit/audit-head.ts';
import { fingerprintGroups, fingerprintWords } from '../../../core/evidence/fingerprint.ts';

const whys: Readonly<Record<AuditHead['why'], string>> = {
  minute: 'every minute',
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
  const facts = [
    ['Rows', String(head.size)],
    ['Signed', `${new Date(head.utcMs).toISOString()} (${whys[head.why]})`],
    ['Root (RFC 6962, SHA-256)', code(fingerprintGroups(head.root))],
    ['Signer (SHA-256 of the public key)', code(fingerprintGroups(fingerprint))],
    ['The same in words', code(fingerprintWords(fingerprint))],
    ['What was signed', `<pre>${escaped(headText(said, leavesSha256))}</pre>`],
    ['Signature (Ed25519)', code(fingerprintGroups(signature))],
    ['Public key', `<pre>${escaped(key)}</pre>`],
  ];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Deedban: head of the audit log, ${head.size} rows</title>
<style>
body { max-width: 46rem; margin: 2rem auto; padding: 0 1.5rem; font: 15px/1.5 system-ui, sans-serif; color: #1c2024; background: #fff; }
h1 { font-size: 1.4rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #c8cdd2; }
th { font-weight: 600; width: 12rem; }
code, pre { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap; margin: 0; }
.write { height: 2.4rem; }
@media print { body { margin: 0; } }
</style>
<h1>Head of the audit log</h1>
<p>Keep this sheet away from the machine. While it is kept, nobody can change, remove or move one of these rows without that being found:
<code>npm run verify -- --audit --head &lt;the copied heads&gt;</code> names the root that the log has now, and it must be this one.</p>
<table>
${facts.map(([name, value]) => `<tr><th>${name}<td>${value}`).join('\n')}
<tr class="write"><th>Received by, on<td>
<tr class="write"><th>Signed by hand<td>
</table>
</html>
`;
}

const code = (text: string): string => `<code>${escaped(text)}</code>`;
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
