import { describe, expect, it } from 'vitest';
import { problems } from '../../core/streams/problem.ts';
import { longestRetryAfterMs, nextDelayMs, retryPolicies, retryPolicyName } from '../../core/streams/retry-policy.ts';

const least = () => 0;
const most = () => 1;

describe('retry policies', () => {
  it.each([
    ['unreachable', [250, 500, 1_000, 1_500, 1_500]],
    ['failing', [250, 500, 1_000, 1_500, 1_500]],
    ['refused', [300_000, 300_000]],
    ['hopeless', [600_000, 600_000]],
    ['handover', [4_000, 8_000, 16_000, 32_000, 60_000, 60_000]],
    ['way', [5_000, 10_000, 20_000, 40_000, 60_000, 60_000]],
    ['restart', [200, 400, 800, 1_600, 3_200, 5_000, 5_000]],
  ] as const)('%s grows to its bound and stays there', (name, bounds) => {
    expect(bounds.map((_, attempt) => nextDelayMs(retryPolicies[name], attempt, most))).toEqual(bounds);
  });

  it('spreads the tries towards a server that came back over the whole delay', () => {
    expect(nextDelayMs(retryPolicies.unreachable, 9, least)).toBe(0);
    expect(nextDelayMs(retryPolicies.unreachable, 9, () => 0.5)).toBe(750);
  });

  it('never shortens the five minutes after a refusal', () => {
    expect(nextDelayMs(retryPolicies.refused, 0, least)).toBe(300_000);
  });

  it('is never sooner than Retry-After asks, which is believed up to ten minutes', () => {
    expect(nextDelayMs(retryPolicies.failing, 5, least, 7_000)).toBe(7_000);
    expect(nextDelayMs(retryPolicies.refused, 0, most, 200_000)).toBe(200_000);
    expect(nextDelayMs(retryPolicies.failing, 0, least, 86_400_000)).toBe(longestRetryAfterMs);
  });

  it('spreads the tiles of a wall that were all told the same Retry-After, and asks not without a pause where that is 0', () => {
    expect([0, 0.5, 1].map((part) => nextDelayMs(retryPolicies.failing, 9, () => part, 30_000))).toEqual([
      30_000, 30_750, 31_500,
    ]);
    expect(nextDelayMs(retryPolicies.failing, 9, () => 0.5, 0)).toBe(750);
  });

  it('survives a million failures', () => {
    expect(nextDelayMs(retryPolicies.failing, 1_000_000, most)).toBe(1_500);
  });

  it('stays away from an account that a camera might lock, and from one whose password nobody has entered; from nothing else', () => {
    const codes = Object.keys(problems).filter((code) => retryPolicyName(code as keyof typeof problems) === 'refused');
    expect(codes).toEqual(['camera-refused', 'camera-locked', 'gateway-refused']);
  });
});
