import type { PictureOrigin } from './picture-origin.ts';
import type { ProblemCode } from './problem.ts';
import type { SourceState } from './source-state.ts';

/** What can happen to the connection of one stream. Times are UTC, ms. */
export type SourceInput =
  | { readonly what: 'wanted'; readonly atUtcMs: number }
  /** `origin`: the same object until something of it changes. */
  | { readonly what: 'unit'; readonly atUtcMs: number; readonly codec: 'h264' | 'h265'; readonly origin: PictureOrigin }
  /** `refusedMs` is how long to stay away when `why` is a refusal. */
  | { readonly what: 'ended'; readonly atUtcMs: number; readonly why: ProblemCode; readonly refusedMs: number }
  /** The delay before a new try is over. */
  | { readonly what: 'retry'; readonly atUtcMs: number }
  /** Nobody has wanted it for a while. */
  | { readonly what: 'unwanted' }
  /** The address or the credentials changed; `wanted` says whether there are viewers. */
  | { readonly what: 'readdressed'; readonly atUtcMs: number; readonly wanted: boolean };

/** A refusal of the camera itself, after which trying again would lock the account. */
export function isRefusal(why: ProblemCode): boolean {
  return why === 'camera-refused';
}

/** The next state of a source's life (diagram at `sourceStateSchema`). Inputs that mean nothing in a state leave it as it is. */
export function nextSource(state: SourceState, input: SourceInput): SourceState {
  switch (input.what) {
    case 'wanted':
      return state.state === 'idle' ? opening(input.atUtcMs) : state;
    case 'unit':
      return withUnit(state, input);
    case 'ended':
      return state.state === 'opening' || state.state === 'live' ? ended(input) : state;
    case 'retry':
      return nextAfterWait(state, input.atUtcMs);
    case 'unwanted':
      // A refusal outlives its viewers: forgetting it would let the next viewer knock again.
      return state.state === 'refused' ? state : idle;
    case 'readdressed':
      return input.wanted ? opening(input.atUtcMs) : idle;
  }
}

const idle: SourceState = { state: 'idle' };

function opening(sinceUtcMs: number): SourceState {
  return { state: 'opening', sinceUtcMs };
}

function withUnit(state: SourceState, { atUtcMs, codec, origin }: Extract<SourceInput, { what: 'unit' }>): SourceState {
  if (state.state === 'opening') return { state: 'live', sinceUtcMs: atUtcMs, codec, origin };
  return state.state === 'live' && state.origin !== origin ? { ...state, origin } : state;
}

function ended(input: { atUtcMs: number; why: ProblemCode; refusedMs: number }): SourceState {
  const { atUtcMs: sinceUtcMs, why } = input;
  if (isRefusal(why)) return { state: 'refused', sinceUtcMs, why, untilUtcMs: sinceUtcMs + input.refusedMs };
  return { state: 'lost', sinceUtcMs, why };
}

function nextAfterWait(state: SourceState, atUtcMs: number): SourceState {
  if (state.state === 'lost') return opening(atUtcMs);
  if (state.state === 'refused' && atUtcMs >= state.untilUtcMs) return opening(atUtcMs);
  return state;
}
