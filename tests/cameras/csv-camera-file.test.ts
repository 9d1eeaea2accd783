import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cameraSchema } from '../../core/cameras/camera.ts';
import { refusedLineSchema } from '../../core/cameras/cameras.contract.ts';
import { refusalsInWords } from '../../main/features/cameras/refusals.ts';
import { sampled, sampledLimitMs } from '../support/sampled.ts';
import { csv, good, goodEntry, header, ids, line, readFile } from './camera-lines.ts';

describe('a camera file in CSV', () => {
  it.each([
    ['as it is', `${header}\n${good}\n`],
    ['without a last line end', `${header}\n${good}`],
    ['with a byte order mark', `\ufeff${header}\n${good}\n`],
    ['with the line ends of Windows and empty lines', `${header}\r\n\r\n${good}\r\n  \r\n`],
    [
      'with every field quoted',
      `"${header.replaceAll(',', '","')}"\n"pes-214","214","Khyber Bazar, gate 2","Peshawar","Khyber Bazar","34.0123","71.5678","PTZ","rtsp://u:p@192.0.2.1/main","rtsp://u:p@192.0.2.1/sub"`,
    ],
    [
      'with spaces around the fields',
      `${header}\npes-214 , 214, "Khyber Bazar, gate 2" ,Peshawar , Khyber Bazar, 34.0123 ,71.5678,PTZ , rtsp://u:p@192.0.2.1/main, rtsp://u:p@192.0.2.1/sub `,
    ],
  ])('is read %s', (_, text) => {
    expect(readFile(Buffer.from(text), 'csv', 'cameras.csv')).toEqual({ entries: [goodEntry], refused: [], refusedTotal: 0 });
  });

  it.each([
    [{ id: '' }, 'id: an id is'],
    [{ id: 'a b' }, 'id: an id is'],
    [{ number: '0' }, 'number: a number is'],
    [{ number: '1.5' }, 'number: a number is'],
    [{ number: '1000000' }, 'number: a number is'],
    [{ name: '' }, 'name: a camera needs a name'],
    [{ name: 'x'.repeat(121) }, 'name: this is longer than 120'],
    [{ name: 'rtsp://u:planted@h/' }, 'name: this looks like an address'],
    [{ site: 'a\u0007b' }, 'site: this contains control characters'],
    [{ site: 'a\u202eb' }, 'site: this contains invisible codes'],
    [{ lat: '34.0' }, 'lon: a position needs both'],
    [{ lon: '71.0' }, 'lat: a position needs both'],
    [{ lat: '90.1', lon: '0' }, 'lat: degrees are a number from -90 to 90'],
    [{ lat: '0', lon: '-180.5' }, 'lon: degrees are a number from -180 to 180'],
    [{ lat: '0x10', lon: '1' }, 'lat: degrees'],
    [{ lat: 'NaN', lon: '1' }, 'lat: degrees'],
    [{ lat: '"34,01"', lon: '1' }, 'lat: write degrees with a point'],
    [{ kind: '' }, 'kind: the kind is fixed or PTZ'],
    [{ kind: 'dome' }, 'kind: the kind is fixed or PTZ'],
    [{ main: '' }, 'main: a camera needs an address'],
    [{ main: 'file:///x' }, 'main: file: addresses'],
    [{ sub: 'sim:1' }, 'sub: sim: addresses'],
    [{ main: 'rtsp://u:planted/x@h/' }, 'main: there is an @'],
    [{ name: '"unclosed' }, 'the quotation marks do not match'],
    [{ name: 'a"b' }, 'the quotation marks do not match'],
    [{ name: 'a,b' }, 'the line has 11 fields where 10 belong'],
    [{ name: 'x'.repeat(20_000) }, 'the line is longer than'],
  ])('refuses a line with %j by its number, and uses the others', (fields, reason) => {
    const read = csv(good, line({ ...fields }), line({ id: 'last', number: '9' }));
    expect(read.refused).toEqual([{ where: 'line 3', reason: expect.stringContaining(reason) }]);
    expect(ids(read)).toEqual(['pes-214', 'last']);
    expect(JSON.stringify(read.refused)).not.toContain('planted');
  });

  it('tells everything that is wrong with a line at once', () => {
    expect(csv(line({ number: 'x', kind: 'y' })).refused[0]?.reason).toBe(
      'number: a number is a whole number from 1 to 999999; kind: the kind is fixed or PTZ',
    );
  });

  it('refuses equal ids and numbers naming the earlier line, but a refused line stands in nobody’s way', () => {
    const read = csv(
      line({ id: 'a', number: '1' }),
      line({ id: 'b', number: '2', kind: '?' }),
      line({ id: 'a', number: '3' }),
      line({ id: 'b', number: '1' }),
      line({ id: 'b', number: '2' }),
    );
    expect(ids(read)).toEqual(['a', 'b']);
    expect(read.refused.slice(1)).toEqual([
      { where: 'line 4', reason: 'id: line 2 has the same id' },
      { where: 'line 5', reason: 'number: line 2 has the same number' },
    ]);
  });

  it('refuses a line that is not UTF-8 by its number', () => {
    const bytes = Buffer.concat([
      Buffer.from(`${header}\n${line({ name: 'X' })}\n`),
      Buffer.from(line({ id: 'b', number: '2', name: 'Caf\u00e9' }), 'latin1'),
      Buffer.from(`\n${line({ id: 'c', number: '3' })}`),
    ]);
    const read = readFile(bytes, 'csv', 'cameras.csv');
    expect(read.refused).toEqual([{ where: 'line 3', reason: expect.stringContaining('not UTF-8') }]);
    expect(ids(read)).toEqual(['a', 'c']);
  });

  it.each([
    ['', 'cameras.csv', 'is empty'],
    ['id;number;name', 'cameras.csv, line 1', 'not by semicolons'],
    ['id\tnumber', 'cameras.csv, line 1', 'not by tabs'],
    [good, 'cameras.csv, line 1', `the first line must be ${header}`],
  ])('that begins with %j is refused as a whole', (text, where, reason) => {
    expect(readFile(Buffer.from(text), 'csv', 'cameras.csv')).toEqual({
      entries: [],
      refused: [{ where, reason: expect.stringContaining(reason) }],
      refusedTotal: 1,
    });
  });

  it('in UTF-16 is refused with the way out', () => {
    expect(readFile(Buffer.from(`\ufeff${header}`, 'utf16le'), 'csv', 'c.csv').refused).toEqual([
      { where: 'c.csv', reason: 'the file is UTF-16; save it as UTF-8' },
    ]);
  });

  it('has at most 100,000 lines, and says where it stopped', () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => line({ id: `c${index}`, number: String(index + 1) }));
    expect(csv(...lines).refused).toEqual([]);
    const read = csv(...lines, line({ id: 'late', number: '999999' }));
    expect(read.entries.length).toBe(100_000);
    expect(read.refused).toEqual([{ where: 'line 100002 and after', reason: expect.stringContaining('100000') }]);
  });

  it('that is wrong throughout says so in a bounded number of words', () => {
    const read = csv(...Array.from({ length: 5_000 }, () => 'x'));
    expect([read.refused.length, read.refusedTotal]).toEqual([200, 5_000]);
    expect(refusalsInWords(read.refused, read.refusedTotal).at(-1)).toEqual({
      where: 'and more',
      reason: '4800 more were refused',
    });
  });

  it(
    'of random bytes never crashes, and tells only what its contract allows',
    () => {
      const noise = fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc.string({ unit: 'binary', maxLength: 200 }).map((text) => new TextEncoder().encode(text)),
        fc.constantFrom(...['"', ',,,,,,,,,', '\r', '""', good].map((text) => new TextEncoder().encode(text))),
      );
      fc.assert(
        fc.property(
          fc.array(noise, { maxLength: 6 }),
          fc.boolean(),
          fc.constantFrom('csv' as const, 'json' as const),
          (parts, headed, kind) => {
            const bytes = Buffer.concat([
              Buffer.from(headed ? `${header}\n` : ''),
              ...parts.flatMap((part) => [part, Buffer.from('\n')]),
            ]);
            const read = readFile(bytes, kind, 'x');
            for (const entry of read.entries) expect(cameraSchema.safeParse(entry.camera).success).toBe(true);
            for (const refusal of read.refused) expect(refusedLineSchema.safeParse(refusal).success).toBe(true);
          },
        ),
        sampled(500, 50_000),
      );
    },
    sampledLimitMs,
  );

  it(
    'loses no good line to a bad neighbour',
    () => {
      const bad = fc.oneof(
        fc.constantFrom('"', 'x,"', `"${good}`, ',,,,,,,,,', ''),
        fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('latin1').replaceAll('\n', '')),
      );
      fc.assert(
        fc.property(fc.array(fc.oneof(bad, fc.constant(null)), { maxLength: 30 }), (plan) => {
          const expected: string[] = [];
          const lines = plan.map((text, index) => {
            if (text !== null) return Buffer.from(text, 'latin1');
            expected.push(`good-${index}`);
            return Buffer.from(line({ id: `good-${index}`, number: String(index + 1), name: '"quoted, name"' }));
          });
          const bytes = Buffer.concat([Buffer.from(header), ...lines.flatMap((text) => [Buffer.from('\n'), text])]);
          expect(ids(readFile(bytes, 'csv', 'x')).filter((id) => id.startsWith('good-'))).toEqual(expected);
        }),
        sampled(300, 30_000),
      );
    },
    sampledLimitMs,
  );
});
