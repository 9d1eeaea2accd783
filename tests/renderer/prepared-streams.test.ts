import { afterEach, describe, expect, it } from 'vitest';
import { createPreparedStreams, type PreparedStreams } from '../../renderer/media/prepared-streams.ts';
import { until } from '../support/until.ts';
import { pretendGateway } from './successor-gateway.ts';

const open: PreparedStreams[] = [];
afterEach(() => {
  for (const prepared of open.splice(0)) prepared.close();
});
function start() {
  const gateway = pretendGateway();
  const prepared = createPreparedStreams({ ...gateway, places: { lend: () => () => {} } });
  open.push(prepared);
  return { ...gateway, prepared };
}
const long = 60_000;
const paths = (count: number) => Array.from({ length: count }, (_, index) => `/whep/c${index}/main`);

describe('streams that are opened beforehand', () => {
  it('are handed over once, decoding, and asked for only once', async () => {
    const { prepared, asked, decode } = start();
    decode();
    prepared.prepare('next', paths(1), long, 64);
    await until('it has its answer', () => asked.length === 1);
    // Its first look at the decoder comes with the answer, in the same turns of the loop.
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(prepared.take('/whep/c0/main')?.track.kind).toBe('video');
    expect(prepared.take('/whep/c0/main')).toBeNull();
    expect(asked).toEqual(['/whep/c0/main']);
  });

  it('are opened four at a time', async () => {
    const { prepared, asked, decode } = start();
    prepared.prepare('next', paths(6), long, 64);
    await until('four are asked for', () => asked.length === 4);
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(asked).toHaveLength(4);
    decode();
    await until('the others are asked for', () => asked.length === 6);
  });

  it('are held by our gateway where they are its own: no connection is made and nothing decoded', async () => {
    const { prepared, asked, warmed, holds } = start();
    holds((path) => path !== '/whep/c1/main');
    prepared.prepare('next', paths(3), long, 64);
    await until('the one that is not its own is opened', () => asked.length === 1);
    expect([asked, warmed]).toEqual([['/whep/c1/main'], [paths(3)]]);
    expect(prepared.take('/whep/c0/main')).toBeNull();
    prepared.prepare('next', [], 0, 64);
    expect(warmed.at(-1)).toEqual([]);
  });

  it('are not opened where they are not wanted any more when the gateway answers', async () => {
    const { prepared, asked, warmed } = start();
    prepared.prepare('next', paths(2), long, 64);
    prepared.prepare('next', [], 0, 64);
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect([asked, warmed]).toEqual([[], [paths(2), []]]);
  });

  it('are not opened in greater number than was allowed, the first named ones', async () => {
    const { prepared, asked, holds } = start();
    holds((path) => path === '/whep/c0/main');
    prepared.prepare('next', paths(4), long, 2);
    await until('two are asked for', () => asked.length === 2);
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(asked).toEqual(['/whep/c1/main', '/whep/c2/main']);
  });

  it('are left where nobody shows them in time', async () => {
    const { prepared, asked, closed } = start();
    prepared.prepare('next', paths(2), 0, 64);
    await until('both are left', () => closed().peers === 2);
    expect(asked.length).toBeLessThanOrEqual(2);
    expect(prepared.take('/whep/c0/main')).toBeNull();
  });

  it('are kept where they are named again, and left where they are not', async () => {
    const { prepared, asked, closed } = start();
    prepared.prepare('next', paths(2), long, 64);
    await until('both are asked for', () => asked.length === 2);
    prepared.prepare('next', ['/whep/c1/main', '/whep/other/sub'], long, 64);
    await until('the new one is asked for', () => asked.length === 3);
    await until('the other one is left', () => closed().peers === 1);
    expect(asked).toEqual(['/whep/c0/main', '/whep/c1/main', '/whep/other/sub']);
  });

  it('are given up, so that the tile opens its own, where they are not ready when they are shown', async () => {
    const { prepared, asked, closed } = start();
    prepared.prepare('next', paths(1), long, 64);
    await until('it is asked for', () => asked.length === 1);
    expect(prepared.take('/whep/c0/main')).toBeNull();
    await until('it is left', () => closed().peers === 1);
  });

  it('are not handed over once their connection has failed', async () => {
    const { prepared, asked, decode, closed, peers } = start();
    decode();
    prepared.prepare('next', paths(1), long, 64);
    await until('it is asked for', () => asked.length === 1);
    await new Promise<void>((resolve) => setImmediate(resolve));
    peers[0]?.onFailed();
    expect(prepared.take('/whep/c0/main')).toBeNull();
    expect(closed()).toEqual({ peers: 1, sessions: 1 });
  });

  it('are asked for together with those of another wish, and end with their own', async () => {
    const { prepared, asked, warmed, closed } = start();
    prepared.prepare('next', paths(2), long, 64);
    prepared.prepare('hovered', ['/whep/other/sub'], long, 64);
    await until('all are asked for', () => asked.length === 3);
    expect(warmed.at(-1)).toEqual(['/whep/other/sub', ...paths(2)]);
    prepared.prepare('next', [], 0, 64);
    await until('those of the one wish are left', () => closed().peers === 2);
    expect([asked.length, warmed.at(-1)]).toEqual([3, ['/whep/other/sub']]);
    prepared.prepare('hovered', ['/whep/other/sub'], 0, 64);
    await until('the other is left', () => closed().peers === 3);
    expect(warmed.at(-1)).toEqual([]);
  });

  it('are not crowded out by a longer wish', async () => {
    const { prepared, asked, closed } = start();
    prepared.prepare('hovered', ['/whep/other/sub'], long, 2);
    prepared.prepare('next', paths(4), long, 2);
    await until('as many as may be are asked for', () => asked.length === 2);
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect([asked, closed().peers]).toEqual([['/whep/other/sub', '/whep/c0/main'], 0]);
  });

  it('are not opened a second time for another wish, or for an answer that comes late, once they were taken', async () => {
    const { prepared, asked, decode } = start();
    decode();
    prepared.prepare('next', paths(2), long, 64);
    expect(prepared.take('/whep/c1/main')).toBeNull();
    await until('the other is asked for', () => asked.length === 1);
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(prepared.take('/whep/c0/main')).not.toBeNull();
    prepared.prepare('hovered', ['/whep/other/sub'], long, 64);
    await until('what was not taken is asked for', () => asked.length === 2);
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(asked).toEqual(['/whep/c0/main', '/whep/other/sub']);
  });

  it('are tried once, and leave nothing open where they are refused', async () => {
    const { prepared, asked, refuse, closed } = start();
    refuse();
    prepared.prepare('next', paths(1), long, 64);
    await until('the refused one is closed', () => closed().peers === 1);
    prepared.prepare('next', paths(1), long, 64);
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(asked).toHaveLength(1);
  });
});
