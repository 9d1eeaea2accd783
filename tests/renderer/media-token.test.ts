import { describe, expect, it } from 'vitest';
import { createMediaToken } from '../../renderer/app/media-token.ts';

function tokens(livesMs = 60_000) {
  let nowMs = 0;
  let asked = 0;
  let failing = false;
  const call = async () => {
    asked += 1;
    if (failing) throw new Error('gone');
    return { token: `token-${asked}`, livesMs };
  };
  return {
    token: createMediaToken({ call } as unknown as Parameters<typeof createMediaToken>[0], () => nowMs),
    pass: (ms: number) => {
      nowMs += ms;
    },
    fail: (fails: boolean) => {
      failing = fails;
    },
    asked: () => asked,
  };
}

describe('the token for media', () => {
  it('is one for all tiles that ask at the same time', async () => {
    const { token, asked } = tokens();
    expect(await Promise.all([token(false), token(false), token(false)])).toEqual(['token-1', 'token-1', 'token-1']);
    expect(asked()).toBe(1);
  });

  it('is renewed before it ends', async () => {
    const { token, pass } = tokens(60_000);
    await token(false);
    pass(47_000);
    expect(await token(false)).toBe('token-1');
    pass(2_000);
    expect(await token(false)).toBe('token-2');
  });

  it('is asked anew when it was refused, once for all tiles', async () => {
    const { token, pass } = tokens();
    await token(false);
    pass(5_000);
    expect(await Promise.all([token(true), token(true), token(true)])).toEqual(['token-2', 'token-2', 'token-2']);
  });

  it('is asked again after main was gone', async () => {
    const { token, fail } = tokens();
    fail(true);
    await expect(token(false)).rejects.toThrow('gone');
    fail(false);
    expect(await token(false)).toBe('token-2');
  });
});
