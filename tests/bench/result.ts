/** One figure of a story. Fields are only ever added. */
export interface BenchResult {
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  /** From the same run; null where there is nothing to compare with. */
  readonly baseline: number | null;
  readonly ratio: number | null;
  /** How far the middle half of the runs lies apart, in the unit of what the budget bounds. */
  readonly spread: number;
  /** The most `ratio` may be (or `ours`, where there is no baseline); null: reported only. */
  readonly budget: number | null;
  readonly ok: boolean | 'inconclusive';
  readonly runs: number;
}

export interface StoryResult {
  readonly story: string;
  readonly machine: { readonly cores: number; readonly model: string; readonly memoryGiB: number };
  readonly quick: boolean;
  readonly results: readonly BenchResult[];
  readonly ok: boolean | 'inconclusive';
}

/** The value below which `share` (0 to 1) of `values` lie, interpolated. NaN for none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)];
  const high = sorted[Math.ceil(at)];
  return low === undefined || high === undefined ? Number.NaN : low + (high - low) * (at - Math.floor(at));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
const spreadOf = (values: readonly number[]): number => quantile(values, 0.75) - quantile(values, 0.25);

/** Whether a figure keeps its budget: not said where the runs lie further apart than the figure from the budget. */
function verdict(figure: number, spread: number, budget: number | null): boolean | 'inconclusive' {
  if (!Number.isFinite(figure) || !Number.isFinite(spread)) return false;
  if (budget === null) return true;
  return spread > Math.abs(budget - figure) ? 'inconclusive' : figure <= budget;
}

/** A figure out of pairs measured in turn; the budget bounds the ratio of ours to the baseline. */
export function pairedResult(
  name: string,
  unit: string,
  pairs: readonly { readonly ours: number; readonly baseline: number }[],
  budget: number | null,
): BenchResult {
  const ratios = pairs.map((pair) => pair.ours / pair.baseline);
  const spread = spreadOf(ratios);
  return rounded({
    name,
    unit,
    ours: median(pairs.map((pair) => pair.ours)),
    baseline: median(pairs.map((pair) => pair.baseline)),
    ratio: median(ratios),
    spread,
    budget,
    ok: verdict(median(ratios), spread, budget),
    runs: pairs.length,
  });
}

/** A figure without a baseline; the budget bounds the value at `share` of the runs (their median by default). */
export function soleResult(
  name: string,
  unit: string,
  values: readonly number[],
  budget: number | null,
  share = 0.5,
): BenchResult {
  const ours = quantile(values, share);
  const spread = spreadOf(values);
  return rounded({
    name,
    unit,
    ours,
    baseline: null,
    ratio: null,
    spread,
    budget,
    ok: verdict(ours, spread, budget),
    runs: values.length,
  });
}

/** A story keeps its budgets where every result does; it is inconclusive where none fails and some could not be said. */
export function overall(results: readonly BenchResult[]): boolean | 'inconclusive' {
  if (results.length === 0 || results.some((result) => result.ok === false)) return false;
  return results.every((result) => result.ok === true) ? true : 'inconclusive';
}

function rounded(result: BenchResult): BenchResult {
  const round = (value: number) => Number(value.toPrecision(4));
  return {
    ...result,
    ours: round(result.ours),
    baseline: result.baseline === null ? null : round(result.baseline),
    ratio: result.ratio === null ? null : round(result.ratio),
    spread: round(result.spread),
  };
}
