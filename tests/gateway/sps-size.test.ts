import { expect, it } from 'vitest';
import { nalType } from '../../main/gateway/pictures/nal.ts';
import { h264Size } from '../../main/gateway/taps/h264-size.ts';
import { record } from './support/recording.ts';

it.each(['320x240', '354x290', '640x362'])('an H.264 parameter set tells the size %s of its pictures', async (size) => {
  const { units } = await record({ seconds: 1, size });
  const sps = units[0]?.nals.find((nal) => nalType('h264', nal) === 7);
  const [width, height] = size.split('x').map(Number);
  expect(h264Size(sps ?? Buffer.alloc(0))).toEqual({ width, height });
});

it.each([
  ['interlaced, with edges cut off', '67640028acd94078044fde0220000003002000000643e2c5b2c0', 1920, 1080],
  ['with as many colours as pixels', '67f40028919b280f0043f17780880000030008000003019078c18cb0', 1910, 1070],
])('a set of High profile as x264 writes it, %s, is read', (_, text, width, height) => {
  const sps = Buffer.from(text, 'hex');
  expect(h264Size(sps)).toEqual({ width, height });
  // What ends too early is not believed.
  expect(h264Size(sps.subarray(0, 8))).toBeNull();
});

/** ue(v) of ITU-T H.264 §9.1. */
const golomb = (value: number): string => {
  const code = (value + 1).toString(2);
  return '0'.repeat(code.length - 1) + code;
};

it('lists of scales and orders of pictures stand before the size, and are passed over', () => {
  const flat = '1'.repeat(16);
  // The first scale changes by -8, se(v) code 16: the list ends there.
  const endsAtOnce = golomb(16);
  const lists = ['1', '1', flat, '1', endsAtOnce, '0'.repeat(6)].join('');
  const order = [golomb(1), '0', golomb(2), golomb(3), golomb(2), golomb(1), golomb(1)].join('');
  const size = [golomb(1), '0', golomb(39), golomb(22), '1', '1', '0'].join('');
  const bits = [golomb(0), golomb(1), golomb(0), golomb(0), '0', lists, golomb(0), order, size, '10000000'].join('');
  const bytes = bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [];
  expect(h264Size(Buffer.from([0x67, 100, 0, 40, ...bytes]))).toEqual({ width: 640, height: 368 });
});
