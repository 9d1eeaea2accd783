import { createHash } from 'node:crypto';
import type { Certificate } from 'pkijs';

/** What a time-stamp says (RFC 3161). Whose certificate it is somebody has to compare: the fingerprint answers that. */
export interface TimeStampFact {
  /** `good`: it is of this content, and its signature fits the certificate that came with it. */
  readonly state: 'good' | 'bad';
  /** When the authority saw it (UTC, ms); null where it cannot be read. */
  readonly utcMs: number | null;
  /** The common name in the authority's certificate. */
  readonly authority: string | null;
  /** SHA-256 of that certificate in DER, 64 hexadecimal digits. */
  readonly fingerprint: string | null;
}

const commonName = '2.5.4.3';
const nothing = { state: 'bad', utcMs: null, authority: null, fingerprint: null } as const;

/** Whether an authority's answer is a time-stamp of this content. Whatever the bytes are: never rejects. */
export async function readTimeStamp(answer: Uint8Array, content: Uint8Array): Promise<TimeStampFact> {
  // Loaded with the first time-stamp: a start of the wall has no time for it.
  const { SignedData, TimeStampResp, TSTInfo } = await import('pkijs');
  try {
    const { timeStampToken } = TimeStampResp.fromBER(new Uint8Array(answer).buffer);
    const signed = new SignedData({ schema: timeStampToken?.content });
    const told = TSTInfo.fromBER(signed.encapContentInfo.eContent?.getValue() ?? new ArrayBuffer(0));
    const [signer] = signed.signerInfos;
    const data = new Uint8Array(content).buffer;
    // It compares the imprint with the content, the signed digest with what is told, and the signature with the certificate.
    const checked = await signed.verify({ signer: 0, data, checkChain: false, extendedMode: true }).catch(() => null);
    const certificate = checked?.signerCertificate ?? null;
    const good = checked?.signatureVerified === true && certificate !== null && signer !== undefined;
    return {
      state: good ? 'good' : 'bad',
      utcMs: told.genTime.getTime(),
      authority: certificate && nameOf(certificate),
      fingerprint: certificate && createHash('sha256').update(Buffer.from(certificate.toSchema().toBER())).digest('hex'),
    };
  } catch {
    return nothing;
  }
}

function nameOf({ subject }: Certificate): string | null {
  const value: unknown = subject.typesAndValues.find(({ type }) => type === commonName)?.value.valueBlock.value;
  return typeof value === 'string' ? value.slice(0, 200) : null;
}
