import { afterEach, expect, it } from 'vitest';
import { cameraSchema } from '../../core/cameras/camera.ts';
import { displayWallSchema } from '../../core/wall/wall.contract.ts';
import type { TilePlace } from '../../core/wall/wall-change.ts';
import { createAskedSelection } from '../../renderer/app/asked-selection.ts';
import { createNumberTold } from '../../renderer/app/number-told.ts';
import { ptzView } from '../../renderer/features/ptz/ptz-view.ts';
import { whenPresetsKnown } from '../../renderer/features/ptz/when-presets-known.ts';
import type { CommandContext } from '../../renderer/ui/command.ts';
import { notices, unsay } from '../../renderer/ui/notice.ts';
import { wallOf } from '../support/preview/peshawar.ts';

afterEach(() => {
  ptzView.setState({ target: null, presets: null });
  unsay();
});

/** A main that answers when it is told to, as a busy one does. */
function start() {
  const answers: (() => void)[] = [];
  const put: [string, TilePlace | null][] = [];
  const recalled: string[] = [];
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
    presets: () => ptzView.getState().presets,
    whenPresetsKnown,
    deeds: {
      put: async (id, at) => void put.push([id, at]),
      call: async () => {},
      recall: async (token) => void recalled.push(token),
    },
  });
  return {
    tell,
    put,
    recalled,
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
      const steered = { ...nothingKnown, camera: camera(1), at: tile(of) };
      context = { ...context, steered };
      ptzView.setState({ target: steered, presets: null });
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
  await expect.poll(() => put).toHaveLength(2);
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
  await expect.poll(() => put).toHaveLength(4);
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

const presets = [{ token: 'a', name: 'gate', number: 3, locked: false, picture: null }];

it('a preset that is typed before the camera has told its presets waits for them, also when its tile was typed just before', async () => {
  const { tell, told, steer, recalled } = start();
  told(0);
  steer(0);
  tell('preset', 3);
  ptzView.setState({ presets });
  await expect.poll(() => recalled).toEqual(['a']);
  tell('tile', 2);
  tell('preset', 3);
  told(1);
  steer(1);
  ptzView.setState({ presets });
  await expect.poll(() => recalled).toEqual(['a', 'a']);
});

it('a preset that is waited for moves no other camera that somebody turned to meanwhile', async () => {
  const { tell, told, steer, recalled } = start();
  told(0);
  steer(0);
  tell('preset', 3);
  told(1);
  steer(1);
  ptzView.setState({ presets });
  await new Promise((resolve) => setImmediate(resolve));
  expect(recalled).toEqual([]);
});

it('a preset of a camera that cannot tell any is not waited for', async () => {
  const { tell, told, steer, recalled } = start();
  told(0);
  steer(0);
  tell('preset', 3);
  const { target } = ptzView.getState();
  if (target) ptzView.setState({ target: { ...target, failure: 'unreachable' } });
  await expect.poll(() => notices.getState().list).toHaveLength(1);
  expect(recalled).toEqual([]);
});
