import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createKeyAsking } from '../../renderer/media/key-asking.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('asking for a key picture', () => {
  it('asks at once, and again each half second until one comes', () => {
    const send = vi.fn<() => void>();
    const asking = createKeyAsking(send);
    asking.ask();
    expect(send).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1_100);
    expect(send).toHaveBeenCalledTimes(3);
    asking.answered();
    vi.advanceTimersByTime(5_000);
    expect(send).toHaveBeenCalledTimes(3);
  });

  it('never asks twice within half a second, however often it is told to', () => {
    const send = vi.fn<() => void>();
    const asking = createKeyAsking(send);
    for (let count = 0; count < 10; count += 1) {
      asking.ask();
      asking.answered();
      vi.advanceTimersByTime(49);
    }
    expect(send).toHaveBeenCalledTimes(1);
    asking.ask();
    vi.advanceTimersByTime(500);
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('gives a source up that never answers', () => {
    const send = vi.fn<() => void>();
    createKeyAsking(send).ask();
    vi.advanceTimersByTime(60_000);
    expect(send).toHaveBeenCalledTimes(10);
    expect(vi.getTimerCount()).toBe(0);
  });
});
