import { describe, expect, it } from 'vitest';
import { median, overall, pairedResult, quantile, soleResult } from './result.ts';

const pairs = (ratios: readonly number[]) => ratios.map((ratio) => ({ ours: ratio * 2, baseline: 2 }));

describe('a measured figure', () => {
  it('keeps its budget, breaks it, or says that it cannot be said', () => {
    expect(pairedResult('cpu', 'cores', pairs([1, 1, 1.01, 1.02, 1]), 1.1)).toMatchObject({ ok: true, ratio: 1, runs: 5 });
    expect(pairedResult('cpu', 'cores', pairs([1.3, 1.31, 1.32]), 1.1).ok).toBe(false);
    expect(pairedResult('cpu', 'cores', pairs([0.6, 1, 1.05, 1.2, 1.6]), 1.1).ok).toBe('inconclusive');
    expect(soleResult('cpu', 'cores', [0.4, 0.41, 0.42], 0.6)).toMatchObject({ ok: true, baseline: null, ratio: null });
  });

  it('does not keep a budget by not having been measured', () => {
    expect(soleResult('time', 'ms', [], 100).ok).toBe(false);
    expect(pairedResult('cpu', 'cores', [{ ours: 1, baseline: 0 }], 1.1).ok).toBe(false);
    expect(overall([])).toBe(false);
    expect(soleResult('time', 'ms', [], null).ok).toBe(false);
  });

  it('may be reported without a budget', () => {
    expect(soleResult('cpu', 'cores', [0.4, 9], null)).toMatchObject({ ok: true, budget: null });
  });

  it('has a median and quantiles', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(quantile([0, 10], 0.95)).toBeCloseTo(9.5);
  });

  it('is as good as the worst of its story', () => {
    const good = soleResult('a', 'ms', [1, 1, 1], 5);
    const bad = soleResult('b', 'ms', [9, 9, 9], 5);
    const unsure = soleResult('c', 'ms', [1, 4, 9], 5);
    expect(overall([good, good])).toBe(true);
    expect(overall([good, unsure])).toBe('inconclusive');
    expect(overall([good, unsure, bad])).toBe(false);
  });
});
