import { expect, it, vi } from 'vitest';
import { cameraSchema } from '../../core/cameras/camera.ts';
import { displayWallSchema } from '../../core/wall/wall.contract.ts';
import type { TilePlace } from '../../core/wall/wall-change.ts';
import { createAskedSelection } from '../../renderer/app/asked-selection.ts';
import { createNumberTold } from '../../renderer/app/number-told.ts';
import type { CommandContext } from '../../renderer/ui/command.ts';
import { wallOf } from '../support/preview/peshawar.ts';

/** A main that answers when it is told to, as a busy one does. */
function start() {
  const answers: (() => void)[] = [];
  const put: [string, TilePlace | null][] = [];
  const client: CommandContext['client'] = {
    call: () => new Promise<never>((resolve) => answers.push(() => resolve({} as never))),
    watch: () => () => {},
  };
  let context: CommandContext = {
    ...{ client, about: null, seat: null, windowKind: 'wall', displayId: 'a', selection: null },
    displays: [displayWallSchema.parse(wallOf('a', 2, 2, []))],
    steered: null,
    history: { undo: 0, redo: 0 },
  };
  const camera = (number: number) =>
    cameraSchema.parse({
      ...{ id: `c-${number}`, number, name: `Camera ${number}`, district: '', site: '', position: null },
      ...{ kind: 'fixed', streams: ['main'], simulated: true },
    });
  const asked = createAskedSelection(() => context);
  const tell = createNumberTold({
    asked,
    cameras: { byNumber: (number) => Promise.resolve(camera(number)), search: () => Promise.resolve([]) },
    scenes: () => [],
    presets: () => null,
    deeds: { put: async (id, at) => void put.push([id, at]), call: async () => {}, recall: async () => {} },
  });
  return {
    tell,
    put,
    context: asked.context,
    steer: (of: number) => {
      const nothingKnown = {
        enlarged: false,
        abilities: null,
        lens: null,
        failure: null,
        lease: null,
        mine: false,
        trouble: null,
      };
      context = { ...context, steered: { ...nothingKnown, camera: camera(1), at: tile(of) } };
    },
    answer: async () => {
      answers.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
    told: (tile: number) => {
      context = { ...context, selection: { displayId: 'a', tile } };
    },
  };
}
const tile = (number: number) => ({ displayId: 'a', tile: number });

it('a camera that is typed before main has told the new selection goes into the tile that was asked for', async () => {
  const { tell, put, answer, told } = start();
  tell('tile', 1);
  tell('camera', 116);
  tell('tile', 2);
  // The first selection is told late, when the second was asked for already.
  told(0);
  tell('camera', 115);
  await vi.waitFor(() => expect(put).toHaveLength(2));
  expect(put).toEqual([
    ['c-116', tile(0)],
    ['c-115', tile(1)],
  ]);
  await answer();
  await answer();
  told(1);
  tell('camera', 114);
  // Somebody else of this seat selects another one: that counts from then on.
  told(3);
  tell('camera', 113);
  await vi.waitFor(() => expect(put).toHaveLength(4));
  expect(put.slice(2)).toEqual([
    ['c-114', tile(1)],
    ['c-113', tile(3)],
  ]);
});

it('a key that comes before main has told the new selection acts on the tile that was asked for, and moves no camera of the one before', () => {
  const { tell, context, told, steer } = start();
  told(0);
  steer(0);
  expect(context().steered?.at).toEqual(tile(0));
  tell('tile', 2);
  expect(context()).toMatchObject({ selection: tile(1), steered: null });
  told(1);
  steer(1);
  expect(context()).toMatchObject({ selection: tile(1), steered: { at: tile(1) } });
});
