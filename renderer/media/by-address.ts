/** What goes by address on this window's own origin, with its bearer token: miniatures, stills, the directory. */
export interface ByAddress {
  /** Gets what is there. Rejects with a `ByAddressProblem`. */
  get(path: string, signal?: AbortSignal): Promise<Response>;
  put(path: string, body: Blob, signal?: AbortSignal): Promise<Response>;
  /** The same as `get` for what takes long: only the answer's begin has a limit, its body has `signal`. */
  stream(path: string, signal: AbortSignal): Promise<Response>;
  /** Whoever saves what is there without this page; null where the page has to. */
  readonly saver?: () => Saver | null;
}

export interface SaverOrder {
  readonly path: string;
  readonly fileName: string;
  readonly signal: AbortSignal;
  /** Bytes that are written, and all there will be; null where nobody knows. */
  progress(doneBytes: number, sizeBytes: number | null): void;
}
/** How it ended. All but `saved`: there is no file of that name that was not there before. */
export type SaverOutcome =
  | 'saved'
  | 'dismissed'
  | 'cancelled'
  | 'busy'
  | 'gone'
  | 'full'
  | 'not-writable'
  | 'too-large'
  | 'failed';
/** Asks for a place and writes there what is at an address. Never rejects. */
export type Saver = (order: SaverOrder) => Promise<SaverOutcome>;

/** The other side did not do it: the HTTP status, or 0 where nothing answered. */
export class ByAddressProblem extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`by address: ${status === 0 ? 'no answer' : status}`);
    this.name = 'ByAddressProblem';
    this.status = status;
  }
}

export interface ByAddressOptions {
  readonly fetch: (input: string, init: RequestInit) => Promise<Response>;
  /** This window's own origin; a path that leads anywhere else is refused. */
  readonly origin: string;
  /** The session's token; `fresh` where the last one was refused. */
  readonly token: (fresh: boolean) => Promise<string>;
  readonly saver?: () => Saver | null;
}

const limitMs = 20_000;

/** Asks at most twice: a token that ended on its way is replaced by a new one. Every question ends after 20 s, but for the body of `stream`. */
export function createByAddress({ fetch, origin, token, saver = () => null }: ByAddressOptions): ByAddress {
  async function ask(
    method: 'GET' | 'PUT',
    path: string,
    body: Blob | null,
    signal: AbortSignal | undefined,
    ends: AbortSignal | null = AbortSignal.timeout(limitMs),
  ): Promise<Response> {
    const url = new URL(path, origin);
    if (url.origin !== new URL(origin).origin) throw new ByAddressProblem(0);
    const given = [signal, ends].filter((each) => each !== undefined && each !== null);
    const once = async (fresh: boolean): Promise<Response> => {
      const headers = { Authorization: `Bearer ${await token(fresh)}`, ...(body === null ? {} : { 'Content-Type': body.type }) };
      const init = { method, headers, signal: AbortSignal.any(given), body };
      return fetch(url.href, init).catch((error: unknown) => {
        if (signal?.aborted) throw error;
        throw new ByAddressProblem(0);
      });
    };
    const first = await once(false);
    const answer = first.status === 401 ? await once(true) : first;
    if (!answer.ok) throw new ByAddressProblem(answer.status);
    return answer;
  }
  return {
    saver,
    get: (path, signal) => ask('GET', path, null, signal),
    put: (path, body, signal) => ask('PUT', path, body, signal),
    async stream(path, signal) {
      const tooLong = new AbortController();
      const timer = setTimeout(() => tooLong.abort(), limitMs);
      try {
        return await ask('GET', path, null, AbortSignal.any([signal, tooLong.signal]), null);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
