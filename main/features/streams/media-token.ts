import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Seat } from '../../../core/access/seat.ts';
import type { Clock } from '../../ports/clock.ts';

/** How long a token lives; a window asks for the next one before that. */
export const mediaTokenLivesMs = 120_000;

/** Whom a token speaks for: one window, with the seat and the role it had when it asked. */
export interface TokenHolder {
  readonly windowId: string;
  readonly seat: Pick<Seat, 'number' | 'role'>;
}

export interface MediaTokens {
  /** A bearer token for the requests of one window. */
  issue(holder: TokenHolder): string;
  /** Not for another window, nor for the same one with another seat or role. */
  accepts(token: string, holder: TokenHolder): boolean;
}

/** Tokens that carry their own end and are signed with a key of this process: a new main knows none of the old one's. */
export function createMediaTokens(clock: Clock): MediaTokens {
  const key = randomBytes(32);
  const sign = ({ windowId, seat }: TokenHolder, endsMs: string) =>
    createHmac('sha256', key)
      .update(JSON.stringify([endsMs, windowId, seat.number, seat.role]))
      .digest();
  return {
    issue(holder) {
      const endsMs = Math.round(clock.monotonicMs() + mediaTokenLivesMs).toString();
      return `${endsMs}.${sign(holder, endsMs).toString('base64url')}`;
    },
    accepts(token, holder) {
      const [endsMs, signature, ...rest] = token.split('.');
      if (!endsMs || !signature || rest.length > 0 || !/^\d{1,15}$/.test(endsMs)) return false;
      const given = Buffer.from(signature, 'base64url');
      const expected = sign(holder, endsMs);
      return given.length === expected.length && timingSafeEqual(given, expected) && Number(endsMs) > clock.monotonicMs();
    },
  };
}
