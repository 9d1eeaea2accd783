import { describe, expect, it } from 'vitest';
import { ByAddressProblem, createByAddress } from '../../renderer/media/by-address.ts';

const origin = 'http://127.0.0.1:4100';

/** A main that gives these answers one after the other. */
function asked(...answers: (number | Error)[]) {
  const seen: { readonly url: string; readonly method: string | undefined; readonly token: string | null }[] = [];
  const byAddress = createByAddress({
    origin,
    token: async (fresh) => (fresh ? 'new' : 'old'),
    async fetch(url, init) {
      seen.push({ url, method: init.method, token: new Headers(init.headers).get('authorization') });
      const answer = answers.shift() ?? 200;
      if (answer instanceof Error) throw answer;
      return new Response(answer === 204 ? null : 'there', { status: answer });
    },
  });
  return { byAddress, seen };
}
const problem = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => (error instanceof ByAddressProblem ? error.status : error),
  );

describe('what goes by address', () => {
  it('carries the token, and a new one once where the old one was refused', async () => {
    const { byAddress, seen } = asked(401, 200);
    expect(await (await byAddress.get('/stills/a')).text()).toBe('there');
    expect(seen.map(({ url, token }) => [url, token])).toEqual([
      [`${origin}/stills/a`, 'Bearer old'],
      [`${origin}/stills/a`, 'Bearer new'],
    ]);
    expect(await problem(asked(401, 401).byAddress.get('/stills/a'))).toBe(401);
  });

  it('sends nothing to another origin', async () => {
    const { byAddress, seen } = asked();
    expect(await problem(byAddress.get('//camera.example/stills/a'))).toBe(0);
    expect(await problem(byAddress.put('http://127.0.0.1:4101/stills/', new Blob(['a'])))).toBe(0);
    expect(seen).toEqual([]);
  });

  it('says what main answered, or that nobody did', async () => {
    expect(await problem(asked(404).byAddress.get('/stills/a'))).toBe(404);
    expect(await problem(asked(new TypeError('Failed to fetch')).byAddress.get('/stills/a'))).toBe(0);
    expect(await problem(asked(204).byAddress.put('/miniatures/a', new Blob(['a'], { type: 'image/jpeg' })))).toBeNull();
  });
});
