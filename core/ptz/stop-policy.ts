import type { RetryPolicy } from '../streams/retry-policy.ts';

/** A Stop that was not acknowledged is sent again: a camera that moves on shows what nobody wants to see, so quickly at first. */
export const stopPolicy: RetryPolicy = { firstMs: 100, maxMs: 1_000, jitter: 0.5 };

/** After a minute of that it is tried for as long as the program lives (the guard alone: a day): the network may be back one day, and the camera still move. */
export const lateStopPolicy: RetryPolicy = { firstMs: 30_000, maxMs: 30_000, jitter: 0.5 };
