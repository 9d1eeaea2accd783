import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { nextDelayMs, retryPolicies } from '../../../core/streams/retry-policy.ts';
import type { Log } from '../../ports/log.ts';
import type { TimeStampAuthority } from '../../ports/time-stamp-authority.ts';

const tryMs = 5_000;
/** Sealing waits for it: not longer than this, however often it is tried. */
const allMs = 8_000;
const mostTries = 3;
const answerMaxBytes = 256 * 1024;
const sha512 = '2.16.840.1.101.3.4.2.3';

/** Asks an authority over HTTP (RFC 3161 §3.4). It is sent a digest and a random number, and nothing else. Redirects are not followed. */
export function createHttpTimeStampAuthority(url: string, log: Log): TimeStampAuthority {
  return {
    async stamp(content) {
      const limit = AbortSignal.timeout(allMs);
      for (let attempt = 0; attempt < mostTries && !limit.aborted; attempt += 1) {
        try {
          return await ask(url, content, AbortSignal.any([limit, AbortSignal.timeout(tryMs)]));
        } catch (error) {
          log.warn('The time-stamp authority gave no time-stamp', {
            reason: error instanceof Error ? error.message : String(error),
          });
        }
        await delay(nextDelayMs(retryPolicies.failing, attempt, Math.random), undefined, { signal: limit }).catch(() => {});
      }
      return null;
    },
  };
}

async function ask(url: string, content: Uint8Array, signal: AbortSignal): Promise<Uint8Array> {
  // Loaded when somebody asks: a start of the wall has no time for it.
  const { PKIStatus, TimeStampResp } = await import('pkijs');
  // Positive, and of full length: its first bits are 01.
  const nonce = randomBytes(16);
  nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40;
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/timestamp-query', Accept: 'application/timestamp-reply' },
    body: await timeStampRequest(content, nonce),
    redirect: 'error',
    signal,
  });
  if (!answer.ok) throw new Error(`it answered ${answer.status}`);
  const bytes = await bodyOf(answer);
  const { status, timeStampToken } = TimeStampResp.fromBER(new Uint8Array(bytes).buffer);
  // RFC 3161 §2.4.2: granted, or granted with changes.
  const isGranted = status.status === PKIStatus.granted || status.status === PKIStatus.grantedWithMods;
  if (!isGranted || !timeStampToken) throw new Error(`it refused with status ${status.status}`);
  // An answer to another question: the number is in the signed part, as it was sent.
  if (!Buffer.from(bytes).includes(nonce)) throw new Error('it answered another question');
  return bytes;
}

/** TimeStampReq (RFC 3161 §2.4.1) in DER: SHA-512 of the content, and the authority's certificate is wanted with the answer. */
async function timeStampRequest(content: Uint8Array, nonce: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const { Integer, Null, OctetString } = await import('asn1js');
  const { AlgorithmIdentifier, MessageImprint, TimeStampReq } = await import('pkijs');
  const hashedMessage = new OctetString({ valueHex: createHash('sha512').update(content).digest() });
  const hashAlgorithm = new AlgorithmIdentifier({ algorithmId: sha512, algorithmParams: new Null() });
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({ hashAlgorithm, hashedMessage }),
    nonce: new Integer({ valueHex: nonce }),
    certReq: true,
  });
  return new Uint8Array(request.toSchema().toBER());
}

async function bodyOf(answer: Response): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of answer.body ?? []) {
    length += piece.length;
    if (length > answerMaxBytes) throw new Error('its answer is too long');
    pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}
