import { afterEach, describe, expect, it } from 'vitest';
import { nextStreamLife, openStreamLife, type StreamInput, type StreamLife } from '../../core/streams/stream-life.ts';
import { createStreamWay } from '../../renderer/media/stream-way.ts';
import type { WhepSession } from '../../renderer/media/whep-client.ts';
import { until } from '../support/until.ts';
import { closeHandovers, gateway, present } from './handover-gateway.ts';

afterEach(closeHandovers);

const way = (number: number) => ({ number, of: 3, why: null });

describe('going back to an earlier way of the same stream', () => {
  it('keeps the present picture until the earlier way has one, and asks for an earlier one only', async () => {
    const { handover, taken, asked, wishes, decode } = gateway({ way: way(2) });
    handover.look('live');
    handover.back();
    await until('it is asked for', () => asked.length === 1);
    expect([taken.length, asked, wishes]).toEqual([0, ['/whep/a/sub'], [{ insteadOf: 2 }]]);
    decode();
    await until('it is taken', () => taken.length === 1);
    expect(handover.shown()).toBe('/whep/a/sub');
  });

  it('stays where it is when the earlier way fails, without a try of its own and without a word of trouble', async () => {
    const { handover, taken, asked, refuse, decode } = gateway({ way: way(2) });
    refuse();
    handover.look('live');
    handover.back();
    await until('it is asked for', () => asked.length === 1);
    decode();
    handover.look('unseen');
    handover.look('live');
    expect([taken.length, asked.length, handover.trouble()]).toEqual([0, 1, null]);
    await until('it may be told again', () => {
      handover.back();
      return asked.length === 2;
    });
  });

  it('gives way to another camera that is wanted meanwhile', async () => {
    const { handover, taken, asked, decode } = gateway({ way: way(2) });
    handover.look('live');
    handover.back();
    await until('it is asked for', () => asked.length === 1);
    handover.change('/whep/b/sub');
    decode();
    await until('the other camera is taken', () => taken.length === 1);
    expect(asked).toEqual(['/whep/a/sub', '/whep/b/sub']);
  });
});

/** A stream whose session goes by a way, and what its life is told. */
function streamBy(session: Partial<WhepSession> | null) {
  const inputs: StreamInput[] = [];
  let backs = 0;
  let now: WhepSession | null = session && { ...present, ...session };
  const stream = createStreamWay({
    session: () => now,
    handover: () => ({ back: () => void (backs += 1) }),
    apply: (input) => inputs.push(input),
    nowMs: () => 7,
  });
  const end = () => {
    now = null;
  };
  return { stream, inputs, backs: () => backs, end };
}

describe('a way that is told to be open', () => {
  it.each([
    ['an earlier one', way(2), 1, 1, ['way-open']],
    ['the one in use', way(2), 2, 0, []],
    ['a later one', way(1), 2, 0, ['way-open']],
  ])('is gone over to where it is %s', (_what, own, number, backs, types) => {
    const { stream, inputs, backs: done } = streamBy({ way: own });
    stream.tryWay(number);
    expect([done(), inputs.map(({ type }) => type)]).toEqual([backs, types]);
  });

  it('has a stream without a picture ask anew at once, and leaves a live one alone', () => {
    const step = (life: StreamLife, type: 'opened' | 'frame' | 'way-open') => nextStreamLife(life, { type, atMs: 1 });
    const opened = step(openStreamLife(0), 'opened');
    expect(step(opened, 'way-open')).toMatchObject({ state: 'opening', connected: false });
    const live = step(opened, 'frame');
    expect(step(live, 'way-open')).toBe(live);
    const stalled = nextStreamLife(live, { type: 'frames-stopped', lastPictureMs: 0, atMs: 1 });
    expect(step(stalled, 'way-open')).toMatchObject({ state: 'opening', connected: false, everLive: true });
  });
});

describe('a way that was left', () => {
  it('is told once, with the next question for the same stream', () => {
    const { stream, end } = streamBy({ way: way(2) });
    stream.left('/whep/a/sub', 'gateway-protocol');
    end();
    expect(stream.wish('/whep/a/sub')).toEqual({ left: { number: 2, why: 'gateway-protocol' } });
    expect(stream.wish('/whep/a/sub')).toEqual({});
    stream.left('/whep/a/sub', null);
    expect(stream.wish('/whep/a/sub')).toEqual({});
  });

  it('is not told of another stream', () => {
    const { stream } = streamBy({ way: way(1) });
    stream.left('/whep/a/sub', null);
    expect(stream.wish('/whep/b/sub')).toEqual({});
  });
});

describe('what the embedded gateway says of a stream', () => {
  const lost = { state: 'lost', sinceUtcMs: 0, why: 'camera-unreachable' } as const;
  it.each([
    ['concerns its own sessions', { way: way(3), switches: true }, lost],
    ["does not concern another server's", { way: way(1), switches: false }, null],
    ['concerns streams with one way', { switches: false }, lost],
  ])('%s', (_what, session, source) => {
    const { stream, inputs } = streamBy(session);
    stream.tellSource(lost);
    expect(inputs).toEqual([{ type: 'source', source, foreign: source === null, atMs: 7 }]);
  });
});
