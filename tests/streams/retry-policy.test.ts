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

  it('lets Retry-After win, but not for longer than ten minutes', () => {
    expect(nextDelayMs(retryPolicies.failing, 5, most, 7_000)).toBe(7_000);
    expect(nextDelayMs(retryPolicies.refused, 0, most, 0)).toBe(0);
    expect(nextDelayMs(retryPolicies.failing, 0, most, 86_400_000)).toBe(longestRetryAfterMs);
  });

  it('survives a million failures', () => {
    expect(nextDelayMs(retryPolicies.failing, 1_000_000, most)).toBe(1_500);
  });

  it('stays away from an account that a camera might lock, and from one whose password nobody has entered; from nothing else', () => {
    const codes = Object.keys(problems).filter((code) => retryPolicyName(code as keyof typeof problems) === 'refused');
    expect(codes).toEqual(['camera-refused', 'camera-locked', 'gateway-refused']);
  });
});
