import type { Credentials } from '../../../core/cameras/camera.ts';
import type { Clock } from '../../ports/clock.ts';
import { type Authorization, createAuthorization } from '../rtsp/authorization.ts';
import { parseChallenges, strongestChallenge } from '../rtsp/challenge.ts';
import type { HttpAnswer, LimitedHttp } from './limited-http.ts';
import { OnvifFailure } from './onvif-failure.ts';
import type { XmlElement } from './read-xml.ts';
import { readSoap, soapRequest } from './soap-envelope.ts';
import { readSystemTime, systemTimeBody } from './system-time.ts';
import { usernameToken } from './username-token.ts';
import { type ServiceName, xmlNames } from './xml-names.ts';

/** A camera that refused our password is not asked again for so long, in ms: cameras lock accounts. */
export const refusedPauseMs = 300_000;

/** Where a camera's device service is, and as whom to speak there. The address carries neither user nor password. */
export interface OnvifPlace {
  readonly url: string;
  readonly credentials: Credentials | null;
  /** How far its clock is ahead of ours, ms, where somebody read it before. */
  readonly clockAheadMs?: number | null;
}

export interface OnvifSession {
  /**
   * Asks one thing of one service. `body` is XML with the prefixes of `soapRequest`. Rejects with `OnvifFailure`.
   *
   * @param options.urgent also while the password counts as refused: a Stop is tried whatever was answered before
   */
  ask(service: ServiceName, action: string, body: string, options?: { limitMs?: number; urgent?: boolean }): Promise<XmlElement>;
  /** Where a service is (from the device's own list); before that the device's own path serves for all. */
  setPath(service: ServiceName, path: string): void;
  path(service: ServiceName): string | null;
  /** How far the camera's clock is ahead of ours, in ms; null while it did not say. */
  clockAheadMs(): number | null;
  /** Reads the camera's clock anew. Needs no password (ONVIF Core §8.4.3). */
  readClock(): Promise<number | null>;
  close(): void;
}

/**
 * Speaks with one device: WS-Security digest in the camera's own time first, HTTP digest where the camera asks for it, and after a
 * refusal silence for five minutes.
 */
export function createOnvifSession(
  place: OnvifPlace,
  ports: { readonly clock: Clock; readonly http: LimitedHttp },
): OnvifSession {
  const { clock, http } = ports;
  const { credentials } = place;
  const deviceUrl = new URL(place.url);
  const paths = new Map<ServiceName, string>();
  let aheadMs: number | null = place.clockAheadMs ?? null;
  let refusedUntilMs = Number.NEGATIVE_INFINITY;
  let authorization: Authorization | null = null;

  function urlOf(service: ServiceName): URL {
    return new URL(paths.get(service) ?? deviceUrl.pathname + deviceUrl.search, deviceUrl);
  }

  async function post(service: ServiceName, action: string, body: string, limitMs: number | undefined): Promise<HttpAnswer> {
    const url = urlOf(service);
    // Some devices refuse a request that carries both proofs.
    const header =
      credentials === null || authorization !== null ? '' : usernameToken(credentials, clock.utcMs() + (aheadMs ?? 0));
    return http.post({
      url,
      body: soapRequest(service, body, header),
      contentType: `application/soap+xml; charset=utf-8; action="${xmlNames[service]}/${action}"`,
      authorization: authorization?.next('POST', url.pathname + url.search) ?? null,
      ...(limitMs === undefined ? {} : { limitMs }),
    });
  }

  /** The challenge to answer, where there is one that this session did not answer yet, or whose nonce became stale. */
  function challengeIn(answer: HttpAnswer): boolean {
    if (answer.status !== 401 || credentials === null) return false;
    const offered = parseChallenges(answer.challenges).filter(({ scheme }) => scheme === 'digest');
    const challenge = strongestChallenge(offered);
    if (challenge?.scheme !== 'digest' || (authorization !== null && !challenge.stale)) return false;
    authorization = createAuthorization(challenge, credentials);
    return true;
  }

  async function readClock(): Promise<number | null> {
    const answer = await http.post({
      url: deviceUrl,
      body: soapRequest('device', systemTimeBody),
      contentType: `application/soap+xml; charset=utf-8; action="${xmlNames.device}/GetSystemDateAndTime"`,
      authorization: null,
    });
    if (answer.status !== 200) return aheadMs;
    const cameraUtcMs = readSystemTime(readSoap(answer.body));
    if (cameraUtcMs !== null) aheadMs = cameraUtcMs - clock.utcMs();
    return aheadMs;
  }

  async function asked(service: ServiceName, action: string, body: string, limitMs: number | undefined): Promise<XmlElement> {
    const answer = await post(service, action, body, limitMs);
    if (answer.status !== 401) return readAnswer(answer);
    return readAnswer(challengeIn(answer) ? await post(service, action, body, limitMs) : answer);
  }

  return {
    async ask(service, action, body, { limitMs, urgent = false } = {}) {
      if (!urgent && clock.monotonicMs() < refusedUntilMs) throw new OnvifFailure('refused', 'the camera refused our password');
      if (aheadMs === null && credentials !== null && !urgent) await readClock().catch(ignoreUnreadable);
      try {
        return await asked(service, action, body, limitMs);
      } catch (error) {
        if (!(error instanceof OnvifFailure) || error.code !== 'refused' || credentials === null) throw error;
        // Its clock may have been set meanwhile: the proof is made once more if it was, and never a third time.
        const before = aheadMs;
        const isOtherTime = Math.abs(((await readClock().catch(ignoreUnreadable)) ?? 0) - (before ?? 0)) > 2_000;
        try {
          if (isOtherTime && authorization === null) return await asked(service, action, body, limitMs);
        } catch (again) {
          if (!(again instanceof OnvifFailure) || again.code !== 'refused') throw again;
        }
        refusedUntilMs = clock.monotonicMs() + refusedPauseMs;
        throw error;
      }
    },
    setPath: (service, path) => void paths.set(service, path),
    path: (service) => paths.get(service) ?? null,
    clockAheadMs: () => aheadMs,
    readClock,
    close: () => http.close(),
  };
}

function readAnswer({ status, body }: HttpAnswer): XmlElement {
  // A fault says more than the status it comes with (400 and 500 mean little; SOAP 1.2 part 2 §7.5.2).
  if (status === 401 || status === 403) {
    throw new OnvifFailure('refused', 'the camera refused our user or password');
  }
  if (status === 404) throw new OnvifFailure('not-able', 'the camera has no such service');
  const isXml = body.includes('<');
  if (status !== 200 && !isXml) throw new OnvifFailure('fault', `the camera answered with HTTP status ${status}`);
  return readSoap(body);
}

/** The camera's clock is a kindness: without it our own serves. */
function ignoreUnreadable(error: unknown): null {
  if (error instanceof OnvifFailure && error.code !== 'unreachable' && error.code !== 'silent') return null;
  throw error;
}
