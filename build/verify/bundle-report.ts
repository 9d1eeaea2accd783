import { fingerprintGroups, fingerprintWords } from '../../core/evidence/fingerprint.ts';
import type { TimeStampFact } from '../../main/features/evidence/read-time-stamp.ts';
import { asShown, type BundleVerdict, type SignatureFact } from '../../main/features/evidence/verify-bundle.ts';

/** `KNOWN`: signed with the key that was given. `OTHER`: with another one. `NOT COMPARED`: none was given. `NOBODY`: no good signature. */
export type SignerName = 'KNOWN' | 'OTHER' | 'NOT COMPARED' | 'NOBODY';

export interface BundleReport {
  readonly command: 'verify';
  readonly what: 'bundle';
  readonly file: string;
  readonly verdict: 'INTACT' | 'ALTERED';
  readonly files: number;
  readonly altered: readonly string[];
  readonly added: readonly string[];
  readonly missing: readonly string[];
  readonly structure: readonly string[];
  readonly signer: SignerReport;
  readonly second: SignerReport | null;
  /** Null where it has none. The fingerprint is of the authority's certificate: compare it with the one it published. */
  readonly timeStamp: TimeStampFact | null;
}

export interface SignerReport {
  readonly signature: SignatureFact['state'];
  readonly name: SignerName;
  /** SHA-256 of the public key in DER. */
  readonly fingerprint: string | null;
  readonly words: string | null;
}

/** What is told of a bundle, and 0 only where it is intact and, where a key was given, signed with that. */
export function bundleReport(
  file: string,
  verdict: BundleVerdict,
  known: string | null,
  knownSecond: string | null = null,
): { report: BundleReport; exitCode: number } {
  const { signer, second, ...rest } = verdict;
  const told = {
    command: 'verify' as const,
    what: 'bundle' as const,
    file,
    ...rest,
    signer: signerReport(signer, known),
    second: second && signerReport(second, knownSecond),
  };
  const isOther = (known !== null && told.signer.name !== 'KNOWN') || (knownSecond !== null && told.second?.name !== 'KNOWN');
  return { report: told, exitCode: verdict.verdict === 'INTACT' && !isOther ? 0 : 1 };
}

function signerReport({ state, fingerprint }: SignatureFact, known: string | null): SignerReport {
  const compared = known === null ? 'NOT COMPARED' : known === fingerprint ? 'KNOWN' : 'OTHER';
  return {
    signature: state,
    name: state === 'good' ? compared : 'NOBODY',
    fingerprint,
    words: fingerprint && fingerprintWords(fingerprint),
  };
}

/** The same for a person. */
export function bundleReportText(report: BundleReport): string {
  const lines = [`${report.verdict}  ${report.file} (${report.files} files)`];
  const list = (word: string, names: readonly string[]) => {
    for (const name of names.slice(0, 200)) lines.push(`  ${word}: ${name}`);
    if (names.length > 200) lines.push(`  and ${names.length - 200} more ${word}`);
  };
  list('zip', report.structure);
  list('altered', report.altered);
  list('added', report.added);
  list('missing', report.missing);
  lines.push(...signerLines('Signed', report.signer));
  if (report.second) lines.push(...signerLines('Signed a second time', report.second));
  lines.push(...timeStampLines(report.timeStamp));
  return `${lines.join('\n')}\n`;
}

function timeStampLines(stamp: TimeStampFact | null): string[] {
  if (stamp === null) return ['Time-stamp: none.'];
  if (stamp.state === 'bad') return ['Time-stamp: it does not fit. It proves nothing.'];
  const when = stamp.utcMs === null ? 'at a time that cannot be read' : new Date(stamp.utcMs).toISOString();
  return [
    `Time-stamp: ${when}, by ${asShown(stamp.authority ?? 'nobody who says a name')}. Compare its certificate with the one the authority published.`,
    `  certificate  ${fingerprintGroups(stamp.fingerprint ?? '')}`,
  ];
}

function signerLines(what: string, { signature, name, fingerprint, words }: SignerReport): string[] {
  if (signature === 'missing') return [`${what}: by nobody. The signature is missing.`];
  if (signature === 'bad') return [`${what}: the signature does not fit. It, the key or what was signed was altered.`];
  const by = [`  fingerprint  ${fingerprintGroups(fingerprint ?? '')}`, `  in words     ${words ?? ''}`];
  if (name === 'KNOWN') return [`${what}: KNOWN, with the key you gave.`, ...by];
  if (name === 'OTHER') return [`${what}: with ANOTHER key than the one you gave. Do not trust it.`, ...by];
  return [`${what}: compare this with the one the centre published (or give that with --key).`, ...by];
}
