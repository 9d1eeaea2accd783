import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRingIndex, type NewPicture, type RingIndex } from '../../core/rewind/ring-index.ts';

const format = { mimeType: 'video/H264', width: 640, height: 360 };

function picture(key: boolean, arrivedMs: number, bytes = 100): NewPicture {
  return { bytes, rtpTimestamp: (arrivedMs * 90) >>> 0, key: key ? format : null, arrivedMs };
}

/** Groups of `length` pictures, `everyMs` apart. */
function filled(groups: number, length = 5, everyMs = 100): RingIndex {
  const index = createRingIndex();
  for (let at = 0; at < groups * length; at += 1) index.add(picture(at % length === 0, at * everyMs));
  return index;
}

describe('the index of a ring', () => {
  it('begins with a key picture', () => {
    const index = createRingIndex();
    expect(index.add(picture(false, 0))).toBeNull();
    expect(index.add(picture(true, 100))).toMatchObject({ sequence: 0, offset: 0, stretch: 1 });
    expect(index.add(picture(false, 200))).toMatchObject({ sequence: 1, offset: 100, stretch: 1, key: null });
  });

  it('says from which key picture on a moment can be shown, and what was shown then', () => {
    const index = filled(4);
    expect(index.keyFor(1_249)?.sequence).toBe(10);
    expect(index.shownAt(1_249)?.sequence).toBe(12);
    expect(index.keyFor(-5)?.sequence).toBe(0);
    expect(index.shownAt(-5)?.sequence).toBe(0);
    expect(index.shownAt(1e9)?.sequence).toBe(19);
    expect(createRingIndex().keyFor(0)).toBeNull();
    expect(createRingIndex().shownAt(0)).toBeNull();
  });

  it('forgets whole groups from the old end', () => {
    const index = filled(3);
    expect(index.oldestEnd()).toEqual({ sequence: 5, atMs: 500 });
    expect(index.dropOldest()).toBe(500);
    expect([index.first(), index.bytes(), index.at(4), index.at(5)?.key]).toEqual([5, 1_000, null, format]);
    index.dropOldest();
    expect(index.oldestEnd()).toEqual({ sequence: 15, atMs: 1_400 });
    expect(index.dropOldest()).toBe(1_500);
    expect([index.bytes(), index.oldestEnd()]).toEqual([0, null]);
    expect(index.add(picture(false, 2_000))).toBeNull();
    expect(index.add(picture(true, 2_100))).toMatchObject({ sequence: 15, offset: 1_500 });
  });

  it('goes on after a cut with a key picture only, in another stretch', () => {
    const index = filled(1);
    index.cut();
    expect(index.add(picture(false, 600))).toBeNull();
    expect(index.add(picture(true, 700))?.stretch).toBe(2);
  });

  it('keeps its order where a clock is set back', () => {
    const index = filled(1);
    expect(index.add(picture(false, 50))?.arrivedMs).toBe(400);
  });

  it('never has a picture whose group’s key picture it has not, whatever comes and goes', () => {
    const step = fc.oneof(
      {
        weight: 8,
        arbitrary: fc.record({ t: fc.constant('add' as const), key: fc.boolean(), bytes: fc.nat(5_000), ms: fc.nat(200) }),
      },
      { weight: 1, arbitrary: fc.constant({ t: 'drop' as const }) },
      { weight: 1, arbitrary: fc.constant({ t: 'cut' as const }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const index = createRingIndex();
        let nowMs = 0;
        let freeBefore = 0;
        for (const each of steps) {
          if (each.t === 'cut') index.cut();
          else if (each.t === 'drop') freeBefore = index.dropOldest();
          else index.add(picture(each.key, (nowMs += each.ms), each.bytes));
          let [bytes, end] = [0, freeBefore];
          const kept = Array.from({ length: index.next() - index.first() }, (_, at) => index.at(index.first() + at));
          for (const [at, one] of kept.entries()) {
            const before = kept[at - 1];
            if (one === null) throw new Error('a picture is missing');
            // The first of all, and the first of each stretch, leans on none.
            if (!before || before.stretch !== one.stretch) expect(one.key).not.toBeNull();
            if (before) expect(one.arrivedMs).toBeGreaterThanOrEqual(before.arrivedMs);
            expect(one.offset).toBeGreaterThanOrEqual(end);
            end = one.offset + one.bytes;
            bytes += one.bytes;
            const [key, shown] = [index.keyFor(one.arrivedMs), index.shownAt(one.arrivedMs)];
            expect(key?.key).not.toBeNull();
            expect(shown?.sequence ?? -1).toBeGreaterThanOrEqual(key?.sequence ?? 0);
          }
          expect(index.bytes()).toBe(bytes);
          expect(index.groups()).toBe(kept.filter((one) => one?.key).length);
        }
      }),
    );
  });
});
