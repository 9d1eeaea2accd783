import { fingerprintGroups } from './fingerprint.ts';

/** The public key that bundles and heads of the audit log are signed with, for paper: English, whole by itself, nothing that a key's text could do to it. */
export function keyPage(key: { readonly pem: string; readonly fingerprint: string; readonly words: string }): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Deedban: public key ${escaped(key.fingerprint.slice(0, 8))}</title>
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
<h1>The public key of this centre’s evidence</h1>
<p>Bundles of evidence and heads of the audit log are signed with the private half of this key. Who gets a bundle compares the key in it with this sheet:
<code>npm run verify -- bundle.zip --key public-key.pem</code>, or as the bundle’s own page says. Publish it where nobody of this room can change it.</p>
<table>
<tr><th>Fingerprint (SHA-256)<td><code>${escaped(fingerprintGroups(key.fingerprint))}</code>
<tr><th>The same in words<td><code>${escaped(key.words)}</code>
<tr><th>Public key (Ed25519)<td><pre>${escaped(key.pem)}</pre>
<tr class="write"><th>Published by, on<td>
<tr class="write"><th>Signed by hand<td>
</table>
</html>
`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
