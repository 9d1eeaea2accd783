import { describe, expect, it } from 'vitest';
import { slope, treeMemoryMiB } from './memory-slope.ts';

describe('a slope of memory', () => {
  it('is that of the straight line through the points, whatever lies beside it', () => {
    const line = [0, 1, 2, 3].map((x) => ({ x, y: 10 + 2.5 * x }));
    expect(slope(line)).toBeCloseTo(2.5);
    expect(slope([...line, { x: 1.5, y: 20 }])).toBeCloseTo(2.5);
  });

  it('is not known from one point', () => {
    expect(slope([{ x: 1, y: 1 }])).toBeNaN();
    expect(slope([])).toBeNaN();
  });

  it('is taken from processes that are there', () => {
    expect(treeMemoryMiB(process.pid)).toBeGreaterThan(10);
  });
});
