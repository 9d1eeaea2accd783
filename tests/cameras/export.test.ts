import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CameraEntry, StreamAddress } from '../../core/cameras/camera.ts';
import { escapeCell, unescapeCell } from '../../core/cameras/spreadsheet-cell.ts';
import { exportFormats } from '../../main/features/cameras/export-cameras.ts';
import { parseCsvLine } from '../../main/features/cameras/csv-lines.ts';
import { sampled, sampledLimitMs } from '../support/sampled.ts';
import { cameraFile, makeCameras } from '../support/make-cameras.ts';
import { readFile } from './camera-lines.ts';
import { entry } from './cameras-feature.ts';

const without = ({ camera, addresses, ...rest }: CameraEntry): CameraEntry => ({
  camera,
  ...rest,
  addresses: Object.fromEntries(Object.entries(addresses).map(([name, address]) => [name, { ...address, credentials: null }])),
});

describe('an export', () => {
  it.each(exportFormats)('as %s is read back by our own import as the very same directory', (format) => {
    const odd = [
      entry('a', 900_001, { name: '=HYPERLINK("x")', site: '+1', district: '-1', tags: ['@x', 'گیٹ'] }),
      entry('b', 900_002, { name: "'=quoted", province: '"', position: { lat: -33.9, lon: -70.5 }, siteKind: 'entry-exit' }),
      entry('c', 900_003, { name: "'it's plain", site: 'a, b; c', kind: 'ptz' }),
    ];
    const way = (url: string): StreamAddress => ({ scheme: 'https', url, credentials: null });
    const laddered: CameraEntry = {
      ...entry('d', 900_004, { streams: ['main', 'sub'] }),
      addresses: { main: way('https://gate-c/d'), sub: way('https://gate-a/d-sub') },
      further: { main: [way('https://gate-a/d'), way('https://gate-b/d?x=1,2')], sub: [way('https://gate-b/d-sub')] },
    };
    const all = [...makeCameras(1_200, 3), ...odd, laddered];
    const read = readFile(cameraFile(all, format), format === 'csv' ? 'csv' : 'json', 'x');
    expect(read.refused).toEqual([]);
    expect(read.entries).toEqual(all.map(without));
  });

  it.each(exportFormats)('as %s has no user and no password in it', (format) => {
    expect(cameraFile([entry('a', 1)], format).toString()).not.toMatch(/planted|u:/);
  });

  it('as CSV has what RFC 4180 wants: a header, line ends of two characters, and every cell readable by others', () => {
    const text = cameraFile([entry('a', 1, { name: 'Gate "2", north' })], 'csv').toString();
    expect(text.split('\r\n').length).toBe(3);
    const records = parse(text, { bom: true, columns: true });
    expect(records).toMatchObject([{ id: 'a', number: '1', name: 'Gate "2", north' }]);
  });

  it('as CSV begins no cell with what a spreadsheet would run', () => {
    const all = ['=1+1', '+1', '-1', '@SUM(A1)', "'=1"].map((name, index) =>
      entry(`a-${index}`, index + 1, { name, site: name }),
    );
    const records: string[][] = parse(cameraFile(all, 'csv').toString(), { bom: true });
    expect(records.length).toBe(6);
    expect(records.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
  });

  it(
    'escapes any text so that it comes back, and so that it begins with nothing that runs',
    () => {
      fc.assert(
        fc.property(fc.array(fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', 'a', ' ')), (units) => {
          const text = units.join('');
          expect(unescapeCell(escapeCell(text))).toBe(text);
          expect(escapeCell(text)).not.toMatch(/^[=+\-@\t\r]/);
        }),
        sampled(500, 50_000),
      );
    },
    sampledLimitMs,
  );
});

describe('a line of CSV', () => {
  it(
    'is divided as another reader divides it',
    () => {
      const field = fc.oneof(
        fc.string({ maxLength: 8 }).map((text) => text.replaceAll(/[",\r\n]/g, '').replace(/^['\s]+/, '')),
        fc.string({ maxLength: 8 }).map(
          (text) =>
            `"${text
              .replaceAll(/[\r\n]/g, '')
              .replace(/^['\s]+/, '')
              .replaceAll('"', '""')}"`,
        ),
      );
      fc.assert(
        fc.property(fc.array(field, { minLength: 10, maxLength: 10 }), (fields) => {
          const text = fields.join(',');
          if (text.replaceAll(',', '').trim() === '') return;
          const [others] = parse(text, { trim: true, relax_column_count: true });
          const ours = parseCsvLine(Buffer.from(text), 10);
          expect(ours.ok && ours.value && Object.values(ours.value).slice(0, 10)).toEqual(
            others?.map((cell) => unescapeCell(cell.trim())),
          );
        }),
        sampled(500, 20_000),
      );
    },
    sampledLimitMs,
  );
});
