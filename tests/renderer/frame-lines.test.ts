import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FrameLine } from '../../renderer/media/frame-lines.ts';
import { createFrameLines } from '../../renderer/media/frame-lines.ts';
import type { LineNews, LineOptions, LineOrder, PageOrder } from '../../renderer/media/frame-messages.ts';
import type { TapFacts } from '../../renderer/media/frame-tap.ts';
import { createStreamSight } from '../../renderer/media/stream-sight.ts';

const facts: TapFacts = {
  frames: 1,
  keys: 1,
  bytes: 1,
  lastMs: 1,
  lastKeyMs: 1,
  gopMs: null,
  keyRepeats: 0,
  sequenceRepeats: 0,
  lastChangeMs: 1,
  deltaShare: null,
  mostDeltaShare: null,
  keyChanges: 0,
};

/** A page whose worker is played by the test. */
function page() {
  const orders: (LineOrder | PageOrder)[] = [];
  const made: LineOptions[] = [];
  let started = 0;
  let hear: (news: LineNews) => void = () => {};
  let fail = (): void => {};
  const transform = { pretended: true };
  const lines = createFrameLines(() => {
    started += 1;
    return {
      transform(options) {
        made.push(options);
        return transform;
      },
      tell: (order) => void orders.push(order),
      listen(listener) {
        hear = listener;
      },
      onFailure(listener) {
        fail = listener;
      },
    };
  }, 77);
  const receiver: { transform: RTCRtpReceiver['transform'] } = { transform: null };
  // What a line does with a receiver is to set its transform.
  const tapOrNot = () => lines.tap(receiver as RTCRtpReceiver);
  const tap = (): FrameLine => {
    const line = tapOrNot();
    if (!line) throw new Error('no line');
    return line;
  };
  return {
    tap,
    tapOrNot,
    fail: () => fail(),
    orders,
    made,
    started: () => started,
    hear: (news: LineNews) => hear(news),
    receiver,
    transform,
  };
}

describe('the lines of a page', () => {
  it('share one worker, which starts with the first', () => {
    const { tap, made, started, receiver, transform } = page();
    expect(started()).toBe(0);
    tap();
    tap();
    expect(started()).toBe(1);
    expect(receiver.transform).toBe(transform);
    expect(made.map(({ line, originMs, gait }) => [line, originMs, gait])).toEqual([
      [1, 77, 'full'],
      [2, 77, 'full'],
    ]);
  });

  it('keep what was told of each, and nothing of one that has ended', () => {
    const { tap, hear } = page();
    const [one, two] = [tap(), tap()];
    expect(two.facts()).toBeNull();
    hear([{ line: 2, facts }]);
    expect([one.facts(), two.facts()]).toEqual([null, facts]);
    two.end();
    hear([{ line: 2, facts }]);
    expect(two.facts()).toBeNull();
  });

  it('try a worker anew that cannot be loaded, and do without after the third', () => {
    const { tap, tapOrNot, fail, started, receiver } = page();
    for (let count = 1; count <= 3; count += 1) {
      tap();
      expect(started()).toBe(count);
      fail();
    }
    receiver.transform = null;
    expect(tapOrNot()).toBeNull();
    expect([started(), receiver.transform]).toEqual([3, null]);
  });

  it('keep a worker that was there and complains', () => {
    const { tap, fail, hear, started } = page();
    tap();
    hear([]);
    fail();
    tap();
    expect(started()).toBe(1);
  });

  it('forget what was told of a source that another one takes the place of', () => {
    const { tap, hear, orders } = page();
    const line = tap();
    hear([{ line: 1, facts }]);
    line.renew();
    expect(line.facts()).toBeNull();
    line.end();
    line.renew();
    expect(orders).toEqual([
      { t: 'renew', line: 1 },
      { t: 'end', line: 1 },
    ]);
  });

  it('tell the worker of each change of gait once, and of nothing after the end', () => {
    const { tap, orders } = page();
    const line = tap();
    line.walk('full');
    line.walk('asleep');
    line.walk('asleep');
    line.walk('keys');
    line.ask();
    line.end();
    line.end();
    line.walk('full');
    line.ask();
    expect(orders).toEqual([
      { t: 'gait', line: 1, gait: 'asleep', waits: false },
      { t: 'gait', line: 1, gait: 'keys', waits: false },
      { t: 'ask', line: 1 },
      { t: 'end', line: 1 },
    ]);
  });
});

