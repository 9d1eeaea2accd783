import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../ports/clock.ts';

/** How long a token lives; a window asks for the next one before that. */
export const mediaTokenLivesMs = 120_000;

export interface MediaTokens {
  /** A bearer token for the requests of one window. */
  issue(windowId: string): string;
  accepts(token: string, windowId: string): boolean;
}

/** Tokens that carry their own end and are signed with a key of this process: a new main knows none of the old one's. */
export function createMediaTokens(clock: Clock): MediaTokens {
  const key = randomBytes(32);
  const sign = (windowId: string, endsMs: string) => createHmac('sha256', key).update(`${endsMs}.${windowId}`).digest();
  return {
    issue(windowId) {
      const endsMs = Math.round(clock.monotonicMs() + mediaTokenLivesMs).toString();
      return `${endsMs}.${sign(windowId, endsMs).toString('base64url')}`;
    },
    accepts(token, windowId) {
      const [endsMs, signature, ...rest] = token.split('.');
      if (!endsMs || !signature || rest.length > 0 || !/^\d{1,15}$/.test(endsMs)) return false;
      const given = Buffer.from(signature, 'base64url');
      const expected = sign(windowId, endsMs);
      return given.length === expected.length && timingSafeEqual(given, expected) && Number(endsMs) > clock.monotonicMs();
    },
  };
}
