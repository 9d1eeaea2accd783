import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../main/ports/clock.ts';
import type { Recording } from '../gateway/support/recording.ts';
import { blocksOf, frameCodeBlocks, mostFootages, mostFrames, readFrameCode } from '../support/footage/frame-code.ts';
import { startFootageServer } from '../support/footage/footage-server.ts';
import { findStamp, stampNal } from '../support/footage/sent-stamp.ts';
import { recordSource, until } from '../support/rtsp/recorded-source.ts';
import { keySlice, pps, slice, sps } from '../support/rtsp/rtp-bytes.ts';
import { sampled } from '../support/sampled.ts';

const codes = fc.record({ footage: fc.nat(mostFootages - 1), frame: fc.nat(mostFrames - 1) });
const luminanceOf = (blocks: readonly boolean[]) => blocks.map((white) => (white ? 230 : 20));

describe('a number in a picture', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(readFrameCode(luminanceOf(blocksOf(code)))).toEqual(code);
      }),
      sampled(200, 20_000),
    );
  });

  it('is not read where a block is wrong, or where there is none', () => {
    fc.assert(
      fc.property(codes, fc.nat(frameCodeBlocks - 1), (code, wrong) => {
        const blocks = blocksOf(code).map((white, index) => (index === wrong ? !white : white));
        expect(readFrameCode(luminanceOf(blocks))).toBeNull();
      }),
      sampled(200, 20_000),
    );
    expect(readFrameCode(Array.from({ length: frameCodeBlocks }, () => 16))).toBeNull();
    expect(readFrameCode([])).toBeNull();
  });
});

describe('a stamp', () => {
  it('is found in whatever it travels in, and has no byte that a decoder would stumble over', () => {
    const stamp = { camera: 63, frame: 299, sentUs: 1_795_248_442_265_908 };
    const nal = stampNal(stamp);
    expect(findStamp(Buffer.concat([Buffer.alloc(12), nal, Buffer.alloc(10)]))).toEqual(stamp);
    expect(findStamp(Buffer.alloc(80))).toBeNull();
    expect(nal.includes(0)).toBe(false);
  });
});

const ends: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Two groups of five pictures, each picture of its own content. */
const recording: Recording = {
  codec: 'h264',
  fps: 100,
  units: Array.from({ length: 10 }, (_, index) =>
    index % 5 === 0 ? { nals: [sps, pps, keySlice(2 * index)], key: true } : { nals: [slice(2 * index)], key: false },
  ),
};

async function watched() {
  const server = await startFootageServer(() => Promise.resolve(recording));
  ends.push(() => server.close());
  const recorded = recordSource(systemClock, `rtsp://127.0.0.1:${server.port}/7`);
  ends.push(() => recorded.source.close());
  await until(() => recorded.units.length > 10);
  /** The contents of so many pictures from now on, without their stamps. */
  const next = async (count: number) => {
    const from = recorded.units.length + 2;
    await until(() => recorded.units.length >= from + count);
    return recorded.units.slice(from, from + count).map(({ nals }) => nals.filter((nal) => nal[0] !== 6).join());
  };
  return { server, recorded, next };
}

describe('a footage camera', () => {
  it('plays round and round from a key picture on, stamps every picture, and tells its time', async () => {
    const { server, recorded, next } = await watched();
    expect(recorded.units[0]?.key).toBe(true);
    const stamps = recorded.units
      .slice(0, 10)
      .map(({ nals }) => nals.map((nal) => findStamp(nal)).find((stamp) => stamp !== null));
    expect(stamps.map((stamp) => stamp?.frame)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(recorded.units[0]?.captureUtcMs).not.toBeNull();
    expect(new Set(await next(10)).size).toBe(10);
    expect(server.sentUs(7).filter((sentUs) => sentUs > 0)).toHaveLength(10);
  });

  it('can freeze, loop, fall silent and play on', async () => {
    const { server, recorded, next } = await watched();
    let heard = { count: 0, atMs: performance.now() };
    const quietMs = () => {
      const nowMs = performance.now();
      if (recorded.units.length > heard.count) heard = { count: recorded.units.length, atMs: nowMs };
      return nowMs - heard.atMs;
    };
    server.behave(null, 'frozen');
    expect(new Set(await next(10)).size).toBe(1);
    server.behave([7], 'looping');
    expect(new Set(await next(15)).size).toBe(5);
    server.behave([7], 'silent');
    await until(() => quietMs() > 100);
    server.behave([7], 'plays');
    expect(new Set(await next(10)).size).toBe(10);
    expect(recorded.ends).toEqual([]);
  });

  it('can be gone, and refuses whoever comes until it is back', async () => {
    const { server, recorded } = await watched();
    server.cut(true);
    await until(() => recorded.ends.length === 1);
    const again = recordSource(systemClock, `rtsp://127.0.0.1:${server.port}/7`);
    await until(() => again.ends.length === 1);
    server.cut(false);
    const back = recordSource(systemClock, `rtsp://127.0.0.1:${server.port}/7`);
    ends.push(() => back.source.close());
    await until(() => back.units.length > 0);
  });
});
