import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostRingBytes, mostRings } from '../../core/rewind/ring-rules.ts';
import type { RingStore } from '../../renderer/media/ring-store.ts';
import { createRingBytes, createSlabShelf, slabBytes } from '../../renderer/media/ring-slabs.ts';
import { bytesOf, feeding } from './feeding.ts';

const minute = 60_000;
const limits = { mostMs: 2 * minute, mostBytes: 512 * 1024 * 1024 };
const a = '/whep/a/main';
const b = '/whep/b/main';

const ringOf = (store: RingStore, source: string, nowMs = 0) => store.measure(nowMs).rings.find((ring) => ring.source === source);

describe('the bytes of a ring', () => {
  it('come out as they went in, whatever their sizes and however many were freed', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ size: fc.nat(3 * slabBytes), keep: fc.nat(4) }), { maxLength: 20 }), (steps) => {
        const shelf = createSlabShelf();
        const ring = createRingBytes(shelf);
        let end = 0;
        let kept: { readonly offset: number; readonly bytes: Uint8Array }[] = [];
        for (const [at, { size, keep }] of steps.entries()) {
          const bytes = new Uint8Array(size).map((_, place) => (place * 7 + at * 31) & 255);
          ring.append(bytes);
          kept.push({ offset: end, bytes });
          end += size;
          kept = kept.slice(-1 - keep);
          const first = kept[0]?.offset ?? end;
          ring.freeBefore(first);
          for (const one of kept) {
            const copy = new Uint8Array(one.bytes.length);
            ring.copy(one.offset, copy);
            expect(Buffer.compare(copy, one.bytes)).toBe(0);
          }
          expect(shelf.inUse()).toBeLessThanOrEqual(end - first + 2 * slabBytes);
        }
        ring.clear();
        expect(shelf.inUse()).toBe(0);
      }),
      { numRuns: 10 },
    );
  });
});

