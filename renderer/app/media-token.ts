import type { DeedbanClient } from './client.ts';

/** A token is renewed when this part of its life is over, so that none ends on its way. */
const renewAfter = 0.8;

/** Gives the bearer token for `/whep/…`: one for all tiles, asked anew near its end or when it was refused. */
export function createMediaToken(client: Pick<DeedbanClient, 'call'>, nowMs: () => number): (fresh: boolean) => Promise<string> {
  let held: { readonly token: Promise<string>; readonly askedMs: number; renewAtMs: number } | null = null;

  function ask(): Promise<string> {
    const answer = client.call('streams.token', {});
    const mine = { token: answer.then(({ token }) => token), askedMs: nowMs(), renewAtMs: Number.POSITIVE_INFINITY };
    held = mine;
    answer.then(
      ({ livesMs }) => {
        mine.renewAtMs = mine.askedMs + livesMs * renewAfter;
      },
      () => {
        if (held === mine) held = null;
      },
    );
    return mine.token;
  }

  return (fresh) => {
    // Sixteen tiles are refused at the same moment; one new token serves them all.
    const justAsked = held !== null && nowMs() - held.askedMs < 1_000;
    if (held !== null && nowMs() < held.renewAtMs && (!fresh || justAsked)) return held.token;
    return ask();
  };
}
