import { describe, expect, it } from 'vitest';
import { problemDetails } from '../../core/streams/problem.ts';
import { MediaProblem } from '../../renderer/media/media-problem.ts';
import { createWhepClient } from '../../renderer/media/whep-client.ts';

const origin = 'http://127.0.0.1:4100';
const sdp = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n';
const nowUtcMs = Date.parse('Sat, 21 Nov 2026 09:00:00 GMT');

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
  readonly keepalive: boolean;
}

/** A server that gives `answers` one after the other, and then an empty 200. */
function player(...answers: (Response | Error)[]) {
  const seen: Seen[] = [];
  const asked: boolean[] = [];
  const client = createWhepClient({
    origin,
    utcMs: () => nowUtcMs,
    token: async (fresh) => {
      asked.push(fresh);
      return fresh ? 'new-token' : 'token';
    },
    fetch: async (input, init) => {
      const { method = 'GET', body, keepalive = false } = init ?? {};
      seen.push({ method, url: String(input), headers: new Headers(init?.headers), body: String(body ?? ''), keepalive });
      const answer = answers.shift() ?? new Response(null, { status: 200 });
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  const open = () => client.open('/whep/psh-201/sub', 'the offer', new AbortController().signal);
  return { client, open, seen, asked };
}

function answer(headers: Record<string, string>, status = 201, body = sdp): Response {
  return new Response(body, { status, headers: { 'Content-Type': 'application/sdp', ...headers } });
}

async function problemOf(promise: Promise<unknown>): Promise<MediaProblem> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof MediaProblem)) throw new Error(`expected a MediaProblem, got ${String(error)}`);
  return error;
}

