import { afterEach, describe, expect, it } from 'vitest';
import { cameraIdSchema } from '../../core/cameras/camera.ts';
import { wallContract } from '../../core/wall/wall.contract.ts';
import { context, endAll, heard, one, put, session, start } from './started-wall.ts';

afterEach(endAll);

async function startConsidering() {
  const started = await start();
  const { wall } = started;
  const of = (...window: Parameters<typeof session>) => wall.states['wall.considered'](session(...window)).current();
  return {
    ...started,
    of,
    names: (...window: Parameters<typeof session>) => of(...window).map(({ camera }) => camera as string),
    consider: (window: ReturnType<typeof session>, name: string | null) =>
      wall.calls['wall.consider']({ camera: name === null ? null : cameraIdSchema.parse(name) }, context(window)),
    select: (window: ReturnType<typeof session>, displayId: string, tile = 0) =>
      wall.calls['wall.select']({ at: { displayId, tile } }, context(window)),
  };
}
const desk = (seat = 1) => session(seat, 'desk', 'console');

describe('a camera that a seat may show next', () => {
  it("is told to the window of the selected tile, with the tile's share of its width, and to no other", async () => {
    const { of, consider, select } = await startConsidering();
    await select(desk(), 'right', 1);
    await consider(desk(), 'c50');
    expect(of(1, 'right')).toEqual([{ camera: 'c50', streams: ['main'], widthShare: 0.5 }]);
    expect(wallContract['wall.considered'].value.parse(of(1, 'right'))).toEqual(of(1, 'right'));
    expect(of(1, 'left')).toEqual([]);
    expect(of(1, 'desk', 'console')).toEqual([]);
    await consider(desk(), null);
    expect(of(1, 'right')).toEqual([]);
  });

  it('is told to the window that is desk and wall in one', async () => {
    const { names, consider } = await startConsidering();
    await consider(session(1, 'left', 'shared'), 'c50');
    expect(names(1, 'left', 'shared')).toEqual(['c50']);
  });

  it('is not told where that window shows it, and no more as soon as it does', async () => {
    const { wall, consider, select, names } = await startConsidering();
    await select(desk(), 'left');
    await consider(desk(), 'c3');
    expect(names(1, 'left')).toEqual([]);
    await consider(desk(), 'c50');
    const told = heard(wall.states['wall.considered'](session(1, 'left')));
    await wall.apply(one, put(1, 'c51'));
    expect(told).toEqual([]);
    await wall.apply(one, put(0, 'c50'));
    expect(told).toEqual([[]]);
  });

  it('is not told where nobody would see it: of a blanked display, and behind an enlarged tile', async () => {
    const { wall, consider, select, of } = await startConsidering();
    await select(desk(), 'left', 1);
    await consider(desk(), 'c50');
    await wall.apply(one, { type: 'enlarge', displayId: 'left', tile: 1 });
    expect(of(1, 'left')).toMatchObject([{ widthShare: 1 }]);
    await wall.apply(one, { type: 'enlarge', displayId: 'left', tile: 2 });
    expect(of(1, 'left')).toEqual([]);
    await wall.apply(one, { type: 'enlarge', displayId: 'left', tile: null });
    await wall.apply(one, { type: 'blank', displayId: 'left', blank: true });
    expect(of(1, 'left')).toEqual([]);
  });

  it('is one of each window, of two windows at most, and each once', async () => {
    const { consider, select, names } = await startConsidering();
    for (const seat of [1, 2, 3]) {
      await select(desk(seat), 'left');
      await consider(desk(seat), 'c49');
      await consider(desk(seat), `c5${seat}`);
    }
    expect(names(1, 'left')).toEqual(['c53', 'c52']);
    await consider(desk(3), 'c52');
    expect(names(1, 'left')).toEqual(['c52', 'c51']);
  });

  it('is none any more when the window in which it was considered has gone, and none where the directory does not know it', async () => {
    const { wall, consider, select, names } = await startConsidering();
    await select(desk(), 'left');
    await consider(desk(), 'c50');
    wall.sessionEnded?.(desk());
    expect(names(1, 'left')).toEqual([]);
    await consider(desk(), 'nobody');
    expect(names(1, 'left')).toEqual([]);
  });
});
