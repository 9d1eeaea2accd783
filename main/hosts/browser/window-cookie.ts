import { createHmac, timingSafeEqual } from 'node:crypto';
import { type WindowKind, windowKindSchema } from '../../../core/displays/displays.contract.ts';

/** How long a window is known without having been seen (30 days). */
export const cookieLivesMs = 30 * 24 * 3_600_000;
/** A cookie older than this is replaced when its window is seen: a wall that runs for months stays known. */
const renewAfterMs = 24 * 3_600_000;
/** A browser that collects more of our cookies than this drops the oldest. */
const cookiesLimit = 16;
const prefix = 'deedban_';

/** What a cookie says of its window. Nothing of it is kept by main: a restarted main knows its windows again. */
export interface KnownWindow {
  readonly windowId: string;
  readonly seatNumber: number;
  readonly displayId: string;
  readonly windowKind: WindowKind;
  /** UTC, ms. */
  readonly issuedUtcMs: number;
}

export interface WindowCookies {
  /** The value of a `Set-Cookie` header. The cookie is shared by all ports of this host name: the name carries the window. */
  issue(window: Omit<KnownWindow, 'issuedUtcMs'>): string;
  /** The window of this id, if the header `Cookie` proves it. */
  verify(cookieHeader: string | undefined, windowId: string): KnownWindow | null;
  /** All windows the header proves, newest first: the windows of one browser share their cookies. */
  all(cookieHeader: string | undefined): readonly KnownWindow[];
  /** A fresh `Set-Cookie` where the window's is due, or null. */
  renewal(window: KnownWindow): string | null;
  /** `Set-Cookie` headers that end the oldest of too many. */
  surplus(cookieHeader: string | undefined): readonly string[];
}

/** Signs windows with HMAC-SHA-256 under `key` (at least 32 bytes, kept by the caller where only its user can read it). */
export function createWindowCookies(key: Buffer, utcMs: () => number): WindowCookies {
  if (key.length < 32) throw new Error('the key of the window cookies has less than 32 bytes');
  const sign = (text: string) => createHmac('sha256', key).update(`deedban window 2\n${text}`).digest();

  function read(name: string, value: string): KnownWindow | null {
    const [issued, seat, display, kind, signature, ...rest] = value.split('.');
    const windowId = name.slice(prefix.length);
    const windowKind = windowKindSchema.safeParse(kind);
    if (issued === undefined || seat === undefined || display === undefined) return null;
    // Also a cookie of a version that knew no kinds: its window is told that it is not known.
    if (!windowKind.success || signature === undefined || rest.length > 0) return null;
    const given = Buffer.from(signature, 'base64url');
    const expected = sign(`${windowId}.${issued}.${seat}.${display}.${windowKind.data}`);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    const issuedUtcMs = Number(issued);
    const ageMs = utcMs() - issuedUtcMs;
    // A clock that was set back makes a cookie of the future; a day of that is forgiven.
    if (!(ageMs <= cookieLivesMs && ageMs >= -renewAfterMs)) return null;
    const displayId = Buffer.from(display, 'base64url').toString('utf8');
    return { windowId, seatNumber: Number(seat), displayId, windowKind: windowKind.data, issuedUtcMs };
  }

  function issue({ windowId, seatNumber, displayId, windowKind }: Omit<KnownWindow, 'issuedUtcMs'>): string {
    const said = `${utcMs()}.${seatNumber}.${Buffer.from(displayId, 'utf8').toString('base64url')}.${windowKind}`;
    const value = `${said}.${sign(`${windowId}.${said}`).toString('base64url')}`;
    return `${prefix}${windowId}=${value}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${cookieLivesMs / 1_000}`;
  }

  return {
    issue,
    verify(header, windowId) {
      const name = prefix + windowId;
      const value = ownCookies(header).find(([candidate]) => candidate === name)?.[1];
      return value === undefined ? null : read(name, value);
    },
    all(header) {
      return ownCookies(header)
        .map(([name, value]) => read(name, value))
        .filter((window) => window !== null)
        .sort((one, other) => other.issuedUtcMs - one.issuedUtcMs);
    },
    renewal: (window) => (utcMs() - window.issuedUtcMs > renewAfterMs ? issue(window) : null),
    surplus(header) {
      const issued = ([, value]: readonly [string, string]) => Number(value.split('.')[0]) || 0;
      const oldestFirst = [...ownCookies(header)].sort((one, other) => issued(one) - issued(other));
      // One place is left for the cookie that is about to come.
      return oldestFirst
        .slice(0, Math.max(0, oldestFirst.length - cookiesLimit + 1))
        .map(([name]) => `${name}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0`);
    },
  };
}

function ownCookies(header: string | undefined): readonly (readonly [string, string])[] {
  return (header ?? '').split(';').flatMap((part) => {
    const [name, value] = part.trim().split('=', 2);
    return name !== undefined && value !== undefined && /^deedban_[A-Za-z0-9_-]{1,64}$/.test(name)
      ? [[name, value] as const]
      : [];
  });
}
