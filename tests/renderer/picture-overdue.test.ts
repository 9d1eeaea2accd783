import { describe, expect, it } from 'vitest';
import { nextStreamLife, openStreamLife, type StreamInput, type StreamLife } from '../../core/streams/stream-life.ts';
import { isOverdue } from '../../renderer/media/picture-overdue.ts';

const run = (...inputs: StreamInput[]): StreamLife => inputs.reduce<StreamLife>(nextStreamLife, openStreamLife(0));
const live = run({ type: 'opened', atMs: 10 }, { type: 'frame', atMs: 20 });
/** A camera that was seen for a moment only, and might be slow. */
const pictures = { lastFrameMs: 1_000, patienceMs: () => 3_000 };

describe('a live tile without a picture', () => {
  it('is patient with a camera that may only be slow', () => {
    expect(isOverdue(live, pictures, 3_900)).toBe(false);
    expect(isOverdue(live, pictures, 4_100)).toBe(true);
  });

  it('is not patient with a camera that the gateway has lost', () => {
    const source = { state: 'lost', sinceUtcMs: 0, why: 'camera-unreachable' } as const;
    const lost = nextStreamLife(live, { type: 'source', source, atMs: 1_100 });
    expect(isOverdue(lost, pictures, 1_400)).toBe(false);
    expect(isOverdue(lost, pictures, 1_600)).toBe(true);
    expect(isOverdue(lost, { ...pictures, lastFrameMs: 1_550 }, 1_600)).toBe(false);
  });

  it('is waited for when it opens, longer the first time than when its window comes into sight again', () => {
    const opened = run({ type: 'opened', atMs: 10 });
    expect(isOverdue(opened, pictures, 9_000)).toBe(false);
    expect(isOverdue(opened, pictures, 10_100)).toBe(true);
    const seenAgain = [{ type: 'hidden', atMs: 30 } as const, { type: 'visible', atMs: 40 } as const].reduce(
      nextStreamLife,
      live,
    );
    expect(isOverdue(seenAgain, pictures, 2_100)).toBe(true);
    // Its next key picture is known to be further away.
    expect(isOverdue(seenAgain, pictures, 4_900, 4_000)).toBe(false);
    expect(isOverdue(seenAgain, pictures, 5_100, 4_000)).toBe(true);
    expect(isOverdue(seenAgain, pictures, 10_100, 30_000)).toBe(true);
  });
});
