import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonItems } from '../../main/features/cameras/json-items.ts';
import { cameraFileKind } from '../../main/features/cameras/parse-camera-file.ts';
import { sampled, sampledLimitMs } from '../support/sampled.ts';
import { header, ids, readFile } from './camera-lines.ts';

const properties = { id: 'a', number: 1, name: 'A', kind: 'fixed', main: 'rtsp://h/x' };
const point = (coordinates: unknown, more: object = {}) => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates },
  properties: { ...properties, ...more },
});
const read = (content: unknown) => readFile(Buffer.from(JSON.stringify(content)), 'json', 'c.geojson');
const collection = (...features: readonly unknown[]) => ({ type: 'FeatureCollection', features });

describe('a camera file in GeoJSON', () => {
  it('has its positions longitude first, and may leave them out', () => {
    const all = read(collection(point([71.5, 34.0, 340]), { ...point([0, 0], { id: 'b', number: 2 }), geometry: null }));
    expect(all.refused).toEqual([]);
    expect(all.entries.map(({ camera }) => camera.position)).toEqual([{ lat: 34, lon: 71.5 }, null]);
  });

  it('refuses by feature and field, and uses the good ones', () => {
    const all = read({
      features: [
        point([71, 91]),
        { ...point([71, 34]), geometry: { type: 'LineString', coordinates: [[71, 34]] } },
        point([71, 34], { number: 'planted' }),
        point([71, 34], { lat: 1, lon: 2, tags: ['a', 'b'], site_kind: 'Market', province: 'KP' }),
        point([71, 34], { owner: 'planted' }),
        7,
      ],
      bbox: [1, 2, 3, 4],
      name: 'a ] } , " \\',
      type: 'FeatureCollection',
    });
    expect(ids(all)).toEqual(['a']);
    expect(all.entries[0]?.camera).toMatchObject({
      ...{ position: { lat: 34, lon: 71 }, tags: ['a', 'b'], siteKind: 'market', province: 'KP' },
    });
    const places = ['features[0].lat', 'features[1]', 'features[2].number', 'features[4]', 'features[5]'];
    expect(all.refused.map(({ where }) => where)).toEqual(places);
    expect(JSON.stringify(all.refused)).not.toContain('planted');
  });

  it.each([
    [{ type: 'Topology', features: [point([71, 34])] }, 'FeatureCollection'],
    [{ features: [point([71, 34])] }, 'FeatureCollection'],
    [{}, 'FeatureCollection'],
    ['text', 'the file is not JSON'],
  ])('%j is refused as a whole', (content, words) => {
    expect(read(content)).toEqual({
      entries: [],
      refused: [{ where: 'c.geojson', reason: expect.stringContaining(words) }],
      refusedTotal: 1,
    });
  });

  it('that ends in the middle is refused as a whole, wherever it ends', () => {
    const text = JSON.stringify(collection(point([71, 34]), point([71, 34], { id: 'b', number: 2, name: 'ب "' })));
    const bytes = Buffer.from(text);
    for (let end = 1; end < bytes.length; end++) {
      const cut = readFile(bytes.subarray(0, end), 'json', 'c');
      expect([end, cut.entries.length, cut.refused[0]?.where]).toEqual([end, 0, 'c']);
    }
  });
});

describe('cutting up JSON', () => {
  it(
    'finds the items of any array, however it is written',
    () => {
      fc.assert(
        fc.property(fc.array(fc.jsonValue(), { maxLength: 6 }), fc.constantFrom(undefined, 1, '\t\r\n'), (items, space) => {
          const found = [...jsonItems(Buffer.from(JSON.stringify(items, null, space)))];
          expect(found.map((item) => (item.what === 'item' ? JSON.parse(item.bytes.toString()) : item))).toEqual(
            JSON.parse(JSON.stringify(items)),
          );
        }),
        sampled(500, 50_000),
      );
    },
    sampledLimitMs,
  );

  it(
    'ends with any bytes, and calls nothing whole that JSON.parse would not take',
    () => {
      const bits = fc.array(fc.constantFrom('[', ']', '{', '}', ',', ':', '"', '\\', '1', ' ', '"features"', 'null'), {
        maxLength: 14,
      });
      fc.assert(
        fc.property(bits, (parts) => {
          const text = parts.join('');
          const found = [...jsonItems(Buffer.from(text))];
          const isWhole = found.every(({ what }) => what !== 'fault');
          const parses = (part: string) => {
            try {
              JSON.parse(part);
              return true;
            } catch {
              return false;
            }
          };
          const partsParse = found.every((part) => part.what === 'fault' || parses(part.bytes.toString()));
          if (parses(text) && /^\s*[[{]/.test(text)) expect([text, isWhole]).toEqual([text, true]);
          else expect([text, isWhole && partsParse]).toEqual([text, false]);
        }),
        sampled(2_000, 100_000),
      );
    },
    sampledLimitMs,
  );
});

describe('what a camera file is', () => {
  it.each([
    ['a.csv', header, 'csv'],
    ['a.txt', header, 'csv'],
    ['a.txt', '\ufeff  [', 'json'],
    ['a.csv', '{"type":', 'json'],
    ['a.GeoJSON', '?', 'json'],
    ['a.CSV', '?', 'csv'],
    ['a.pdf', '?', null],
  ])('%s that begins with %j is %s', (name, text, kind) => {
    expect(cameraFileKind(name, Buffer.from(text))).toBe(kind);
  });
});
