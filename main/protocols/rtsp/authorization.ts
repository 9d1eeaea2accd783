import { createHash, randomBytes } from 'node:crypto';
import type { Credentials } from '../../../core/cameras/camera.ts';
import type { Challenge } from './challenge.ts';

type DigestChallenge = Extract<Challenge, { scheme: 'digest' }>;

/** Makes the `Authorization` header of every further request to one challenge; counts its nonce's uses. */
export interface Authorization {
  next(method: string, uri: string): string;
}

export function createAuthorization(challenge: Challenge, credentials: Credentials): Authorization {
  let nonceCount = 0;
  return {
    next(method, uri) {
      if (challenge.scheme === 'basic') return basicAuthorization(credentials);
      nonceCount += 1;
      const cnonce = randomBytes(16).toString('hex');
      return digestAuthorization({ challenge, credentials, method, uri, nonceCount, cnonce });
    },
  };
}

/** RFC 7617, in UTF-8. */
export function basicAuthorization({ user, password }: Credentials): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** RFC 7616 §3.4, and without `qop` the older form of RFC 2617 §3.2.2.1. */
export function digestAuthorization(request: {
  readonly challenge: DigestChallenge;
  readonly credentials: Credentials;
  readonly method: string;
  /** Exactly as it stands in the request line. */
  readonly uri: string;
  /** How often this nonce has been used, this time included: from 1. */
  readonly nonceCount: number;
  readonly cnonce: string;
}): string {
  const { challenge, credentials, method, uri, cnonce } = request;
  const { realm, nonce, qop, algorithm, opaque } = challenge;
  const name = algorithm.startsWith('SHA-256') ? 'sha256' : 'md5';
  const hash = (text: string) => createHash(name).update(text).digest('hex');
  const count = request.nonceCount.toString(16).padStart(8, '0');
  const secret = hash(`${credentials.user}:${realm}:${credentials.password}`);
  const a1 = algorithm.endsWith('-sess') ? hash(`${secret}:${nonce}:${cnonce}`) : secret;
  const a2 = hash(`${method}:${uri}`);
  const response = hash(qop ? `${a1}:${nonce}:${count}:${cnonce}:${qop}:${a2}` : `${a1}:${nonce}:${a2}`);
  const user = challenge.userhash ? hash(`${credentials.user}:${realm}`) : credentials.user;
  const parts = [
    `username=${quoted(user)}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(uri)}`,
    `response="${response}"`,
    // Without a word about the algorithm MD5 is meant, and old cameras stumble over the word.
    ...(algorithm === 'MD5' && !qop ? [] : [`algorithm=${algorithm}`]),
    ...(qop ? [`qop=${qop}`, `nc=${count}`] : []),
    ...(qop || algorithm.endsWith('-sess') ? [`cnonce="${cnonce}"`] : []),
    ...(opaque === null ? [] : [`opaque=${quoted(opaque)}`]),
    ...(challenge.userhash ? ['userhash=true'] : []),
  ];
  return `Digest ${parts.join(', ')}`;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
