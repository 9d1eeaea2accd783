import type { RingAnswer, RingFrom, RingOrder } from './ring-messages.ts';
import type { RingStore } from './ring-store.ts';

/** How often followers get what has come: no picture wakes anybody by itself. */
const followEveryMs = 200;
/** Of one port. */
const mostFollowers = 64;

interface Follower {
  readonly source: string;
  from: RingFrom;
  /** The last batch was taken. */
  ready: boolean;
}

/** Answers what is asked over a port to the rings, until its other end is gone. */
export function serveRings(store: RingStore, port: MessagePort, nowMs: () => number): void {
  const followers = new Map<number, Follower>();
  let timer: ReturnType<typeof setInterval> | undefined;
  const tell = (answer: RingAnswer, transfer: Transferable[] = []) => port.postMessage(answer, transfer);

  function feed(id: number, follower: Follower): void {
    if (!follower.ready) return;
    const batch = store.batch(follower.source, follower.from, Number.POSITIVE_INFINITY, nowMs());
    if (batch === null || batch.pictures.length === 0) return;
    follower.ready = false;
    follower.from = { sequence: batch.next };
    store.hold(follower.source, follower, batch.next);
    tell({ t: 'batch', id, batch }, [batch.data]);
  }

  function end(id: number): void {
    const follower = followers.get(id);
    if (!follower) return;
    followers.delete(id);
    store.hold(follower.source, follower, null);
    if (followers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  function take(order: RingOrder): void {
    switch (order.t) {
      case 'measure':
        return tell({ t: 'measured', id: order.id, measures: store.measure(nowMs()) });
      case 'read': {
        const batch = store.batch(order.source, order.from, order.toMs, nowMs());
        return tell({ t: 'batch', id: order.id, batch }, batch === null ? [] : [batch.data]);
      }
      case 'follow': {
        end(order.id);
        if (followers.size >= mostFollowers) return tell({ t: 'batch', id: order.id, batch: null });
        const follower: Follower = { source: order.source, from: order.from, ready: true };
        followers.set(order.id, follower);
        const begin = store.batch(order.source, order.from, Number.NEGATIVE_INFINITY, nowMs());
        // From the first moment: what is read in a while must still be there.
        store.hold(order.source, follower, begin?.pictures[0]?.sequence ?? 0);
        timer ??= setInterval(() => {
          for (const [id, each] of followers) feed(id, each);
        }, followEveryMs);
        return feed(order.id, follower);
      }
      case 'more': {
        const follower = followers.get(order.id);
        if (!follower) return;
        follower.ready = true;
        return feed(order.id, follower);
      }
      case 'end':
        return end(order.id);
    }
  }

  port.addEventListener('message', ({ data }: MessageEvent<RingOrder>) => take(data));
  port.addEventListener('close', () => {
    for (const id of followers.keys()) end(id);
  });
  port.start();
}