describe('a stream’s sight', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function sight(windowHidden = false) {
    const walked: string[] = [];
    const hidden: boolean[] = [];
    const made = createStreamSight({ windowHidden, onHidden: (now) => void hidden.push(now) });
    const rest = { ask() {}, facts: () => null, renew() {}, own() {}, taken() {}, matter() {}, end() {} };
    const line: FrameLine = { walk: (gait) => void walked.push(gait), ...rest };
    made.lead(line);
    return { sight: made, walked, hidden, line };
  }

  it('lets a covered stream sleep after a second, and wakes it at once', () => {
    const { sight: seen, walked, hidden } = sight();
    seen.wishes.setCovered(true);
    expect([hidden, seen.facts().gait]).toEqual([[true], 'full']);
    vi.advanceTimersByTime(1_000);
    expect(seen.facts().gait).toBe('asleep');
    seen.wishes.setCovered(false);
    expect(seen.facts().gait).toBe('full');
    expect(walked).toEqual(['full', 'asleep', 'full']);
    expect(seen.wakings()).toBe(1);
    seen.lead(null);
    expect(seen.wakings()).toBe(0);
    expect(hidden).toEqual([true, false]);
  });

  it('does not let one sleep that was covered for a glance only', () => {
    const { sight: seen, walked } = sight();
    seen.wishes.setCovered(true);
    vi.advanceTimersByTime(900);
    seen.wishes.setCovered(false);
    vi.advanceTimersByTime(5_000);
    expect(walked).not.toContain('asleep');
  });

  it('is hidden while either its window or its tile is, and tells of each change once', () => {
    const { sight: seen, hidden } = sight();
    seen.wishes.setCovered(true);
    seen.setWindowHidden(true);
    seen.wishes.setCovered(false);
    vi.advanceTimersByTime(1_000);
    expect([hidden, seen.facts().gait]).toEqual([[true], 'asleep']);
    seen.setWindowHidden(false);
    expect([hidden, seen.facts().gait]).toEqual([[true, false], 'full']);
  });

  it('goes at key pictures or rests as a still where more is not allowed, and is patient with what then comes', () => {
    const { sight: seen, walked, hidden } = sight();
    seen.wishes.setMost('keys');
    expect([seen.facts().gait, seen.rests(), hidden]).toEqual(['keys', false, []]);
    expect(seen.patienceMs()).toBeGreaterThan(4_000);
    seen.wishes.setMost('asleep');
    expect([seen.facts().gait, seen.rests(), hidden]).toEqual(['asleep', true, [true]]);
    seen.wishes.setCovered(true);
    expect([seen.rests(), hidden]).toEqual([false, [true, true]]);
    seen.wishes.setCovered(false);
    seen.wishes.setMost('full');
    // Until its next key picture has come.
    expect(seen.patienceMs()).toBeGreaterThan(4_000);
    vi.advanceTimersByTime(20_000);
    expect([seen.patienceMs(), seen.rests(), hidden]).toEqual([0, false, [true, true, true, false]]);
    expect(walked).toEqual(['full', 'keys', 'asleep', 'full']);
  });

  it.each([
    [1_000, [true]],
    [10_000, [false]],
    [null, [false]],
  ])('steps up from key pictures every %s ms and waits for the next one only where it is near', (gopMs, expected) => {
    const { sight: seen, line } = sight();
    const waited: (boolean | undefined)[] = [];
    seen.wishes.setMost('keys');
    seen.lead({ ...line, walk: (_, waits) => void waited.push(waits), facts: () => ({ ...facts, gopMs }) });
    seen.wishes.setMost('full');
    expect(waited.slice(1)).toEqual(expected);
  });

  it('waits for nothing when it wakes', () => {
    const { sight: seen, line } = sight(true);
    const waited: (boolean | undefined)[] = [];
    seen.lead({ ...line, walk: (_, waits) => void waited.push(waits), facts: () => ({ ...facts, gopMs: 1_000 }) });
    seen.setWindowHidden(false);
    expect(waited.slice(1)).toEqual([false]);
  });

  it('lets a connection that is made anew sleep too, and none wake after the end', () => {
    const { sight: seen, walked, line } = sight(true);
    expect(walked).toEqual(['asleep']);
    seen.lead(null);
    seen.lead(line);
    expect(walked).toEqual(['asleep', 'asleep']);
    seen.setWindowHidden(false);
    seen.setWindowHidden(true);
    seen.close();
    vi.advanceTimersByTime(5_000);
    expect(vi.getTimerCount()).toBe(0);
    expect(walked).toEqual(['asleep', 'asleep', 'full']);
  });
});
