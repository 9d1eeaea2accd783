import { describe, expect, it } from 'vitest';
import { createFrameTap, type FrameTap, type TapFacts } from '../../renderer/media/frame-tap.ts';

const mimeType = 'video/H264';
const intervalMs = 100;

/** A picture in Annex B: what cameras put before it, then one slice with this content. */
function picture(key: boolean, content: number, clock = 0): ArrayBuffer {
  const sei = [0, 0, 0, 1, 6, clock & 255, clock >> 8];
  return new Uint8Array([...sei, 0, 0, 1, key ? 0x65 : 0x41, content & 255, (content >> 8) & 255, content >> 16]).buffer;
}

/** A camera in front of a tap: 10 pictures a second, told by GOPs. */
function camera() {
  const tap: FrameTap = createFrameTap();
  let sent = 0;
  let nowMs = 1_000;
  /** `hurried`: all in the same instant, as when a gateway sends a GOP again. */
  const gop = (contents: readonly number[], hurried = false): TapFacts => {
    for (const [index, content] of contents.entries()) {
      const key = index === 0 ? { rtpTimestamp: (sent * intervalMs * 90) >>> 0, mimeType } : null;
      tap.see(picture(key !== null, content, sent), key, nowMs);
      sent += 1;
      if (!hurried) nowMs += intervalMs;
    }
    return tap.facts();
  };
  return { tap, gop, nowMs: () => nowMs };
}
let fresh = 1;
const moving = (length = 10): number[] => Array.from({ length }, () => (fresh += 1));

describe('the tap', () => {
  it('counts pictures, key pictures and bytes, and tells the distance of key pictures by the camera’s clock', () => {
    const { gop, nowMs } = camera();
    expect(gop(moving())).toMatchObject({ frames: 10, keys: 1, gopMs: null, lastKeyMs: 1_000, lastMs: 1_900 });
    gop(moving());
    expect(gop(moving(5))).toMatchObject({
      frames: 25,
      keys: 3,
      bytes: 25 * 14,
      gopMs: 1_000,
      lastChangeMs: nowMs() - intervalMs,
    });
  });

  it('tells the distance of key pictures across the wrap of the clock (RFC 3550 §5.1)', () => {
    const tap = createFrameTap();
    tap.see(picture(true, 1), { rtpTimestamp: 2 ** 32 - 90_000, mimeType }, 0);
    tap.see(picture(true, 2), { rtpTimestamp: 90_000, mimeType }, 2_000);
    expect(tap.facts().gopMs).toBe(2_000);
  });

  it('finds no repeat and constant change in a moving picture', () => {
    const { gop, nowMs } = camera();
    for (let count = 0; count < 40; count += 1) {
      expect(gop(moving())).toMatchObject({ keyRepeats: 0, sequenceRepeats: 0, lastChangeMs: nowMs() - intervalMs });
    }
  });

  it('finds a frozen encoder by its key pictures although its clock goes on in them, and that it moves again', () => {
    const { gop } = camera();
    gop(moving());
    const still = [70_000, 70_001, 70_002, 70_003, 70_004, 70_005];
    const first = gop(still);
    expect(first).toMatchObject({ keyRepeats: 0, sequenceRepeats: 0 });
    gop(still);
    expect(gop(still)).toMatchObject({ keyRepeats: 2, sequenceRepeats: 1, lastChangeMs: first.lastChangeMs });
    // At its first new key picture: what was frozen must not be called a loop meanwhile.
    expect(gop(moving(3))).toMatchObject({ keyRepeats: 0, sequenceRepeats: 0 });
  });

  it('finds it too where the encoder numbers its key pictures alternately (idr_pic_id)', () => {
    const { gop } = camera();
    const [odd, even] = [
      [80_001, 5, 6],
      [80_002, 5, 6],
    ];
    gop(odd);
    gop(even);
    gop(odd);
    expect(gop(even)).toMatchObject({ keyRepeats: 2, sequenceRepeats: 1 });
  });

  it('finds a looping filler picture of several GOPs', () => {
    const { gop } = camera();
    const loop = [moving(), moving(), moving(), moving()];
    for (const each of loop) gop(each);
    for (const each of loop) gop(each);
    expect(gop(loop[0] ?? [])).toMatchObject({ keyRepeats: 0, sequenceRepeats: 4 });
  });

  it('takes a GOP that was sent again on demand for no repeat', () => {
    const { gop, tap } = camera();
    gop(moving(20));
    const asked = moving(20);
    gop(asked.slice(0, 12));
    gop(asked.slice(0, 12), true);
    for (const content of asked.slice(12)) tap.see(picture(false, content), null, 9_000);
    expect(tap.facts()).toMatchObject({ keyRepeats: 0, gopMs: 2_000 });
    expect(gop(moving(20))).toMatchObject({ keyRepeats: 0, sequenceRepeats: 0 });
  });

  it('finds a frozen encoder that sends key pictures only', () => {
    const { gop } = camera();
    gop(moving(1));
    let repeats = 0;
    for (let count = 0; count < 20; count += 1) repeats = gop([90_000]).keyRepeats;
    expect(repeats).toBeGreaterThan(0);
    expect(gop(moving(1))).toMatchObject({ keyRepeats: 0 });
  });

  it('takes even a GOP that was sent again before it went on for no repeat', () => {
    const { gop } = camera();
    gop(moving(20));
    const begun = moving(2);
    gop(begun);
    gop(begun, true);
    expect(gop([...begun, ...moving(18)])).toMatchObject({ keyRepeats: 0, sequenceRepeats: 0 });
    expect(gop(moving(20))).toMatchObject({ keyRepeats: 0, sequenceRepeats: 0 });
  });

  it('tells how much moves between key pictures', () => {
    const tap = createFrameTap();
    const send = (bytes: number, key: boolean, atMs: number) =>
      tap.see(new ArrayBuffer(bytes), key ? { rtpTimestamp: atMs * 90, mimeType } : null, atMs);
    send(1_000, true, 0);
    send(30, false, 100);
    send(50, false, 200);
    expect(tap.facts().deltaShare).toBeNull();
    send(1_000, true, 300);
    expect(tap.facts().deltaShare).toBeCloseTo(0.04);
    send(1_000, true, 400);
    expect(tap.facts().deltaShare).toBeNull();
  });

  it('calls a still scene with a moving shadow neither frozen nor unchanged', () => {
    const { gop, nowMs } = camera();
    const scene = () => [...moving(1), 1, 1, 1, ...moving(1), 1];
    gop(scene());
    for (let count = 0; count < 20; count += 1) {
      expect(gop(scene())).toMatchObject({ keyRepeats: 0, sequenceRepeats: 0, lastChangeMs: nowMs() - 2 * intervalMs });
    }
  });

  it('knows nothing before the first picture, and of a stream without key pictures only that it moves', () => {
    const tap = createFrameTap();
    expect(tap.facts()).toMatchObject({ frames: 0, keys: 0, lastKeyMs: null, gopMs: null, lastChangeMs: null });
    tap.see(new ArrayBuffer(0), null, 5);
    expect(tap.facts()).toMatchObject({ frames: 1, keys: 0, keyRepeats: 0, lastChangeMs: 5 });
  });
});
