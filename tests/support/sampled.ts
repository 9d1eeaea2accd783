const given = Number(process.env['DEEDBAN_TEST_SEED']);
const seed = process.env['DEEDBAN_TEST_SEED'] !== undefined && Number.isInteger(given) ? given : undefined;

/** How many cases a sampled test runs: few every time, all of them with `npm test -- --deep`. */
export function sampledCount(sample: number, full: number): number {
  return process.env['DEEDBAN_TEST_DEEP'] === '1' ? full : sample;
}

/** fast-check's parameters for a property, with the seed that the run printed. */
export function sampled(sample: number, full: number): { numRuns: number; seed?: number } {
  return { numRuns: sampledCount(sample, full), ...(seed === undefined ? {} : { seed }) };
}

/** How long a sampled test may take, in milliseconds: a bound on a hang, not a measure. */
export const sampledLimitMs = sampledCount(120_000, 900_000);
