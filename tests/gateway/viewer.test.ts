import { describe, expect, it } from 'vitest';
import { markCount } from '../../core/streams/session-wish.ts';
import type { ViewerPorts } from '../../main/gateway/viewer.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { camera, watch, steps, pli } from './watched-camera.ts';

describe('a viewer', () => {
  it('begins with the cached pictures a millisecond apart, and goes on at the live pace', () => {
    const clock = createFakeClock();
    const one = camera(clock);
    one.play(10, true);
    const { viewer, sent } = watch(clock, one.line);
    viewer.start();
    one.play(2);
    expect(sent.map(({ key }) => key)).toEqual([true, ...Array.from({ length: 11 }, () => false)]);
    // The last bits are the mark's.
    const apart = [...Array.from({ length: 9 }, () => 90), 3_600, 3_600];
    for (const [index, step] of steps(sent).entries()) expect(Math.abs(step - (apart[index] ?? 0))).toBeLessThan(markCount);
  });

  it('is told with each key picture, and only then, how long pictures may wait, where it asked for that', () => {
    const told = (playoutDelay: ViewerPorts['playoutDelay']) => {
      const clock = createFakeClock();
      const one = camera(clock);
      one.play(3, true);
      const { viewer, extended } = watch(clock, one.line, playoutDelay);
      viewer.start();
      one.play(3, true);
      return extended();
    };
    expect(told({ id: 6, minMs: 0, maxMs: 500 })).toBe(2);
    expect(told(null)).toBe(0);
  });

  it('who comes where nothing is cached waits for a key picture', () => {
    const clock = createFakeClock();
    const one = camera(clock);
    one.play(3);
    const { viewer, sent } = watch(clock, one.line);
    viewer.start();
    one.play(3);
    expect(sent).toEqual([]);
    one.play(2, true);
    expect(sent.map(({ key }) => key)).toEqual([true, false]);
  });

  it('sees nothing undecodable after a camera came back', () => {
    const clock = createFakeClock();
    const one = camera(clock);
    const { viewer, sent } = watch(clock, one.line);
    viewer.start();
    one.play(3, true);
    one.sources.ends('camera-unreachable');
    clock.pass(2_000);
    one.sources.opens();
    one.play(2);
    expect(sent).toHaveLength(3);
    one.play(2, true);
    expect(sent.map(({ key }) => key)).toEqual([true, false, false, true, false]);
    // Two dead seconds and what came after them lie between.
    expect(steps(sent)[2]).toBeGreaterThan(2_000 * 90);
  });

  it('switched to another camera goes on with sequence and time', () => {
    const clock = createFakeClock();
    const [one, two] = [camera(clock), camera(clock)];
    const { viewer, sent } = watch(clock, one.line);
    viewer.start();
    one.play(5, true);
    two.play(200, true);
    const before = sent.length;
    viewer.show(two.line, 5);
    expect(sent.slice(before)).toHaveLength(200);
    // The last bits say whose picture it is.
    expect(new Set(sent.slice(0, before).map(({ timestamp }) => timestamp % markCount))).toEqual(new Set([0]));
    expect(new Set(sent.slice(before).map(({ timestamp }) => timestamp % markCount))).toEqual(new Set([5]));
    expect(sent[before]?.key).toBe(true);
    two.play(3);
    one.play(3);
    expect(sent).toHaveLength(before + 203);
    for (const step of steps(sent)) expect(step).toBeGreaterThan(0);
    const [first, last] = [sent[0]?.sequence ?? 0, sent.at(-1)?.sequence ?? 0];
    // Each key picture has one packet of parameter sets before it.
    expect((last - first) & 0xffff).toBe(sent.length - 1 + 1);
  });

  it('shows nothing until it is given a line, and nothing again where that is taken from it', () => {
    const clock = createFakeClock();
    const [one, two] = [camera(clock), camera(clock)];
    const { viewer, sent } = watch(clock, null);
    expect(viewer.isOpen()).toBe(false);
    viewer.start();
    viewer.report();
    viewer.feedback(pli());
    expect([viewer.isOpen(), sent]).toEqual([true, []]);
    viewer.show(one.line, 1);
    one.play(2);
    expect(sent).toEqual([]);
    one.play(3, true);
    expect(sent).toHaveLength(3);
    viewer.show(null, 2);
    one.play(3);
    expect(sent).toHaveLength(3);
    two.play(2, true);
    viewer.show(two.line, 3);
    expect(sent.map(({ timestamp }) => timestamp % markCount)).toEqual([1, 1, 1, 3, 3]);
    for (const step of steps(sent)) expect(step).toBeGreaterThan(0);
  });

  it('marks the same pictures anew when it is told to', () => {
    const clock = createFakeClock();
    const one = camera(clock);
    const { viewer, sent } = watch(clock, one.line);
    viewer.start();
    one.play(2, true);
    viewer.mark(7);
    one.play(2);
    expect(sent.map(({ timestamp }) => timestamp % markCount)).toEqual([0, 0, 7, 7]);
    for (const step of steps(sent)) expect(Math.abs(step - 3_600)).toBeLessThan(markCount);
  });

  it('that cannot decode is given the cached pictures again, before the next one, and not at each cry', () => {
    const clock = createFakeClock();
    const one = camera(clock);
    const { viewer, sent } = watch(clock, one.line);
    viewer.start();
    one.play(10, true);
    clock.pass(10);
    viewer.feedback(pli());
    viewer.feedback(pli());
    expect(sent).toHaveLength(20);
    one.play(1);
    for (const step of steps(sent)) expect(step).toBeGreaterThan(0);
    expect(sent).toHaveLength(21);
    one.play(14);
    viewer.feedback(pli());
    clock.pass(30);
    viewer.feedback(pli());
    expect(sent).toHaveLength(35 + 25);
  });

  it('that decodes nothing on purpose is not sent everything each time its browser cries', () => {
    const clock = createFakeClock();
    const one = camera(clock);
    const { viewer, sent } = watch(clock, one.line);
    viewer.start();
    for (let second = 0; second < 60; second += 1) {
      one.play(25, true);
      if (second % 3 === 2) viewer.feedback(pli());
    }
    // Once in 20 seconds a whole group again.
    expect(sent).toHaveLength(60 * 25 + 3 * 25);
    clock.pass(30);
    viewer.feedback(pli());
    expect(sent).toHaveLength(60 * 25 + 4 * 25);
  });

  it('is shown no cached picture that is not the present any more, but all of them with the next one', () => {
    const clock = createFakeClock();
    const one = camera(clock);
    const early = watch(clock, one.line);
    early.viewer.start();
    one.play(10, true);
    clock.pass(600);
    const late = watch(clock, one.line);
    late.viewer.start();
    early.viewer.feedback(pli());
    expect([late.sent.length, early.sent.length]).toEqual([0, 10]);
    one.play(1);
    // Whoever lost a picture cannot do without the key picture either.
    expect([late.sent.length, early.sent.length]).toEqual([11, 21]);
    expect(late.sent[0]?.key).toBe(true);
    one.play(1);
    expect([late.sent.length, early.sent.length]).toEqual([12, 22]);
    for (const step of [...steps(late.sent), ...steps(early.sent)]) expect(step).toBeGreaterThan(0);
  });

  it('of a camera with two seconds between its pictures is shown one that is as old as that', () => {
    const clock = createFakeClock();
    const one = camera(clock);
    for (let index = 0; index < 3; index += 1) {
      clock.pass(1_960);
      one.play(1, index === 0);
    }
    clock.pass(1_900);
    const { viewer, sent } = watch(clock, one.line);
    viewer.start();
    expect(sent).toHaveLength(3);
  });

  it("is told the source's time for its own timestamps", () => {
    const clock = createFakeClock();
    const one = camera(clock);
    const { viewer, sent, reports } = watch(clock, one.line);
    viewer.start();
    viewer.report();
    expect(reports).toEqual([]);
    one.play(5, true);
    viewer.report();
    const [report] = reports;
    const utcS = (report?.readUInt32BE(8) ?? 0) - 2_208_988_800 + (report?.readUInt32BE(12) ?? 0) / 2 ** 32;
    const aheadMs = (((report?.readUInt32BE(16) ?? 0) - (sent.at(-1)?.timestamp ?? 0)) | 0) / 90;
    expect(utcS * 1_000 - aheadMs).toBeCloseTo(clock.utcMs() - 70, 0);
  });

  it('is told no time that the source never told', () => {
    const clock = createFakeClock();
    const one = camera(clock, false);
    const { viewer, reports } = watch(clock, one.line);
    viewer.start();
    one.play(5, true);
    viewer.report();
    expect(reports).toEqual([]);
  });

  it('is told its own clock back at once, so that it knows how long the way is', () => {
    const clock = createFakeClock();
    const { viewer, others } = watch(clock, camera(clock).line);
    const asked = Buffer.from('81c90001000000ff80cf0004000000ff04000002112233445566778800', 'hex');
    viewer.feedback(asked.subarray(0, 28));
    expect(others.map((bytes) => bytes.toString('hex'))).toEqual(['80cf00050000000705000003000000ff3344556600000000']);
    viewer.feedback(asked.subarray(0, 20));
    expect(others).toHaveLength(1);
  });

  it('is told when what it negotiated is void, and hears nothing after its end', () => {
    const clock = createFakeClock();
    const one = camera(clock);
    const { viewer, sent, voided } = watch(clock, one.line);
    viewer.start();
    one.play(2, true);
    viewer.stop();
    one.play(2, true);
    expect(sent).toHaveLength(2);
    const other = watch(clock, one.line);
    one.sources.ends('camera-unreachable');
    clock.pass(1_000);
    one.sources.opens('h265');
    expect([voided(), other.voided()]).toEqual([0, 1]);
  });
});
