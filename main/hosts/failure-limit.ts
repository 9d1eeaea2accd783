/** Counts failures, or whatever else must not be too many, in a sliding window of time. */
export interface FailureLimit {
  /** Counts one failure and says whether it is within the limit. */
  within(): boolean;
}

export function createFailureLimit(most: number, perMs: number, monotonicMs: () => number): FailureLimit {
  let times: readonly number[] = [];
  return {
    within() {
      const nowMs = monotonicMs();
      times = [...times.filter((atMs) => atMs > nowMs - perMs), nowMs].slice(-most - 1);
      return times.length <= most;
    },
  };
}
