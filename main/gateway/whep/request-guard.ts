import type { IncomingMessage } from 'node:http';
import { sameSecret } from '../same-secret.ts';
import { type Answer, problemAnswer } from './answer.ts';

/** Who may speak to the gateway at all: main, and nobody's browser. */
export interface RequestGuard {
  /** The one name the gateway answers to, `host:port`; known once it listens. */
  setAuthority(authority: string): void;
  /** Refuses foreign names (DNS rebinding) and anything that a web page sent. */
  check(request: IncomingMessage): Answer | null;
  authorise(request: IncomingMessage): Answer | null;
}

export function createRequestGuard(token: string): RequestGuard {
  let expected = '';
  return {
    setAuthority(authority) {
      expected = authority;
    },
    check({ headers }) {
      if (headers.host !== expected) return problemAnswer('bad-request', 'not this host', { status: 421 });
      if (headers.origin !== undefined) return problemAnswer('gateway-refused', 'web pages may not speak to the gateway');
      return null;
    },
    authorise({ headers }) {
      const given = /^Bearer +([^\s]{1,512})$/i.exec(headers.authorization ?? '')?.[1] ?? '';
      if (sameSecret(given, token)) return null;
      return problemAnswer('not-allowed', 'a bearer token is needed', { headers: { 'WWW-Authenticate': 'Bearer' } });
    },
  };
}
