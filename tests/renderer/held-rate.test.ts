import { expect, it } from 'vitest';
import { createHeldRate } from '../../renderer/features/wall/held-rate.ts';

it('what comes without a tile takes what it takes of the bandwidth, from its second look on', () => {
  const rate = createHeldRate();
  let bytes = 0;
  const one = { facts: () => ({ tap: { bytes } }) };
  const silent = { facts: () => ({ tap: null }) };
  rate.look([one, silent], 0);
  expect(rate.kbps()).toBe(0);
  bytes = 500_000;
  rate.look([one, silent], 2_000);
  expect(rate.kbps()).toBe(2_000);
  // Its connection is another one: it counts from the beginning.
  bytes = 10;
  rate.look([one, silent], 4_000);
  expect(rate.kbps()).toBe(0);
  bytes = 100_010;
  rate.look([one], 6_000);
  expect(rate.kbps()).toBe(400);
  rate.look([], 6_500);
  expect(rate.kbps()).toBe(0);
});
