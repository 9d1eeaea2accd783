import { describe, expect, it } from 'vitest';
import { cameraSchema } from '../../core/cameras/camera.ts';
import { displayWallSchema } from '../../core/wall/wall.contract.ts';
import { createAskedSelection } from '../../renderer/app/asked-selection.ts';
import { createNumberTold } from '../../renderer/app/number-told.ts';
import { numberTarget } from '../../renderer/app/number-target.ts';
import type { CommandContext } from '../../renderer/ui/command.ts';
import { notices, unsay } from '../../renderer/ui/notice.ts';
import type { PtzTarget } from '../../core/ptz/ptz-target.ts';
import { wallOf } from '../support/preview/peshawar.ts';
import { until } from '../support/until.ts';

const camera = cameraSchema.parse({
  id: 'psh-12',
  number: 12,
  name: 'Khyber Bazar, gate 2',
  district: 'Peshawar',
  site: 'Khyber Bazar',
  position: null,
  kind: 'fixed',
  streams: ['main'],
  simulated: true,
});
const displays = [wallOf('left', 2, 2, []), wallOf('right', 4, 4, [])].map((wall) => displayWallSchema.parse(wall));
const at = { displayId: 'right', tile: 2 };
const known = {
  context: { selection: at, displays, displayId: 'left', steered: null },
  scenes: [{ number: 3, name: 'processions' }],
  presets: null,
  camera,
};

describe('what a typed number would do', () => {
  it('puts a known camera into the selected tile', () => {
    expect(numberTarget('camera', 12, known)).toEqual({ does: 'put', camera, at });
  });

  it('says why a camera cannot be put: nobody knows it, or no tile is selected', () => {
    expect(numberTarget('camera', 99, { ...known, camera: null })).toEqual({ does: 'nothing', why: 'no-camera', number: 99 });
    expect(numberTarget('camera', 99, { ...known, camera: undefined })).toEqual({
      does: 'nothing',
      why: 'directory-later',
      number: 99,
    });
    const context = { ...known.context, selection: null };
    expect(numberTarget('camera', 12, { ...known, context })).toEqual({ does: 'nothing', why: 'no-tile-selected', number: 12 });
  });

  it('counts tiles from 1 on the display that is worked on', () => {
    expect(numberTarget('tile', 16, known)).toEqual({ does: 'select', at: { displayId: 'right', tile: 15 } });
    expect(numberTarget('tile', 17, known)).toEqual({ does: 'nothing', why: 'no-tile', number: 17 });
    const context = { ...known.context, selection: null };
    expect(numberTarget('tile', 4, { ...known, context })).toEqual({ does: 'select', at: { displayId: 'left', tile: 3 } });
  });

  it('calls a scene that is there', () => {
    expect(numberTarget('scene', 3, known)).toEqual({ does: 'call', number: 3, name: 'processions' });
    expect(numberTarget('scene', 4, known)).toEqual({ does: 'nothing', why: 'no-scene', number: 4 });
  });

  it('sends the camera of the selected tile to a preset it has, and says why it cannot', () => {
    const steered: PtzTarget = {
      ...{ camera, at, enlarged: false, abilities: null, lens: null, failure: null },
      ...{ lease: null, mine: false, trouble: null },
    };
    const preset = { token: 'a', name: 'gate', number: 3, locked: false };
    const context = { ...known.context, steered };
    const of = (
      number: number,
      more: {
        readonly context?: Pick<CommandContext, 'selection' | 'displays' | 'displayId' | 'steered'>;
        readonly presets?: (typeof preset)[] | null;
      },
    ) =>
      numberTarget('preset', number, {
        ...known,
        context,
        ...more,
        presets: more.presets === undefined ? [preset] : more.presets,
      });
    expect(of(3, {})).toEqual({ does: 'recall', camera, preset });
    expect(of(4, {})).toEqual({ does: 'nothing', why: 'no-preset', number: 4 });
    expect(of(3, { presets: null })).toEqual({ does: 'nothing', why: 'presets-unknown', number: 3 });
    expect(of(3, { context: { ...known.context, steered: null } })).toMatchObject({ why: 'not-steered' });
    // What main has not told yet is not sent to the camera before it.
    const elsewhere = { ...context, selection: { displayId: 'right', tile: 5 } };
    expect(numberTarget('preset', 3, { ...known, presets: [preset], context: elsewhere })).toMatchObject({ why: 'not-steered' });
  });
});

describe('a number that ended with Enter', () => {
  it('goes to the tile that was selected at Enter, however long the look-up takes', async () => {
    const put: unknown[] = [];
    let selection = at;
    let find: (camera: typeof found) => void = () => {};
    const found = camera;
    const client = { call: () => Promise.reject(new Error('not asked')), watch: () => () => {} };
    const context = (): CommandContext => ({
      client,
      about: null,
      seat: null,
      windowKind: 'console',
      displayId: 'left',
      selection,
      displays,
      steered: null,
      history: { undo: 0, redo: 0 },
    });
    const told = createNumberTold({
      asked: createAskedSelection(context),
      scenes: () => [],
      presets: () => null,
      whenPresetsKnown: () => Promise.resolve(),
      cameras: { byNumber: () => new Promise((resolve) => (find = resolve)), search: async () => [] },
      deeds: { put: async (...given) => void put.push(given), recall: async () => {}, call: async () => {} },
    });
    told('camera', 12);
    selection = { displayId: 'left', tile: 0 };
    find(found);
    await until('the camera is put', async () => put.length > 0);
    expect(put).toEqual([[camera.id, at]]);
  });

  it('says in words what it could not do', async () => {
    unsay();
    const told = createNumberTold({
      asked: createAskedSelection(() => ({
        ...known.context,
        client: { call: () => Promise.reject(new Error()), watch: () => () => {} },
        about: null,
        seat: null,
        windowKind: 'wall',
        steered: null,
        history: { undo: 0, redo: 0 },
      })),
      scenes: () => [],
      presets: () => null,
      whenPresetsKnown: () => Promise.resolve(),
      cameras: { byNumber: async () => null, search: async () => [] },
      deeds: { put: async () => {}, recall: async () => {}, call: async () => {} },
    });
    told('camera', 99);
    await until('something is said', async () => notices.getState().list.length > 0);
    expect(notices.getState().list).toMatchObject([{ tone: 'attention' }]);
  });
});
