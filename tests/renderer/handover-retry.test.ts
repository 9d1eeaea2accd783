import { afterEach, expect, it, vi } from 'vitest';
import { MediaProblem } from '../../renderer/media/media-problem.ts';
import { closeHandovers, gateway } from './handover-gateway.ts';

afterEach(() => {
  closeHandovers();
  vi.useRealTimers();
});

it('going over to another stream is tried again no sooner than the other side asked for', async () => {
  vi.useFakeTimers();
  const { handover, asked, refuse } = gateway();
  refuse(new MediaProblem('gateway-busy', 20_000));
  handover.look('live');
  handover.change('/whep/a/main');
  await vi.advanceTimersByTimeAsync(19_900);
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toHaveLength(2);
});
