import { afterEach, describe, expect, it } from 'vitest';
import { openKept } from '../../renderer/media/kept-peer.ts';
import { createSpareStreams, type SpareStreams } from '../../renderer/media/spare-streams.ts';
import type { Successor } from '../../renderer/media/stream-successor.ts';
import type { WhepClient } from '../../renderer/media/whep-client.ts';
import { until } from '../support/until.ts';
import { present } from './handover-gateway.ts';
import { pretendGateway } from './successor-gateway.ts';

const open: SpareStreams[] = [];
afterEach(() => {
  for (const spares of open.splice(0)) spares.close();
});

/** A gateway whose sessions can show something else, except where `switches` is false. `again`: so many are wanted whenever another one is there. */
function start({ switches = true, again = 0 } = {}) {
  const gateway = pretendGateway();
  const whep: Pick<WhepClient, 'open'> = {
    async open(path, offer, signal) {
      const opening = await gateway.whep.open(path, offer, signal);
      return { ...opening, session: { ...opening.session, switches } };
    },
  };
  const spares: SpareStreams = createSpareStreams({ whep, openPeer: gateway.openPeer }, () => again > 0 && spares.keep(again, 0));
  open.push(spares);
  return { ...gateway, spares };
}

/** What a tile leaves: whether its server has heard that it is to show nothing is up to the test. */
function left(gateway: ReturnType<typeof start>) {
  const parked = Promise.withResolvers<'shown'>();
  const ended: string[] = [];
  const asked: (string | null)[] = [];
  const peer = openKept(gateway.openPeer, null);
  const successor: Successor = {
    peer,
    session: {
      ...present,
      switches: true,
      show(path) {
        asked.push(path);
        return { mark: 1, answer: parked.promise };
      },
    },
    track: { kind: 'video' } as unknown as MediaStreamTrack,
    close: () => void ended.push('closed'),
  };
  return { successor, parked, ended, asked, events: () => gateway.peers.at(-1) };
}

describe("connections at nobody's", () => {
  it('are made while there are too few, a few at a time, and handed over once', async () => {
    const { spares, asked } = start();
    spares.keep(5, 0);
    spares.keep(5, 0);
    await until('three are there', () => spares.count() === 3);
    expect(asked).toEqual(['/whep/spare', '/whep/spare', '/whep/spare']);
    spares.keep(5, 0);
    await until('all are there', () => spares.count() === 5);
    spares.keep(5, 0);
    expect(asked).toHaveLength(5);
    const taken = spares.take('/whep/a/main');
    await taken?.parked;
    expect([taken?.drainedMs, spares.count()]).toEqual([0, 4]);
  });

  it('are made one after the other as soon as one is there', async () => {
    const { spares, asked } = start({ again: 7 });
    spares.keep(7, 0);
    await until('all are there', () => spares.count() === 7);
    expect(asked).toHaveLength(7);
  });

  it('are what tiles leave: told to show nothing, and given on when they do', async () => {
    const gateway = start();
    const { spares } = gateway;
    const { successor, parked, asked, ended } = left(gateway);
    spares.park(successor);
    expect([asked, spares.count()]).toEqual([[null], 1]);
    const taken = spares.take('/whep/a/main');
    expect([taken?.peer, ended]).toEqual([successor.peer, []]);
    parked.resolve('shown');
    expect(await taken?.parked).toBe('shown');
    // What it showed may be on its way for a moment.
    expect(taken?.drainedMs).toBeGreaterThan(performance.now());
    expect(spares.take('/whep/a/main')).toBeNull();
  });

  it('end where their server cannot be told, or their connection fails', async () => {
    const gateway = start();
    const { spares } = gateway;
    const untold = left(gateway);
    spares.park(untold.successor);
    untold.parked.reject(new Error('no answer'));
    await until('it is ended', () => untold.ended.length === 1);
    const failing = left(gateway);
    spares.park(failing.successor);
    failing.events()?.onFailed();
    expect([failing.ended, spares.count()]).toEqual([['closed'], 0]);
    spares.park(failing.successor);
    expect([failing.ended.length, spares.count()]).toEqual([2, 0]);
  });

  it('beyond what is wanted end one by one, once they were of no use for long', () => {
    const gateway = start();
    const { spares } = gateway;
    const all = [left(gateway), left(gateway), left(gateway)];
    for (const { successor } of all) spares.park(successor);
    const laterMs = performance.now() + 61_000;
    spares.keep(1, performance.now());
    expect(spares.count()).toBe(3);
    spares.keep(1, laterMs);
    expect(spares.count()).toBe(2);
    spares.keep(1, laterMs);
    spares.keep(1, laterMs);
    expect([spares.count(), all.map(({ ended }) => ended.length)]).toEqual([1, [1, 1, 0]]);
  });

  it('are not kept without end', () => {
    const gateway = start();
    const all = Array.from({ length: 70 }, () => left(gateway));
    for (const { successor } of all) gateway.spares.park(successor);
    expect([gateway.spares.count(), all.filter(({ ended }) => ended.length > 0).length]).toEqual([64, 6]);
  });

  it('are not offered to a stream of another server', async () => {
    const { spares } = start();
    spares.keep(1, 0);
    await until('one is there', () => spares.count() === 1);
    spares.unfit('/whep/foreign/main');
    expect(spares.take('/whep/foreign/main')).toBeNull();
    expect(spares.take('/whep/own/main')).not.toBeNull();
  });

  it('are asked for again only after a while where the server has none, and not where it cannot use them', async () => {
    const refusing = start();
    refusing.refuse();
    refusing.spares.keep(1, performance.now());
    await until('it is refused', () => refusing.closed().peers === 1);
    await new Promise<void>((resolve) => setImmediate(resolve));
    refusing.spares.keep(1, performance.now());
    expect(refusing.asked).toHaveLength(1);
    // Another run of the gateway may have some.
    refusing.spares.clear();
    refusing.spares.keep(1, performance.now());
    await until('it is asked again', () => refusing.asked.length === 2);
    const useless = start({ switches: false });
    useless.spares.keep(1, performance.now());
    await until('it is ended', () => useless.closed().sessions === 1);
    expect(useless.spares.count()).toBe(0);
  });

  it('end with the window, and so does what is opening or comes back then', async () => {
    const gateway = start();
    const { spares } = gateway;
    spares.keep(1, 0);
    await until('one is there', () => spares.count() === 1);
    spares.keep(2, 0);
    spares.close();
    await until('both are ended', () => gateway.closed().peers === 2);
    const late = left(gateway);
    spares.park(late.successor);
    spares.keep(5, 0);
    expect([late.ended, late.asked, spares.count()]).toEqual([['closed'], [], 0]);
  });
});
