import type { ProblemCode } from '../../core/streams/problem.ts';

/** A browser that does not answer in time is no reason to wait for ever. */
export function before<T>(signal: AbortSignal, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(signal.reason instanceof Error ? signal.reason : new Error('late'));
    if (signal.aborted) late();
    signal.addEventListener('abort', late, { once: true });
    answer.then(resolve, reject);
  });
}

/** For faults that are not told but happen here: no answer in time, an answer the browser cannot take, no offer at all. */
export function codeOfFault(late: boolean, accepted: boolean): ProblemCode {
  if (late) return 'host-unreachable';
  return accepted ? 'gateway-protocol' : 'internal';
}
