import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../support/fake-clock.ts';
import { camera, pli, steps, watch } from './watched-camera.ts';

describe('a viewer', () => {
  it('that wants key pictures only is sent those, with the time, and from the cached one on when it wants all again', () => {
    const clock = createFakeClock();
    const one = camera(clock);
    const { viewer, sent, reports } = watch(clock, one.line);
    viewer.start();
    one.play(5, true);
    viewer.thin(true);
    one.play(5);
    for (let group = 0; group < 3; group += 1) one.play(25, true);
    expect(sent.map(({ key }) => key)).toEqual([true, false, false, false, false, true, true, true]);
    viewer.report();
    expect(reports).toHaveLength(1);
    viewer.thin(false);
    one.play(2);
    expect(sent.slice(8).map(({ key }) => key)).toEqual([true, ...Array.from({ length: 26 }, () => false)]);
    for (const step of steps(sent)) expect(step).toBeGreaterThan(0);
    const [first, ...others] = sent;
    for (const [index, { sequence }] of others.entries()) expect(sequence).toBeGreaterThan((first?.sequence ?? 0) + index);
  });

  it('that wants key pictures only is sent all again when it cries for one twice, and nothing for a lonely cry', () => {
    const clock = createFakeClock();
    const one = camera(clock);
    const { viewer, sent } = watch(clock, one.line);
    viewer.start();
    viewer.thin(true);
    for (let group = 0; group < 8; group += 1) {
      one.play(25, true);
      if (group % 3 === 2) viewer.feedback(pli());
    }
    expect(sent).toHaveLength(8);
    clock.pass(500);
    one.play(3, true);
    viewer.feedback(pli());
    clock.pass(30);
    viewer.feedback(pli());
    one.play(2);
    expect(sent.slice(9).map(({ key }) => key)).toEqual([true, false, false, false, false]);
  });

  it('that wants all again by a wish and by its cries is sent the cached pictures once', () => {
    const clock = createFakeClock();
    const one = camera(clock);
    const { viewer, sent } = watch(clock, one.line);
    viewer.start();
    viewer.thin(true);
    one.play(10, true);
    viewer.feedback(pli());
    clock.pass(10);
    viewer.thin(false);
    clock.pass(20);
    viewer.feedback(pli());
    expect(sent).toHaveLength(1 + 10);
  });

  it('that was sent everything is sent nothing again when it goes on wanting all', () => {
    const clock = createFakeClock();
    const one = camera(clock);
    const { viewer, sent } = watch(clock, one.line);
    viewer.start();
    one.play(3, true);
    viewer.thin(true);
    viewer.thin(false);
    one.play(2);
    expect(sent).toHaveLength(5);
  });
});
