import type { Credentials } from '../../../core/cameras/camera.ts';
import type { Authorization } from './authorization.ts';
import { createAuthorization } from './authorization.ts';
import type { Challenge } from './challenge.ts';
import { parseChallenges, strongestChallenge } from './challenge.ts';
import type { CameraLink } from './camera-link.ts';
import type { RtspResponse } from './message.ts';
import { formatRequest, headerOf } from './message.ts';
import { RtspFailure } from './rtsp-failure.ts';

/** Requests of one session: each carries what the camera asked for, who we are and which session it is. */
export interface RtspDialogue {
  /** Any answer but 401 and 403, which end the matter as `camera-refused`. */
  ask(method: string, uri: string, headers?: Readonly<Record<string, string>>): Promise<RtspResponse>;
  /** As `ask`, but anything except 2xx is a failure, in words. */
  demand(method: string, uri: string, headers?: Readonly<Record<string, string>>): Promise<RtspResponse>;
  /** Asks once without signing in; any answer is an answer. */
  tell(method: string, uri: string): Promise<RtspResponse>;
  setSession(id: string | null): void;
  /** What the end of the connection means, given what was last asked: closing is some cameras' answer to a wrong password. */
  explain(failure: RtspFailure): RtspFailure;
  /** The bytes of a request that nobody waits for. */
  lastWords(method: string, uri: string): Buffer;
}

/**
 * Cameras lock an account after a few wrong passwords. So credentials are sent only after a challenge, and a refusal of them is
 * final; only a nonce that the camera itself calls stale is worth one more try (RFC 7616 §3.3).
 */
export function createRtspDialogue(link: CameraLink, tls: boolean, credentials: Credentials | null): RtspDialogue {
  let authorization: Authorization | null = null;
  let session: string | null = null;
  /** The camera has let us in once; before, a request with credentials may be the one that it refuses. */
  let accepted = false;
  let proving = false;

  function headersFor(method: string, uri: string): Record<string, string> {
    return {
      ...(authorization ? { Authorization: authorization.next(method, uri) } : {}),
      ...(session === null ? {} : { Session: session }),
    };
  }

  function answerTo(response: RtspResponse): { challenge: Challenge; credentials: Credentials } {
    if (!credentials) throw new RtspFailure('camera-refused', 'the camera wants a user and a password, and none are known');
    const challenge = strongestChallenge(parseChallenges(response.headers.get('www-authenticate') ?? []));
    if (!challenge) throw new RtspFailure('camera-refused', 'the camera asks for a kind of sign-in that is not supported');
    return { challenge, credentials };
  }

  function checkPrivacy(challenge: Challenge): void {
    if (challenge.scheme !== 'basic' || !tls || link.vouchedFor()) return;
    throw new RtspFailure('camera-refused', 'the password would go in clear to a camera whose certificate nobody vouches for');
  }

  async function ask(method: string, uri: string, headers: Readonly<Record<string, string>> = {}): Promise<RtspResponse> {
    for (let staleTries = 0; ; ) {
      const hadSignedIn = authorization !== null;
      proving = hadSignedIn && !accepted;
      const response = await link.request(method, uri, { ...headersFor(method, uri), ...headers });
      proving = false;
      if (hadSignedIn && response.status !== 401) accepted = true;
      if (response.status === 403) throw new RtspFailure('camera-refused', 'the camera forbids this stream');
      if (response.status !== 401) return response;
      const offer = answerTo(response);
      if (hadSignedIn) {
        const stale = offer.challenge.scheme === 'digest' && offer.challenge.stale;
        if (!stale || staleTries > 0) throw new RtspFailure('camera-refused', 'the camera refuses the user or the password');
        staleTries += 1;
      }
      checkPrivacy(offer.challenge);
      await link.settleAfterChallenge(/\bclose\b/i.test(headerOf(response, 'connection') ?? ''));
      // Another connection may have another certificate.
      checkPrivacy(offer.challenge);
      authorization = createAuthorization(offer.challenge, offer.credentials);
    }
  }

  return {
    ask,
    async demand(method, uri, headers) {
      const response = await ask(method, uri, headers);
      if (response.status >= 200 && response.status < 300) return response;
      throw failureOfStatus(method, response.status);
    },
    tell: (method, uri) => link.request(method, uri, {}),
    setSession(id) {
      session = id;
    },
    explain(failure) {
      if (!proving || !failure.closedByPeer) return failure;
      return new RtspFailure('camera-refused', 'the camera closes the connection instead of taking the user and the password');
    },
    lastWords: (method, uri) =>
      formatRequest(method, uri, { CSeq: '65535', 'User-Agent': 'Deedban', ...headersFor(method, uri) }),
  };
}

function failureOfStatus(method: string, status: number): RtspFailure {
  if (status === 404) return new RtspFailure('stream-missing', 'the camera has no stream of this path');
  if (status === 461) return new RtspFailure('camera-protocol', 'the camera refuses to send video over TCP');
  if (status >= 300 && status < 400)
    return new RtspFailure('camera-protocol', 'the camera sends its client elsewhere, which is not followed');
  return new RtspFailure('camera-protocol', `the camera answered ${method} with ${status}`);
}