describe('the rings of a window', () => {
  it('reach two minutes back, to the beginning of a group', () => {
    const { store, run } = feeding(limits);
    run(1, a, 3 * minute);
    const ring = ringOf(store, a);
    expect(ring?.toMs).toBe(3 * minute - 100);
    const lengthMs = (ring?.toMs ?? 0) - (ring?.fromMs ?? 0);
    expect(lengthMs).toBeGreaterThanOrEqual(2 * minute - 100);
    expect(lengthMs).toBeLessThanOrEqual(2 * minute + 1_000);
  });

  it('take little more than their pictures', () => {
    const { store, run } = feeding(limits);
    for (let line = 1; line <= 4; line += 1) run(line, `/whep/${line}/main`, 2 * minute, { bytes: 4_000 });
    const measures = store.measure(0);
    const bytes = measures.rings.reduce((sum, ring) => sum + ring.bytes, 0);
    expect(measures.allocatedBytes / bytes).toBeLessThan(1.1);
  });

  it('give what was kept, byte for byte, from the key picture that is needed on, and go on where they ended', () => {
    const { store, run } = feeding(limits);
    const put = run(1, a, 10_000);
    const first = store.batch(a, { momentMs: 3_250 }, 3_550, 10_000);
    expect(first).toMatchObject({ source: a, lost: 0, next: 36, more: false, measure: { fromMs: 0, toMs: 9_900 }, shown: true });
    expect(first?.pictures.map(({ sequence, arrivedMs }) => [sequence, arrivedMs])).toEqual(
      [30, 31, 32, 33, 34, 35].map((sequence) => [sequence, sequence * 100]),
    );
    for (const { sequence, offset, bytes } of first?.pictures ?? []) {
      expect(bytesOf(first?.data.slice(offset, offset + bytes))).toEqual(bytesOf(put[sequence]?.data));
    }
    const second = store.batch(a, { sequence: 36 }, Number.POSITIVE_INFINITY, 10_000);
    expect(second?.pictures.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 64 }, (_, at) => 36 + at));
    expect(store.batch(b, { momentMs: 0 }, 1_000, 10_000)).toBeNull();
  });

  it('hand over no more at once than some megabytes, and always one picture', () => {
    const { store, run } = feeding(limits);
    run(1, a, 1_000, { bytes: 3 * 1024 * 1024 });
    const first = store.batch(a, { momentMs: 0 }, 1_000, 1_000);
    expect([first?.pictures.length, first?.more, first?.next]).toEqual([1, true, 1]);
  });

  it('never mix two cameras that one connection shows in turn; the one that left keeps its own until it is too old', () => {
    const { store, run, passMs } = feeding(limits);
    run(1, a, 5_000);
    run(1, b, 5_000);
    run(1, a, 5_000);
    const of = (source: string) => store.batch(source, { momentMs: 0 }, Number.POSITIVE_INFINITY, 0)?.pictures ?? [];
    expect(of(a).map(({ arrivedMs }) => arrivedMs < 5_000 || arrivedMs >= 10_000)).toEqual(
      Array.from({ length: 100 }, () => true),
    );
    expect(new Set(of(a).map(({ stretch }) => stretch))).toEqual(new Set([1, 2]));
    expect(of(b).map(({ arrivedMs }) => Math.floor(arrivedMs / 5_000))).toEqual(Array.from({ length: 50 }, () => 1));
    expect([ringOf(store, a)?.shown, ringOf(store, b)?.shown]).toEqual([true, false]);
    passMs(2 * minute - 6_000);
    expect(ringOf(store, b)).toBeDefined();
    passMs(6_000);
    expect(ringOf(store, b)).toBeUndefined();
  });

  it('leave out what leans on a picture of another connection', () => {
    const { store, put } = feeding(limits);
    expect(put(1, a, true)).toBe('kept');
    store.leave(1);
    expect(put(2, a, false)).toBe('key-wanted');
    expect(put(2, a, true)).toBe('kept');
    expect(store.batch(a, { sequence: 0 }, 1e9, 0)?.pictures.map(({ stretch }) => stretch)).toEqual([1, 2]);
  });

  it('keep the pictures of one of two connections that bring the same stream, and of the other one when it stops', () => {
    const { put, passMs } = feeding(limits);
    expect([put(1, a, true), put(2, a, true), put(1, a, false), put(2, a, false)]).toEqual([
      'kept',
      'left out',
      'kept',
      'left out',
    ]);
    passMs(1_000);
    expect([put(2, a, false), put(2, a, true), put(1, a, true)]).toEqual(['left out', 'kept', 'left out']);
  });

  it('reckon when pictures were taken from one that was told, across the wrap of RTP’s clock (RFC 3550 §5.1)', () => {
    const { store, put } = feeding(limits, 2 ** 32 - 90 * 150);
    for (let at = 0; at < 4; at += 1) put(1, a, at === 0);
    const told = () => store.batch(a, { momentMs: 0 }, 1e9, 0)?.pictures.map(({ takenUtcMs }) => takenUtcMs);
    expect(told()).toEqual([null, null, null, null]);
    store.taken(1, 90 * 50, 5_000);
    expect(told()).toEqual([4_800, 4_900, 5_000, 5_100]);
    // Of another clock: nothing of this stretch was there so long ago.
    store.taken(1, 2 ** 31, 9_000);
    expect(told()).toEqual([4_800, 4_900, 5_000, 5_100]);
  });

  it('stay within their budget: the least important give way, down to some seconds of each', () => {
    const { store, put, passMs } = feeding({ ...limits, mostBytes: 160 * slabBytes });
    store.matter(1, 5);
    store.matter(2, 1);
    for (let at = 0; at < 600; at += 1) {
      put(1, a, at % 10 === 0, 10_000);
      put(2, b, at % 10 === 0, 10_000);
      passMs(100);
    }
    const lengthOf = (source: string) => (ringOf(store, source)?.toMs ?? 0) - (ringOf(store, source)?.fromMs ?? 0);
    expect(store.measure(0).allocatedBytes).toBeLessThanOrEqual((160 + 64) * slabBytes);
    expect(lengthOf(b)).toBeLessThan(16_000);
    expect(lengthOf(b)).toBeGreaterThanOrEqual(14_000);
    expect(lengthOf(a)).toBeGreaterThan(25_000);
  });

  it('drop a camera’s endless group rather than grow for ever', () => {
    const { store, put } = feeding(limits);
    const large = 8 * 1024 * 1024;
    expect(put(1, a, true, large)).toBe('kept');
    for (let at = 0; at < mostRingBytes / large; at += 1) put(1, a, false, large);
    expect(ringOf(store, a)?.bytes).toBe(0);
    expect(put(1, a, false, large)).toBe('key-wanted');
  });

  it('keep what somebody is still to read', () => {
    const { store, run, passMs } = feeding(limits);
    run(1, a, 10_000);
    const reader = {};
    store.hold(a, reader, 50);
    run(1, a, 3 * minute);
    expect(ringOf(store, a)?.first).toBe(50);
    store.leave(1);
    passMs(5 * minute);
    expect(ringOf(store, a)?.first).toBe(50);
    store.hold(a, reader, null);
    passMs(5_000);
    expect(ringOf(store, a)).toBeUndefined();
  });

  it('are not more than can be counted on, and none where nothing is to be kept', () => {
    const { store, put } = feeding(limits);
    for (let line = 0; line < mostRings + 5; line += 1) {
      put(line, `/whep/${line}/main`, true);
      store.leave(line);
    }
    expect(store.measure(0).rings.length).toBe(mostRings);
    store.limit({ ...limits, mostBytes: 0 });
    expect(store.measure(0).rings).toEqual([]);
    expect(put(1, a, true)).toBe('left out');
  });
});
