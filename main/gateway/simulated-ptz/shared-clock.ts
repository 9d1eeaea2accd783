/** A clock that threads of one process share: `performance.now()` begins anew in each. */
export function sharedNowMs(): number {
  return performance.timeOrigin + performance.now();
}
