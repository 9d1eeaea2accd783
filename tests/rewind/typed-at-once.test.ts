import { beforeEach, expect, it } from 'vitest';
import { cameraIdSchema } from '../../core/cameras/camera.ts';
import type { RewindAct, RewoundTile } from '../../core/rewind/rewind.contract.ts';
import { displayWallSchema } from '../../core/wall/wall.contract.ts';
import type { RewindPosition } from '../../core/rewind/rewind-position.ts';
import { toTell } from '../../renderer/features/rewind/found-elsewhere.ts';
import { rewindCommand } from '../../renderer/features/rewind/rewind-commands.ts';
import { awaitedAt, followRewinds, rewindView } from '../../renderer/features/rewind/rewind-view.ts';
import type { CommandContext } from '../../renderer/ui/command.ts';
import { wallOf } from '../support/preview/peshawar.ts';

beforeEach(() => rewindView.setState({ tiles: [], asked: [] }));

const at = { displayId: 'a', tile: 0 };
const camera = cameraIdSchema.parse('c-1');

/** A main that answers and tells when it is told to, as a busy one does. */
function start() {
  const asked: RewindAct[] = [];
  const answers: ((refusal: 'live' | null) => void)[] = [];
  let tell: (tiles: readonly RewoundTile[]) => void = () => {};
  const client = {
    call: (_name: string, input: { what: RewindAct }) => {
      asked.push(input.what);
      return new Promise<never>((resolve) => answers.push((refusal) => resolve({ refusal } as never)));
    },
    watch: (_name: string, listener: typeof tell) => {
      tell = listener;
      return () => {};
    },
  } as unknown as CommandContext['client'];
  followRewinds(client);
  const context: CommandContext = {
    ...{ client, about: null, seat: null, windowKind: 'wall', displayId: 'a', selection: at, steered: null },
    displays: [displayWallSchema.parse(wallOf('a', 1, 1, [camera]))],
    history: { undo: 0, redo: 0 },
  };
  const position = (speed: number) => ({
    ...{ momentUtcMs: Date.now() - 10_000, saidUtcMs: Date.now(), speed, steps: 0, foundUtcMs: null },
  });
  return {
    asked,
    told: (...speeds: number[]) => tell(speeds.map((speed) => ({ at, camera, position: position(speed), seat: 1 }))),
    /** False where the key does not apply. */
    press(id: string): boolean {
      const command = rewindCommand(id);
      if (!command.when(context)) return false;
      void command.run(context);
      return true;
    },
    answer: async (refusal: 'live' | null = null) => {
      answers.shift()?.(refusal);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

it('what is typed behind the key that rewinds acts on the tile as it will be', () => {
  const { asked, press } = start();
  expect(press('rewind.pause')).toBe(false);
  for (const id of ['rewind.back-10', 'rewind.pause', 'rewind.pause', 'rewind.faster', 'rewind.live'])
    expect(press(id)).toBe(true);
  expect(asked).toEqual([
    { act: 'back', byMs: 10_000 },
    { act: 'pace', speed: 0 },
    { act: 'pace', speed: 1 },
    { act: 'faster', by: 1 },
    { act: 'live' },
  ]);
  expect(press('rewind.pause')).toBe(false);
});

it('what main has told counts again when all was answered, also where another seat has done something else', async () => {
  const { press, answer, told } = start();
  press('rewind.back-10');
  press('rewind.pause');
  // Told of the first, while the second is on its way.
  told(1);
  await answer();
  expect(awaitedAt(rewindView.getState(), at)?.speed).toBe(0);
  await answer();
  told(2);
  expect(awaitedAt(rewindView.getState(), at)?.speed).toBe(2);
  told();
  expect(awaitedAt(rewindView.getState(), at)).toBeNull();
});

it('what was refused is not waited for', async () => {
  const { press, answer } = start();
  press('rewind.back-10');
  await answer('live');
  expect(awaitedAt(rewindView.getState(), at)).toBeNull();
});

it('the whole wall is waited for together', () => {
  const { press } = start();
  expect(press('rewind.wall-back')).toBe(true);
  expect(press('rewind.pause')).toBe(true);
  expect(press('rewind.wall-live')).toBe(true);
  expect(press('rewind.pause')).toBe(false);
});

it('a window tells main where it is only where that is another moment than was asked for', () => {
  const now = 1_000_000;
  const position = { momentUtcMs: now - 10_000, saidUtcMs: now, speed: 0, steps: 0, foundUtcMs: null };
  const tell = (more: Partial<RewindPosition>, agoMs: number, glass: { gapMs?: number; sinceUtcMs?: number } = {}) =>
    toTell({ ...position, ...more }, { shownUtcMs: now - agoMs, gapMs: null, sinceUtcMs: now - 40, ...glass }, now);
  expect(tell({}, 10_080)).toBeNull();
  expect(tell({}, 4_000)).toEqual({ waits: false });
  expect(tell({}, 14_000)).toEqual({ waits: false });
  expect(tell({ steps: 1 }, 9_920)).toEqual({ waits: false });
  // What goes on and is behind catches up; what begins later than was asked for does not.
  expect(tell({ speed: 1 }, 14_000)).toBeNull();
  expect(tell({ speed: 1 }, 4_000)).toEqual({ waits: false });
  // Where nothing is kept of what is due, the picture before it waits, told once, until one comes again.
  expect(tell({ speed: 1 }, 14_000, { gapMs: 30_000 })).toEqual({ waits: true });
  expect(tell({ speed: 1 }, 14_000, { sinceUtcMs: now - 2_000 })).toEqual({ waits: true });
  expect(tell({ speed: 1, foundUtcMs: now - 14_000 }, 14_000, { gapMs: 30_000 })).toBeNull();
  expect(tell({ speed: 1, foundUtcMs: now - 14_000 }, 10_100)).toEqual({ waits: false });
});
