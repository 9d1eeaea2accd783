import type { RetryPolicy } from '../streams/retry-policy.ts';

/** A Stop that was not acknowledged is sent again: a camera that moves on shows what nobody wants to see, so quickly at first. */
export const stopPolicy: RetryPolicy = { firstMs: 100, maxMs: 1_000, jitter: 0.5 };
