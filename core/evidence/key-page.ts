import { fingerprintGroups } from './fingerprint.ts';
import { blockHtml, codeHtml, paperPage } from './paper-page.ts';

/** The public key that bundles and heads of the audit log are signed with, for paper: English, whole by itself, nothing that a key's text could do to it. */
export function keyPage(key: { readonly pem: string; readonly fingerprint: string; readonly words: string }): string {
  return paperPage({
    title: `Deedban: public key ${key.fingerprint.slice(0, 8)}`,
    heading: 'The public key of this centre’s evidence',
    aboutHtml: `Bundles of evidence and heads of the audit log are signed with the private half of this key. Who gets a bundle compares the key in it with this sheet:
<code>npm run verify -- bundle.zip --key public-key.pem</code>, or as the bundle’s own page says. Publish it where nobody of this room can change it.`,
    facts: [
      ['Fingerprint (SHA-256)', codeHtml(fingerprintGroups(key.fingerprint))],
      ['The same in words', codeHtml(key.words)],
      ['Public key (Ed25519)', blockHtml(key.pem)],
    ],
    byHand: ['Published by, on', 'Signed by hand'],
  });
}
