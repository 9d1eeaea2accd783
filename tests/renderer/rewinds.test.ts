import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LastPicture, RewindNews, RewindOrder } from '../../renderer/media/rewind-messages.ts';
import { createRewinds } from '../../renderer/media/rewinds.ts';

// The worker is kept for a while after its last use.
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
});

/** A worker that does nothing by itself. */
function worker() {
  const target = new EventTarget();
  const orders: RewindOrder[] = [];
  return {
    orders,
    postMessage: (order: RewindOrder) => void orders.push(order),
    addEventListener: target.addEventListener.bind(target),
    ended: false,
    terminate() {
      this.ended = true;
    },
    answer: (news: RewindNews) => target.dispatchEvent(new MessageEvent('message', { data: news })),
    fail: () => target.dispatchEvent(new Event('error')),
  };
}

function started() {
  const own = worker();
  const rewinds = createRewinds(
    () => own,
    () => new MessageChannel().port1,
  );
  const idOf = () => {
    const order = own.orders.findLast(({ t }) => t === 'last');
    return order?.t === 'last' ? order.id : -1;
  };
  return { own, rewinds, idOf };
}

function picture() {
  const bitmap = { width: 1, height: 1, closed: false, close: () => void (bitmap.closed = true) };
  const last: LastPicture = { bitmap, arrivedMs: 1, takenUtcMs: null };
  return { bitmap, last };
}

describe('the last picture that a page asks for', () => {
  it('is handed over', async () => {
    const { own, rewinds, idOf } = started();
    const asked = rewinds.last(['/whep/a/main'], new AbortController().signal);
    const { last, bitmap } = picture();
    own.answer({ id: idOf(), last });
    expect(await asked).toBe(last);
    expect(bitmap.closed).toBe(false);
    // Nobody wants anything more of it.
    expect(own.ended).toBe(false);
    vi.runAllTimers();
    expect(own.ended).toBe(true);
  });

  it('is none, and let go of, where it was called off before it came', async () => {
    const { own, rewinds, idOf } = started();
    const calledOff = new AbortController();
    const asked = rewinds.last(['/whep/a/main'], calledOff.signal);
    calledOff.abort();
    expect(await asked).toBeNull();
    expect(own.orders.at(-1)).toEqual({ t: 'close', id: idOf() });
    const { last, bitmap } = picture();
    own.answer({ id: idOf(), last });
    expect(bitmap.closed).toBe(true);
  });

  it('is none where its worker fails', async () => {
    const { own, rewinds } = started();
    const asked = rewinds.last(['/whep/a/main'], new AbortController().signal);
    own.fail();
    expect(await asked).toBeNull();
  });
});
