import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCameraFile } from '../../main/features/cameras/read-camera-file.ts';
import { createKnownSecrets } from '../../main/stores/log/known-secrets.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';
import { goodEntry, header, ids, json, line, readFile } from './camera-lines.ts';

describe('a camera file in JSON', () => {
  const object = {
    id: 'pes-214',
    number: 214,
    name: 'Khyber Bazar, gate 2',
    district: 'Peshawar',
    site: 'Khyber Bazar',
    lat: 34.0123,
    lon: 71.5678,
    kind: 'PTZ',
    main: 'rtsp://u:p@192.0.2.1/main',
    sub: 'rtsp://u:p@192.0.2.1/sub',
  };

  it('is read like a CSV, with numbers as numbers or texts, and missing fields as empty', () => {
    expect(json([object])).toEqual({ entries: [goodEntry], refused: [], refusedTotal: 0 });
    const least = json([{ id: 'a', number: '7', name: 'A', kind: 'fixed', sub: 'http://h/whep', lat: null, lon: null }]);
    expect(least.refused).toEqual([]);
    expect(least.entries[0]?.camera).toMatchObject({ number: 7, position: null, streams: ['sub'], district: '' });
  });

  it('refuses by index and field, and uses the good ones', () => {
    const read = json([
      { ...object, lat: 'north', kind: 3 },
      object,
      7,
      { ...object, id: 'b', number: true },
      { ...object, id: 'c', number: 3, sob: 'planted' },
      { ...object, number: 5 },
    ]);
    expect(ids(read)).toEqual(['pes-214']);
    expect(read.refused.map(({ where }) => where)).toEqual(['[0].lat', '[0].kind', '[2]', '[3].number', '[4]', '[5].id']);
    expect(read.refused.at(-1)?.reason).toBe('[1] has the same id');
    expect(JSON.stringify(read.refused)).not.toContain('planted');
  });

  it('that is not what it should be is refused as a whole, without repeating what stands in it', () => {
    const broken = readFile(Buffer.from('[{"main": "rtsp://u:planted@h", oops}]'), 'json', 'c.json');
    expect(broken).toEqual({
      entries: [],
      refused: [{ where: 'c.json', reason: expect.stringContaining('the file is not JSON') }],
      refusedTotal: 1,
    });
    expect(JSON.stringify(broken)).not.toContain('planted');
    expect(json({ cameras: [object] }).refused).toEqual([{ where: 'cameras.json', reason: expect.stringContaining('array') }]);
    expect(readFile(Buffer.from([0x5b, 0xff]), 'json', 'c.json').refused).toEqual([
      { where: 'c.json', reason: 'the file is not UTF-8' },
    ]);
  });

  it('cannot smuggle in a prototype', () => {
    const read = readFile(Buffer.from('[{"__proto__": {"id": "a"}, "constructor": 1}]'), 'json', 'c.json');
    expect(read.entries).toEqual([]);
    expect(Object.hasOwn(Object.prototype, 'id')).toBe(false);
  });
});

describe('the ways to a stream', () => {
  const camera = { id: 'a', number: 1, name: 'A', kind: 'fixed' };
  const read = (main: unknown) => readFile(Buffer.from(JSON.stringify([{ ...camera, main }])), 'json', 'c.json');

  it.each([
    ['a list', ['http://a:x@gate-a/1', 'rtsp://b:y@camera/1']],
    ['a text', 'http://a:x@gate-a/1 rtsp://b:y@camera/1'],
  ])('may be %s', (_what, main) => {
    expect(read(main).entries[0]).toMatchObject({
      addresses: { main: { url: 'http://gate-a/1', credentials: { user: 'a', password: 'x' } } },
      further: { main: [{ url: 'rtsp://camera/1', credentials: { user: 'b', password: 'y' } }] },
    });
  });

  it.each([[['http://a/1 http://b/1']], [[7]]])('are refused where the list is none of addresses: %j', (main) => {
    expect(read(main).refused).toEqual([
      { where: '[0].main', reason: 'this is not an address, or a list of addresses without spaces' },
    ]);
  });
});

describe('reading a camera file', () => {
  it('makes its passwords known, so that they are masked', async () => {
    const path = join(temporaryFolder(), 'Cameras.CSV');
    writeFileSync(path, `${header}\n${line({ main: 'rtsp://u:planted-password@h/x' })}`);
    const secrets = createKnownSecrets();
    expect((await readCameraFile(path, secrets)).entries.length).toBe(1);
    expect(secrets.find('a planted-password').length).toBe(1);
  });

  it.each([
    ['missing.csv', 'there is no such file'],
    ['folder.csv', 'this is a folder'],
    ['huge.csv', 'larger than 64 MiB'],
    ['cameras.txt', 'ends in .csv, .json or .geojson'],
  ])('%s is refused in words', async (name, reason) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'folder.csv'));
    writeFileSync(join(folder, 'cameras.txt'), 'what is this');
    writeFileSync(join(folder, 'huge.csv'), '');
    truncateSync(join(folder, 'huge.csv'), 64 * 1024 * 1024 + 1);
    expect(await readCameraFile(join(folder, name), createKnownSecrets())).toEqual({
      entries: [],
      refused: [{ where: name, reason: expect.stringContaining(reason) }],
      refusedTotal: 1,
    });
  });

  it('an address in its place is not repeated', async () => {
    const read = await readCameraFile('rtsp://u:planted@host', createKnownSecrets());
    expect(read.refused).toEqual([{ where: '--cameras', reason: 'this is an address; use --camera for it' }]);
  });
});
