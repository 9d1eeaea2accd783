import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { closeHandovers, gateway } from './handover-gateway.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  closeHandovers();
  vi.useRealTimers();
});

describe('a connection that was taken and whose picture does not come to the glass for long', () => {
  it('has it named rightly when it comes, and asks for nothing more', async () => {
    const { handover, taken, asked, decode, present: picture } = gateway();
    decode();
    handover.look('live');
    handover.change('/whep/b/sub');
    await vi.advanceTimersByTimeAsync(200);
    expect(taken.length).toBe(1);
    handover.look('dark');
    await vi.advanceTimersByTimeAsync(9_000);
    expect([handover.shown(), handover.trouble()]).toEqual(['/whep/a/sub', null]);
    picture(5);
    expect(handover.shown()).toBe('/whep/b/sub');
    handover.look('live');
    await vi.advanceTimersByTimeAsync(9_000);
    expect([taken.length, asked, handover.shown()]).toEqual([1, ['/whep/b/sub'], '/whep/b/sub']);
  });

  it.each(['/whep/c/sub', '/whep/a/sub'])('gives way to %s in a while, and either is named rightly', async (newer) => {
    const { handover, taken, asked, decode, present: picture } = gateway();
    decode();
    handover.look('live');
    handover.change('/whep/b/sub');
    await vi.advanceTimersByTimeAsync(200);
    handover.change(newer);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toEqual(['/whep/b/sub']);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(asked).toEqual(['/whep/b/sub', newer]);
    if (taken.length === 1) picture(4);
    await vi.advanceTimersByTimeAsync(200);
    expect(taken.length).toBe(2);
    picture(5);
    expect(handover.shown()).toBe(newer);
  });
});
