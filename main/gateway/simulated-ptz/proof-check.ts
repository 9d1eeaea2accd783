import { createHash, timingSafeEqual } from 'node:crypto';
import type { Credentials } from '../../../core/cameras/camera.ts';
import { child, textOf, type XmlElement } from '../../protocols/onvif/read-xml.ts';
import { passwordDigest } from '../../protocols/onvif/username-token.ts';

/** A proof that was made at another time than this is old, ms (what real cameras take; ONVIF Core §5.9.1 leaves it to them). */
export const proofAgeMs = 30_000;
const mostNonces = 1_000;

/** Checks who asks, as a camera does. */
export interface ProofCheck {
  /** WS-Security's UsernameToken in a SOAP header: right, of this time, and never seen before. */
  token(header: XmlElement | undefined, cameraUtcMs: number): boolean;
  /** HTTP digest without counters and quality (RFC 2617 §3.2.2), MD5: what old cameras do. */
  digest(authorization: string | undefined, method: string): boolean;
  readonly challenge: string;
}

export function createProofCheck({ user, password }: Credentials, nonce: string): ProofCheck {
  const seen = new Set<string>();
  const realm = 'simulated camera';
  return {
    token(header, cameraUtcMs) {
      const token = child(header, 'Security', 'UsernameToken');
      const created = textOf(token, 'Created');
      const given = textOf(token, 'Nonce');
      const isOfNow = Math.abs(Date.parse(created) - cameraUtcMs) <= proofAgeMs;
      if (!isOfNow || textOf(token, 'Username') !== user || seen.has(given)) return false;
      if (seen.size >= mostNonces) seen.clear();
      seen.add(given);
      return same(textOf(token, 'Password'), passwordDigest(Buffer.from(given, 'base64'), created, password));
    },
    digest(authorization, method) {
      const part = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(authorization ?? '')?.[1] ?? '';
      const md5 = (text: string) => createHash('md5').update(text).digest('hex');
      const right = md5(`${md5(`${user}:${realm}:${password}`)}:${nonce}:${md5(`${method}:${part('uri')}`)}`);
      return part('username') === user && part('nonce') === nonce && same(part('response'), right);
    },
    challenge: `Digest realm="${realm}", nonce="${nonce}"`,
  };
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
