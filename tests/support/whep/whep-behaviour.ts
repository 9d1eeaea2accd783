/** How a camera of the foreign server speaks WHEP. The defaults are the draft's own words; each change is what some server really does. */
export interface WhepBehaviour {
  /**
   * `counter-offer` is a 406 with an offer of the server's own; `nonsense` is an answer no browser takes; `wait` says nothing
   * until its habits are changed.
   */
  readonly to: 'answer' | 'counter-offer' | 'nonsense' | 'wait' | Refusal | Redirect;
  readonly status: 200 | 201;
  readonly location: 'absolute' | 'path' | 'relative' | 'missing';
  readonly etag: 'ETag' | 'E-Tag' | 'missing';
  /** What an accepted PATCH is answered with. */
  readonly patchStatus: 200 | 204;
  /** 405 and 501 where late candidates are not taken; `needed` sends no picture before there were some. */
  readonly trickle: 'taken' | 'needed' | 405 | 501;
  /** Basic (RFC 7617), asked for on every request; null where nobody is asked. */
  readonly password: string | null;
}

export interface Refusal {
  readonly refuse: number;
  /** `Retry-After`, in seconds. */
  readonly retryAfterS?: number;
  /** So often; then it answers. */
  readonly times: number;
}
export interface Redirect {
  /** On the same host, or to another name, which nobody configured. */
  readonly redirect: 'same-host' | 'other-host';
}

export const byTheDraft: WhepBehaviour = {
  to: 'answer',
  status: 201,
  location: 'absolute',
  etag: 'ETag',
  patchStatus: 204,
  trickle: 'taken',
  password: null,
};

/** What the server saw of one camera. */
export interface WhepCounts {
  posts: number;
  patches: number;
  deletes: number;
  /** Candidates that came after the offer. */
  lateCandidates: number;
  /** Offers within the time for which `Retry-After` asked to be left alone. */
  tooEarly: number;
  wrongPasswords: number;
  /** Requests that followed a redirect to the other host. */
  elsewhere: number;
}

export const noCounts = (): WhepCounts => ({
  posts: 0,
  patches: 0,
  deletes: 0,
  lateCandidates: 0,
  tooEarly: 0,
  wrongPasswords: 0,
  elsewhere: 0,
});