describe('a WHEP player', () => {
  it('sends its offer with its token and takes the answer', async () => {
    const { open, seen } = player(answer({ Location: '/whep/psh-201/sub/7', ETag: '"a"' }));
    const opening = await open();
    expect(opening).toMatchObject({ kind: 'answer', sdp });
    expect(seen[0]).toMatchObject({ method: 'POST', url: `${origin}/whep/psh-201/sub`, body: 'the offer' });
    expect(seen[0]?.headers.get('authorization')).toBe('Bearer token');
    expect(seen[0]?.headers.get('content-type')).toBe('application/sdp');
  });

  it.each([
    ['an absolute path', '/whep/psh-201/sub/7', `${origin}/whep/psh-201/sub/7`],
    ['a relative one', 'sub/7', `${origin}/whep/psh-201/sub/7`],
    ['a whole address', `${origin}/whep/psh-201/sub/7`, `${origin}/whep/psh-201/sub/7`],
  ])('leaves the session at a Location that is %s, once and even if the page goes', async (_, location, url) => {
    const { open, seen } = player(answer({ Location: location }));
    const { session } = await open();
    session.close();
    session.close();
    const left = seen.filter(({ method }) => method === 'DELETE');
    expect(left).toHaveLength(1);
    expect(left[0]).toMatchObject({ url, keepalive: true });
    expect(left[0]?.headers.get('authorization')).toBe('Bearer token');
  });

  it('takes 200 for 201 and does without a Location', async () => {
    const { open, seen } = player(answer({}, 200));
    (await open()).session.close();
    expect(seen).toHaveLength(1);
  });

  it.each([
    'http://camera.example/whep/7',
    '//camera.example/7',
    'http://127.0.0.1:4101/7',
    'http://user@127.0.0.1:4100/7',
    'http://[',
  ])('refuses a session at another origin (%s) and sends nothing there', async (location) => {
    const { open, seen } = player(answer({ Location: location }));
    expect((await problemOf(open())).code).toBe('gateway-protocol');
    expect(seen).toHaveLength(1);
  });

  it('names what is about to be shown in one question, and takes nothing for held that was not said to be', async () => {
    const held = Response.json({ held: [false, true] });
    const { client, seen } = player(held, new Response(null, { status: 502 }), new Error('gone'));
    expect(await client.warm(['/whep/a/main', '/elsewhere', '/whep/b/sub'], 9_000.4)).toEqual([false, false, true]);
    expect(seen[0]).toMatchObject({ method: 'PUT', url: `${origin}/whep/lines` });
    const wish = (camera: string, stream: string) => ({ camera, stream });
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ lines: [wish('a', 'main'), wish('b', 'sub')], keepMs: 9_000 });
    expect(await client.warm(['/whep/a/main'], 1)).toEqual([false]);
    expect(await client.warm(['/whep/a/main'], 1)).toEqual([false]);
  });

  it('sends nothing to a path that is not its own', async () => {
    const { client, seen } = player();
    const opening = client.open('//camera.example/whep/x', 'offer', new AbortController().signal);
    expect((await problemOf(opening)).code).toBe('bad-request');
    expect(seen).toHaveLength(0);
  });

  it('answers a counter-offer at the session', async () => {
    const { open, seen } = player(answer({ Location: '/whep/psh-201/sub/7' }, 406), new Response(null, { status: 204 }));
    const { kind, session } = await open();
    expect(kind).toBe('counter-offer');
    await session.answer('the answer', new AbortController().signal);
    expect(seen[1]).toMatchObject({ method: 'PATCH', url: `${origin}/whep/psh-201/sub/7`, body: 'the answer' });
    expect(seen[1]?.headers.get('content-type')).toBe('application/sdp');
  });

  it('cannot answer a counter-offer that names no session', async () => {
    const { open } = player(answer({}, 406));
    expect((await problemOf(open())).code).toBe('gateway-protocol');
  });

  it('says why the answer to a counter-offer was refused', async () => {
    const { open } = player(answer({ Location: '/s/1' }, 406), new Response(null, { status: 404 }));
    const { session } = await open();
    expect((await problemOf(session.answer('x', new AbortController().signal))).code).toBe('stream-missing');
  });

  it.each([
    ['ETag', { ETag: '"a"' }, '"a"'],
    ['E-Tag', { 'E-Tag': '"a"' }, '"a"'],
    ['Accept-Patch', { 'Accept-Patch': 'application/trickle-ice-sdpfrag' }, null],
  ])('trickles where the other side shows %s', async (_, headers, match) => {
    const { open, seen } = player(answer({ Location: '/s/1', ...headers } as Record<string, string>));
    const { session } = await open();
    expect(session.trickles).toBe(true);
    await session.trickle('fragment');
    expect(seen[1]).toMatchObject({ method: 'PATCH', url: `${origin}/s/1`, body: 'fragment' });
    expect(seen[1]?.headers.get('content-type')).toBe('application/trickle-ice-sdpfrag');
    expect(seen[1]?.headers.get('if-match')).toBe(match);
  });

  it('trickles nothing where there is no ETag, and stops where trickling is refused', async () => {
    const without = player(answer({ Location: '/s/1' }));
    await (await without.open()).session.trickle('fragment');
    expect(without.seen).toHaveLength(1);
    const refusing = player(answer({ Location: '/s/1', ETag: '"a"' }), new Response(null, { status: 405 }));
    const { session } = await refusing.open();
    await session.trickle('fragment');
    await session.trickle('fragment');
    expect(refusing.seen).toHaveLength(2);
  });

  it('reads a problem of ours, and how long to wait', async () => {
    const body = JSON.stringify(problemDetails('camera-unreachable'));
    const headers = { 'Content-Type': 'application/problem+json', 'Retry-After': '3' };
    const problem = await problemOf(player(new Response(body, { status: 502, headers })).open());
    expect(problem).toMatchObject({ code: 'camera-unreachable', retryAfterMs: 3_000 });
  });

  it.each([
    [404, 'stream-missing'],
    [403, 'gateway-refused'],
    [406, 'codec-unsupported'],
    [503, 'gateway-busy'],
    [504, 'gateway-unreachable'],
    [500, 'gateway-protocol'],
    [302, 'gateway-protocol'],
    [400, 'bad-request'],
  ])('makes the best of a bare %i', async (status, code) => {
    expect((await problemOf(player(new Response(null, { status })).open())).code).toBe(code);
  });

  it('makes the best of problem details that are none', async () => {
    const headers = { 'Content-Type': 'application/problem+json' };
    for (const body of ['', '{', '[]', '{"type":7}', '{"type":"https://elsewhere.example/problem"}']) {
      expect((await problemOf(player(new Response(body, { status: 502, headers })).open())).code).toBe('gateway-unreachable');
    }
  });

  it.each([
    ['120', 120_000],
    ['Sat, 21 Nov 2026 09:00:30 GMT', 30_000],
    ['Sat, 21 Nov 2026 08:00:00 GMT', 0],
    ['soon', null],
    ['-5', null],
    ['2026', 2_026_000],
  ])('understands Retry-After: %s', async (field, retryAfterMs) => {
    const response = new Response(null, { status: 503, headers: { 'Retry-After': field } });
    expect(await problemOf(player(response).open())).toMatchObject({ retryAfterMs });
  });

  it('gets a new token once when its own is refused', async () => {
    const { open, seen, asked } = player(new Response(null, { status: 401 }), answer({ Location: '/s/1' }));
    await open();
    expect(asked).toEqual([false, true]);
    expect(seen[1]?.headers.get('authorization')).toBe('Bearer new-token');
    const refused = player(new Response(null, { status: 401 }), new Response(null, { status: 401 }));
    expect((await problemOf(refused.open())).code).toBe('not-allowed');
    expect(refused.seen).toHaveLength(2);
  });

  it('says that its own host is gone when nothing answers', async () => {
    expect((await problemOf(player(new TypeError('Failed to fetch')).open())).code).toBe('host-unreachable');
  });

  it('takes no answer that is too large or no session description, and leaves the session', async () => {
    for (const body of [`v=0\r\n${'a'.repeat(70_000)}`, '<html>', '']) {
      const { open, seen } = player(answer({ Location: '/s/1' }, 201, body));
      expect((await problemOf(open())).code).toBe('gateway-protocol');
      if (body.length < 70_000) expect(seen[1]).toMatchObject({ method: 'DELETE', url: `${origin}/s/1` });
    }
  });

  describe('in a session whose server can show another stream in it', () => {
    const switching = () => answer({ Location: '/whep/psh-201/sub/7', 'Deedban-Switch': '1' });
    const json = (body: string, status = 200) => new Response(body, { status, headers: { 'Content-Type': 'application/json' } });

    const told = (...answers: unknown[]) => json(JSON.stringify({ answers }));
    const wishes = (one: Seen | undefined): unknown => JSON.parse(one?.body ?? '{}').wishes;

    it('asks for it with a mark of its own, and again with the same', async () => {
      const { open, seen } = player(switching(), told({ what: 'awaited' }), told({ what: 'shown' }), told({ what: 'shown' }));
      const { session } = await open();
      expect(session.switches).toBe(true);
      const first = session.show('/whep/psh-215/main', 0);
      expect([first.mark, await first.answer]).toEqual([1, 'awaited']);
      const again = session.show('/whep/psh-215/main', 0);
      expect([again.mark, await again.answer]).toEqual([1, 'shown']);
      const none = session.show(null, 1);
      expect([none.mark, await none.answer]).toEqual([2, 'shown']);
      expect(seen[1]).toMatchObject({ method: 'PUT', url: `${origin}/whep/sessions` });
      expect(wishes(seen[1])).toEqual([{ session: '7', show: { camera: 'psh-215', stream: 'main' }, mark: 1 }]);
      expect(wishes(seen[3])).toEqual([{ session: '7', show: null, mark: 2 }]);
      expect(seen[1]?.headers.get('authorization')).toBe('Bearer token');
    });

    it('asks one question for all sessions that want something at one time', async () => {
      const other = answer({ Location: '/whep/psh-202/sub/8', 'Deedban-Switch': '1' });
      const { open, seen } = player(switching(), other, told({ what: 'shown' }, { what: 'awaited' }));
      const [one, two] = [(await open()).session, (await open()).session];
      const shown = ['/whep/psh-215/main', '/whep/psh-216/main'] as const;
      expect(await Promise.all([one.show(shown[0], 0).answer, two.show(shown[1], 0).answer])).toEqual(['shown', 'awaited']);
      expect(seen).toHaveLength(3);
      expect(wishes(seen[2])).toMatchObject([{ session: '7' }, { session: '8' }]);
    });

    it('hears why it cannot be', async () => {
      const { open } = player(
        switching(),
        told({ what: 'refused', code: 'codec-unsupported', retryAfterMs: 5 }),
        json('{}'),
        json('{"answers":[{"what":"perhaps"}]}'),
        json('<html>'),
        new Error('no network'),
      );
      const { session } = await open();
      const next = () => problemOf(session.show('/whep/psh-215/main', 0).answer);
      expect(await next()).toMatchObject({ code: 'codec-unsupported', retryAfterMs: 5 });
      for (let answers = 0; answers < 3; answers += 1) expect((await next()).code).toBe('gateway-protocol');
      expect((await next()).code).toBe('host-unreachable');
    });

    it('asks nobody who does not say that he can', async () => {
      const { open, seen } = player(answer({ Location: '/whep/psh-201/sub/7' }));
      const { session } = await open();
      expect(session.switches).toBe(false);
      expect((await problemOf(session.show('/whep/psh-215/main', 0).answer)).code).toBe('bad-request');
      expect(seen).toHaveLength(1);
    });

    it('tells main of a session that shows one stream only whether somebody watches that', async () => {
      const { open, seen } = player(
        answer({ Location: '/whep/psh-201/sub/7' }),
        told({ what: 'shown' }),
        told({ what: 'shown' }),
      );
      const { session } = await open();
      expect(await session.show(null, null).answer).toBe('shown');
      expect(await session.show('/whep/psh-201/sub', null).answer).toBe('shown');
      expect(wishes(seen[1])).toMatchObject([{ session: '7', show: null }]);
      expect(wishes(seen[2])).toMatchObject([{ session: '7', show: { camera: 'psh-201', stream: 'sub' } }]);
    });

    it('cannot tell of a session that was given no address', async () => {
      const { open, seen } = player(answer({}));
      const { session } = await open();
      expect((await problemOf(session.show(null, null).answer)).code).toBe('bad-request');
      expect(seen).toHaveLength(1);
    });
  });
});
