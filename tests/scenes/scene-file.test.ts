import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lowestFreeNumber } from '../../core/scenes/lowest-free-number.ts';
import { fitsOneMessage } from '../../core/rpc/envelope.ts';
import { readSceneFile, writeSceneFile } from '../../core/scenes/scene-file.ts';
import { camera, displayOf, draft, someDraft } from './some-scenes.ts';

const fileOf = (...scenes: unknown[]) => JSON.stringify({ format: 'deedban-scenes', version: 1, scenes });
const problemsOf = (text: string) => {
  const read = readSceneFile(text);
  return read.ok ? [] : read.problems;
};

describe('a file of scenes', () => {
  it('reads back what was written', () => {
    fc.assert(
      fc.property(fc.array(someDraft, { minLength: 1, maxLength: 5 }), (scenes) => {
        expect(readSceneFile(writeSceneFile(scenes))).toEqual({ ok: true, scenes });
      }),
    );
  });

  it('is written with one scene a line, and equal tiles without their cells', () => {
    const lines = writeSceneFile([draft(1), draft(2, 'Night', [displayOf('left', camera('c1'), camera('c2'))])]).split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[2]).toContain('"layout":{"columns":2,"rows":1}');
  });

  it.each([
    ['', 'the file', 'not JSON'],
    ['{"a": 1', 'the file', 'not JSON'],
    ['[]', 'the file', 'not an export of scenes'],
    ['{"format":"other","version":1}', 'the file', 'not an export of scenes'],
    ['{"format":"deedban-scenes","version":2,"new":true}', 'version', 'newer Deedban'],
    [fileOf(), 'scenes', 'at least 1'],
    [fileOf(draft(1), { ...draft(2), name: undefined }), 'scenes[1].name', 'missing'],
    [fileOf({ ...draft(1), number: 0 }), 'scenes[0].number', 'at least 1'],
    [fileOf({ ...draft(1), number: 'x' }), 'scenes[0].number', 'a number'],
    [fileOf({ ...draft(1), name: 'x'.repeat(121) }), 'scenes[0].name', 'at most 120 characters'],
    [fileOf({ ...draft(1), colour: 'red' }), 'scenes[0].colour', 'one of none, slate'],
    [fileOf({ ...draft(1), revision: 7 }), 'scenes[0].revision', 'does not belong here'],
    [fileOf(draft(1, 'a', [displayOf('d', { kind: 'camera', camera: '../x' } as never)])), 'contents[0].camera', 'digits'],
    [fileOf(draft(1, 'a', [displayOf('d', { kind: 'film' } as never)])), 'contents[0].kind', 'none of the known kinds'],
    [
      fileOf(draft(1, 'a', [{ ...displayOf('d', camera('c1')), contents: [camera('c1'), camera('c2')] }])),
      'contents',
      '2 contents for 1',
    ],
    [fileOf(draft(1, 'a', [displayOf('d', camera('c1')), displayOf('d', camera('c2'))])), 'displays[1].displayId', 'named twice'],
    [
      fileOf(draft(1, 'a', [{ ...displayOf('d', camera('c1')), layout: { columns: 2, rows: 1, cells: [] } }])),
      'layout',
      'at least 1',
    ],
    [
      fileOf(
        draft(1, 'a', [
          {
            displayId: 'd',
            contents: [],
            layout: { columns: 2, rows: 1, cells: [{ column: 0, row: 0, columnSpan: 1, rowSpan: 1 }] },
          },
        ]),
      ),
      'layout',
      'fill it',
    ],
    [
      fileOf(draft(1, 'a', [{ displayId: 'd', contents: [], layout: { columns: 48, rows: 48 } } as never])),
      'layout',
      'at most 64',
    ],
  ])('refuses %s, with the place and the reason', (text, where, reason) => {
    const [problem] = problemsOf(text);
    expect(problem?.where).toContain(where);
    expect(problem?.reason).toContain(reason);
  });

  it('names at most 200 places, and says how many more there are', () => {
    const problems = problemsOf(fileOf(...Array.from({ length: 300 }, (_, index) => ({ ...draft(index + 1), name: 7 }))));
    expect(problems).toHaveLength(200);
    expect(problems.at(-1)?.reason).toBe('101 more problems are not listed');
  });

  it('never throws, whatever it is given', () => {
    fc.assert(fc.property(fc.json(), (text) => void readSceneFile(text)));
    fc.assert(fc.property(fc.anything(), (scene) => void readSceneFile(fileOf(scene))));
  });

  it('knows that quotes grow within a message', () => {
    expect(fitsOneMessage('x'.repeat(940_000))).toBe(true);
    expect(fitsOneMessage('"'.repeat(500_000))).toBe(false);
  });
});

describe('the number of a new scene', () => {
  it('is the lowest that is free, and none where all are taken', () => {
    expect(lowestFreeNumber([])).toBe(1);
    expect(lowestFreeNumber([1, 2, 4])).toBe(3);
    expect(lowestFreeNumber([1, 2, 3], 3)).toBeNull();
  });
});
