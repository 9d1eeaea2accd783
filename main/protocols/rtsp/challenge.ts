/** One way of proving who we are that a camera offered in `WWW-Authenticate`. */
export type Challenge =
  | { readonly scheme: 'basic'; readonly realm: string }
  | {
      readonly scheme: 'digest';
      readonly algorithm: DigestAlgorithm;
      readonly realm: string;
      readonly nonce: string;
      readonly opaque: string | null;
      /** `auth` where the camera offered it; null for the form of RFC 2069, without a counter. */
      readonly qop: 'auth' | null;
      /** The proof was right but its nonce too old: the same password may be tried again with this one (RFC 7616 §3.3). */
      readonly stale: boolean;
      /** The camera wants the user's name hashed (RFC 7616 §3.4.4). */
      readonly userhash: boolean;
    };

export type DigestAlgorithm = 'MD5' | 'MD5-sess' | 'SHA-256' | 'SHA-256-sess';

const algorithms: ReadonlyMap<string, DigestAlgorithm> = new Map([
  ['md5', 'MD5'],
  ['md5-sess', 'MD5-sess'],
  ['sha-256', 'SHA-256'],
  ['sha-256-sess', 'SHA-256-sess'],
]);

/** A scheme, or a name with its value; quoted text may hold anything. */
const piece = /[\s,]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?/y;

/** Reads the values of all `WWW-Authenticate` headers (RFC 9110 §11.6.1); offers we cannot answer are left out. */
export function parseChallenges(values: readonly string[]): readonly Challenge[] {
  return values.flatMap((value) => offersIn(value)).flatMap((offer) => challengeOf(offer) ?? []);
}

interface Offer {
  readonly scheme: string;
  readonly parameters: Map<string, string>;
}

function offersIn(value: string): readonly Offer[] {
  const offers: Offer[] = [];
  piece.lastIndex = 0;
  for (let match = piece.exec(value); match; match = piece.exec(value)) {
    const name = (match[1] ?? '').toLowerCase();
    const parameter = match[2]?.replace(/\\(.)/g, '$1') ?? match[3];
    if (parameter === undefined) offers.push({ scheme: name, parameters: new Map() });
    else offers.at(-1)?.parameters.set(name, parameter);
  }
  return offers;
}

function challengeOf({ scheme, parameters }: Offer): Challenge | null {
  const realm = parameters.get('realm') ?? '';
  if (scheme === 'basic') return { scheme, realm };
  const nonce = parameters.get('nonce');
  const algorithm = algorithms.get((parameters.get('algorithm') ?? 'MD5').toLowerCase());
  if (scheme !== 'digest' || nonce === undefined || !algorithm) return null;
  const qops =
    parameters
      .get('qop')
      ?.toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean) ?? [];
  // Only `auth-int` on offer: a body to protect does not exist in our requests, and no camera is known to want it.
  if (qops.length > 0 && !qops.includes('auth')) return null;
  return {
    scheme,
    algorithm,
    realm,
    nonce,
    opaque: parameters.get('opaque') ?? null,
    qop: qops.length > 0 ? 'auth' : null,
    stale: parameters.get('stale')?.toLowerCase() === 'true',
    userhash: parameters.get('userhash')?.toLowerCase() === 'true',
  };
}

/** The offer that gives away least: SHA-256 before MD5 before Basic; null if there is none. */
export function strongestChallenge(challenges: readonly Challenge[]): Challenge | null {
  const strength = (challenge: Challenge) =>
    challenge.scheme === 'basic' ? 0 : challenge.algorithm.startsWith('SHA-256') ? 2 : 1;
  return challenges.reduce<Challenge | null>((best, next) => (best && strength(best) >= strength(next) ? best : next), null);
}
