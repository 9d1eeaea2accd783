import { type ProblemCode, problemCode, problemDetailsSchema } from '../../../core/streams/problem.ts';
import { retryPolicyName } from '../../../core/streams/retry-policy.ts';
import { problemResponse } from './problem-response.ts';

/** A way that gave no session. */
export interface Failure {
  readonly way: number;
  readonly code: ProblemCode;
  readonly response: Response;
}

/** A 406 that carries an offer of its own is no refusal. */
export const isCounterOffer = (response: Response): boolean =>
  response.status === 406 && /^application\/sdp\b/i.test(response.headers.get('content-type') ?? '');

/** The problem's code, as our own problem details tell it; null where they do not. */
export async function codeOf(response: Response): Promise<ProblemCode | null> {
  const details = problemDetailsSchema.safeParse(
    await response
      .clone()
      .json()
      .catch(() => null),
  );
  return details.success ? problemCode(details.data.type) : null;
}

/**
 * What a window is told where no way gave an answer: what is wrong with the first one, unless that is a refusal and another may be well again
 * sooner. How long to wait is told only where there is one way: the others need not keep to it.
 */
export function worstOf(failures: readonly Failure[]): Response {
  const inOrder = [...failures].sort((a, b) => a.way - b.way);
  const told = inOrder.find(({ code }) => retryPolicyName(code) !== 'refused') ?? inOrder[0];
  if (told === undefined) return problemResponse('internal');
  if (failures.length > 1) told.response.headers.delete('retry-after');
  return told.response;
}
