import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createConsideredStreams } from '../../renderer/features/wall/considered-streams.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What is asked of the pool: `+` is made ready, `-` ended. */
function start() {
  const asked: string[] = [];
  const streams = createConsideredStreams({
    prepare: (_wish, paths, keepMs) => void asked.push(paths.length > 0 ? `+${paths.join()} ${keepMs}` : '-'),
  });
  return { asked, streams };
}

describe('what somebody may show next in a window', () => {
  it('is made ready once, and ended some seconds after it is not considered any more', () => {
    const { asked, streams } = start();
    streams.tell(['a']);
    streams.tell(['a']);
    expect(asked).toEqual(['+a 30000']);
    streams.tell([]);
    vi.advanceTimersByTime(2_999);
    expect(asked).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(asked.slice(1)).toEqual(['-']);
    streams.tell(['a']);
    expect(asked.slice(2)).toEqual(['+a 30000']);
  });

  it('is kept where the pointer comes back to it in time', () => {
    const { asked, streams } = start();
    streams.tell(['a']);
    streams.tell([]);
    vi.advanceTimersByTime(2_000);
    streams.tell(['a']);
    vi.advanceTimersByTime(20_000);
    expect(asked).toEqual(['+a 30000']);
  });

  it('is never more than two cameras: the one that was left first ends for the third', () => {
    const { asked, streams } = start();
    streams.tell(['a']);
    streams.tell(['b']);
    expect(asked).toEqual(['+a 30000', '+b 30000']);
    streams.tell(['c']);
    expect(asked.slice(2)).toEqual(['+c 30000', '-']);
    vi.advanceTimersByTime(3_000);
    expect(asked.slice(4)).toEqual(['-']);
  });

  it('ends with the window', () => {
    const { asked, streams } = start();
    streams.tell(['a', 'b']);
    streams.close();
    vi.advanceTimersByTime(60_000);
    expect(asked).toEqual(['+a 30000', '+b 30000', '-', '-']);
  });
});
