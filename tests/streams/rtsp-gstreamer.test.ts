import { readFile } from 'node:fs/promises';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../main/ports/clock.ts';
import { nalRules, splitAtStartCodes } from '../../main/protocols/rtsp/nal-rules.ts';
import type { GstRtspOptions } from '../support/rtsp/gst-rtsp-server.ts';
import { footageFile, footageLimitMs } from '../support/rtsp/footage.ts';
import { startGstRtspServer } from '../support/rtsp/gst-rtsp-server.ts';
import { recordSource, until } from '../support/rtsp/recorded-source.ts';

beforeAll(() => Promise.all([footageFile('h264'), footageFile('h265')]), footageLimitMs);

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function camera(options: GstRtspOptions = {}) {
  const server = await startGstRtspServer(options);
  cleanups.push(() => server.kill());
  return server;
}

function open(url: string, credentials: { user: string; password: string } | null = null) {
  const recorded = recordSource(systemClock, url, credentials);
  cleanups.push(() => recorded.source.close());
  return recorded;
}

test.each(['h264', 'h265'] as const)('real footage in %s comes through unchanged, at its own rate', async (codec) => {
  const server = await camera({ codec });
  const { source, opens, units, ends } = open(server.url);
  await until(() => units.length >= 25);
  expect(ends).toEqual([]);
  const rules = nalRules[codec];
  expect(opens).toHaveLength(1);
  expect(opens[0]?.codec).toBe(codec);
  expect(opens[0]?.parameterSets.map((set) => rules.typeOf(set))).toEqual(codec === 'h264' ? [7, 8] : [32, 33, 34]);
  // 10 pictures a second are 9,000 ticks of 90 kHz from each to the next.
  const steps = units.slice(1).map(({ rtpTimestamp }, index) => (rtpTimestamp - (units[index]?.rtpTimestamp ?? 0)) | 0);
  expect(new Set(steps)).toEqual(new Set([9_000]));
  const keys = units.flatMap(({ key }, index) => (key ? [index] : []));
  expect(keys[0]).toBe(0);
  expect(keys.slice(1).map((index, before) => index - (keys[before] ?? 0))).toEqual(keys.slice(1).map(() => 10));
  for (const { nals } of units.filter(({ key }) => key)) {
    expect(nals.filter((nal) => rules.isParameterSet(rules.typeOf(nal))).length).toBeGreaterThanOrEqual(codec === 'h264' ? 2 : 3);
  }
  const isSlice = (nal: Buffer) => rules.isSlice(rules.typeOf(nal));
  const sent = new Set(
    splitAtStartCodes(await readFile(server.file))
      .filter(isSlice)
      .map((nal) => nal.toString('hex')),
  );
  expect(units.flatMap(({ nals }) => nals.filter(isSlice)).every((nal) => sent.has(nal.toString('hex')))).toBe(true);
  source.close();
  await server.happened('teardown', 1);
  await server.stop();
});

test('sender reports say when pictures were taken', async () => {
  const server = await camera();
  const { units } = open(server.url);
  await until(() => typeof units.at(-1)?.captureUtcMs === 'number');
  // Server and client share a clock here; a wrong epoch or a wrong unit is off by far more than a busy machine.
  expect(Math.abs((units.at(-1)?.captureUtcMs ?? 0) - Date.now())).toBeLessThan(10_000);
});

test.each(['digest', 'basic'] as const)(
  'the right password by %s opens, a wrong one is refused on its only connection',
  async (scheme) => {
    const right = { user: 'operator', password: 'p:äss "word"' };
    const server = await camera({ credentials: right, scheme });
    const good = open(server.url, right);
    await until(() => good.units.length > 0 || good.ends.length > 0);
    expect(good.ends).toEqual([]);
    const bad = open(server.url, { ...right, password: 'wrong' });
    await until(() => bad.ends.length > 0);
    expect(bad.ends.map(({ code }) => code)).toEqual(['camera-refused']);
    expect(server.count('connected')).toBe(2);
    expect(bad.opens).toEqual([]);
  },
);

test('a path that does not exist is a missing stream', async () => {
  const server = await camera();
  const { ends } = open(`${server.url}-not`);
  await until(() => ends.length > 0);
  expect(ends.map(({ code }) => code)).toEqual(['stream-missing']);
});

test('a camera that is killed ends its source, and is there again at the same address when it is back', async () => {
  const server = await camera();
  const { units, ends } = open(server.url);
  await until(() => units.length > 0);
  await server.kill();
  await until(() => ends.length > 0);
  expect(ends.map(({ code }) => code)).toEqual(['camera-unreachable']);
  const back = await camera({ port: server.port });
  expect(back.url).toBe(server.url);
  const again = open(back.url);
  await until(() => again.units.length > 0);
});
