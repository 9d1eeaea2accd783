import { expect, test } from 'vitest';
import { readEdid } from '../../main/hosts/edid.ts';
import { edidHex } from './support/edid-text.ts';

const dell = edidHex({ product: 0xa0b1, serial: 7, name: 'DELL U2415' });

test('a display is known by a short digest of its base block, and by the name its maker gave it', () => {
  expect(readEdid(dell)).toEqual({ digest: expect.stringMatching(/^[0-9a-f]{16}$/), name: 'DELL U2415' });
  expect(readEdid(edidHex({ product: 0xa0b1, serial: 7 }))?.name).toBeNull();
});

test('two displays of one model differ by their serial numbers', () => {
  expect(readEdid(edidHex({ product: 1, serial: 1 }))?.digest).not.toBe(readEdid(edidHex({ product: 1, serial: 2 }))?.digest);
});

test('extension blocks, which some readings leave out, change nothing', () => {
  expect(readEdid(dell + '02'.padEnd(256, '0'))).toEqual(readEdid(dell));
});

test('what is damaged, too short or no EDID is no identity', () => {
  const damaged = `${dell.slice(0, 40)}f${dell.slice(41)}`;
  for (const text of ['', 'zz', dell.slice(0, 254), damaged, '0'.repeat(256), dell.slice(1)]) {
    expect(readEdid(text), text.slice(0, 20)).toBeNull();
  }
});
