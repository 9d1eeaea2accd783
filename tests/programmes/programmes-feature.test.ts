import { describe, expect, it } from 'vitest';
import type { ProgrammeId } from '../../core/programmes/programmes.contract.ts';
import { programmesContract } from '../../core/programmes/programmes.contract.ts';
import { sceneIdSchema } from '../../core/scenes/scene.ts';
import { seat, start, stored } from '../scenes/scenes-set-up.ts';
import { camera, displayOf, draft } from '../scenes/some-scenes.ts';
import { until } from '../support/until.ts';

type Started = Awaited<ReturnType<typeof start>>;
const view = ({ programmes }: Started) => ({
  playing: () => programmes.states['programmes.playing'](seat(1).session).current(),
  /** What a wall window on this display is told. */
  next: (displayId = 'left') =>
    programmes.states['programmes.next']({ ...seat(1).session, displayId, windowKind: 'wall' }).current(),
});

/** Three scenes with camera c1, c2, c3, and a programme of them with these dwells. */
async function withProgramme(...dwells: number[]) {
  const all = await start();
  const scenes = await Promise.all(
    dwells.map(async (_, index) =>
      stored(
        await all.scenes.calls['scenes.create'](
          draft(index + 1, `Scene ${index + 1}`, [displayOf('left', camera(`c${index + 1}`))]),
          seat(1),
        ),
      ),
    ),
  );
  const steps = scenes.map(({ id: scene }, index) => ({ scene, dwellS: dwells[index] ?? 5 }));
  const made = await all.programmes.calls['programmes.create']({ number: 1, name: 'Rounds', steps }, seat(1));
  if (made.outcome !== 'stored') throw new Error(JSON.stringify(made));
  return { ...all, ...view(all), made: scenes, programme: made.programme };
}
const play = ({ programmes }: Started, id: ProgrammeId, by = 1) => programmes.calls['programmes.start']({ id }, seat(by));
const onWall = ({ wall }: Started) => wall.present().find(({ displayId }) => displayId === 'left')?.tiles[0]?.content;

describe('programmes', () => {
  it('show their scenes in turn, as steps of the seat that started them', async () => {
    const all = await withProgramme(5, 20);
    expect(await play(all, all.programme.id, 4)).toEqual({ refusal: null });
    expect(onWall(all)).toEqual(camera('c1'));
    expect(all.playing()).toMatchObject({ step: 0, paused: false, nextAtUtcMs: all.clock.utcMs() + 5_000, startedBySeat: 4 });
    all.clock.pass(5_000);
    await until('the second step is shown', () => all.playing()?.step === 1);
    expect(onWall(all)).toEqual(camera('c2'));
    expect(all.wall.applied).toMatchObject([
      { seat: 4, programme: true },
      { seat: 4, programme: true },
    ]);
    expect(programmesContract['programmes.playing'].value.parse(all.playing())).toEqual(all.playing());
  });

  it('tell a window what the next step will open in it ten seconds before, or at once where the step is shorter', async () => {
    const all = await withProgramme(5, 20);
    await play(all, all.programme.id);
    const pictures = (name: string) => ({
      atUtcMs: all.playing()?.nextAtUtcMs,
      tiles: [{ camera: name, streams: ['main', 'sub'], widthShare: 0.5 }],
    });
    expect(all.next()).toEqual(pictures('c2'));
    expect(all.next('right')).toBeNull();
    expect(all.programmes.states['programmes.next'](seat(1).session).current()).toBeNull();
    all.clock.pass(5_000);
    await until('the second step is shown', () => all.playing()?.step === 1);
    expect(all.next()).toBeNull();
    all.clock.pass(9_999);
    expect(all.next()).toBeNull();
    all.clock.pass(1);
    expect(all.next()).toEqual(pictures('c1'));
    expect(programmesContract['programmes.next'].value.parse(all.next())).toEqual(all.next());
  });

  it('stand still while they are paused, and go on with what was left', async () => {
    const all = await withProgramme(30, 30);
    await play(all, all.programme.id);
    all.clock.pass(10_000);
    await all.programmes.calls['programmes.pause']({ paused: true }, seat(1));
    expect(all.playing()).toMatchObject({ paused: true, nextAtUtcMs: null, leftMs: 20_000 });
    all.clock.pass(3_600_000);
    await all.programmes.calls['programmes.pause']({ paused: false }, seat(1));
    expect(all.playing()).toMatchObject({ step: 0, paused: false, nextAtUtcMs: all.clock.utcMs() + 20_000 });
    await all.programmes.calls['programmes.skip']({ by: -1 }, seat(1));
    expect(all.playing()).toMatchObject({ step: 1, nextAtUtcMs: all.clock.utcMs() + 30_000 });
  });

  it('are paused by a scene that is called by hand where they play, and show their step anew when they go on', async () => {
    const all = await withProgramme(60, 60);
    await play(all, all.programme.id, 4);
    await all.scenes.calls['scenes.call']({ number: 2 }, seat(2));
    expect(all.wall.applied.at(-1)).toMatchObject({ seat: 2, programme: false });
    expect(all.playing()).toMatchObject({ step: 0, paused: true, interrupted: { bySeat: 2, sceneNumber: 2 } });
    all.clock.pass(3_600_000);
    expect(onWall(all)).toEqual(camera('c2'));
    const again = await all.again();
    expect(view(again).playing()).toMatchObject({ paused: true, interrupted: { bySeat: 2, sceneNumber: 2 } });
    await again.programmes.calls['programmes.pause']({ paused: false }, seat(4));
    expect(onWall(again)).toEqual(camera('c1'));
    expect(view(again).playing()).toMatchObject({ step: 0, paused: false, interrupted: null });
  });

  it('go on while a scene is called by hand on other displays, or is refused', async () => {
    const all = await withProgramme(60, 60);
    await all.scenes.calls['scenes.create'](draft(9, 'Elsewhere', [displayOf('right', camera('c9'))]), seat(1));
    await play(all, all.programme.id);
    await all.scenes.calls['scenes.call']({ number: 9 }, seat(2));
    expect(all.playing()).toMatchObject({ paused: false, interrupted: null });
    all.wall.answer({ refusal: 'not-saved' });
    await all.scenes.calls['scenes.call']({ number: 2 }, seat(2));
    expect(all.playing()).toMatchObject({ paused: false, interrupted: null });
  });

  it('say so where nothing plays', async () => {
    const { programmes, programme } = await withProgramme(5);
    const notPlaying = { refusal: 'not-playing' };
    expect(await programmes.calls['programmes.pause']({ paused: true }, seat(1))).toEqual(notPlaying);
    expect(await programmes.calls['programmes.skip']({ by: 1 }, seat(1))).toEqual(notPlaying);
    await programmes.calls['programmes.start']({ id: programme.id }, seat(1));
    expect(await programmes.calls['programmes.stop']({}, seat(1))).toEqual({ refusal: null });
    expect(await programmes.calls['programmes.stop']({}, seat(1))).toEqual(notPlaying);
  });

  it('pass over a scene that is gone, and are not started where all are', async () => {
    const all = await withProgramme(5, 5, 5);
    await all.registry.delete(`scenes.${all.made[0]?.id}`);
    expect(await play(all, all.programme.id)).toEqual({ refusal: null });
    expect(all.playing()).toMatchObject({ step: 1, missing: true });
    expect(onWall(all)).toEqual(camera('c2'));
    await all.programmes.calls['programmes.stop']({}, seat(1));
    for (const { id } of all.made.slice(1)) await all.registry.delete(`scenes.${id}`);
    expect(await play(all, all.programme.id)).toEqual({ refusal: 'no-such-scene' });
    expect(all.playing()).toBeNull();
  });

  it('say how many tiles stayed because they are pinned, and that a step was not shown', async () => {
    const all = await withProgramme(5, 5);
    all.wall.answer({ pinned: [{ displayId: 'left', tile: 0 }] });
    await play(all, all.programme.id);
    expect(all.playing()).toMatchObject({ pinned: 1, notShown: false });
    all.wall.answer({ refusal: 'no-such-display' });
    await all.programmes.calls['programmes.skip']({ by: 1 }, seat(1));
    expect(all.playing()).toMatchObject({ step: 1, notShown: true });
  });

  it('go on after a restart: the step that was shown, with what was left of it', async () => {
    const all = await withProgramme(60, 60);
    await play(all, all.programme.id, 2);
    await all.programmes.calls['programmes.skip']({ by: 1 }, seat(2));
    all.wall.put('left', 'c9');
    all.clock.pass(20_000);
    const again = await all.again();
    expect(view(again).playing()).toMatchObject({ step: 1, startedBySeat: 2, nextAtUtcMs: all.clock.utcMs() + 40_000 });
    // What somebody put there meanwhile stays: the step is not shown a second time.
    expect(onWall(again)).toEqual(camera('c9'));
    again.clock.pass(40_000);
    await until('it goes on', () => view(again).playing()?.step === 0);
    expect(onWall(again)).toEqual(camera('c1'));
    await again.programmes.calls['programmes.pause']({ paused: true }, seat(1));
    again.clock.pass(5_000);
    expect(view(await again.again()).playing()).toMatchObject({ step: 0, paused: true, leftMs: 60_000 });
  });

  it('do not play after a restart once they were stopped or deleted', async () => {
    const all = await withProgramme(60);
    await play(all, all.programme.id);
    await all.programmes.calls['programmes.delete']({ id: all.programme.id, revision: 1 }, seat(1));
    expect(all.playing()).toBeNull();
    expect(view(await all.again()).playing()).toBeNull();
  });

  it('give the second of two seats that edit one what is there now', async () => {
    const { programmes, programme } = await withProgramme(5);
    const known = { id: programme.id, revision: 1 };
    const mine = { number: 1, name: 'Mine', steps: programme.steps };
    const first = await programmes.calls['programmes.change']({ ...known, draft: { ...mine, name: 'Theirs' } }, seat(1));
    expect(first).toMatchObject({ outcome: 'stored', programme: { revision: 2 } });
    expect(await programmes.calls['programmes.change']({ ...known, draft: mine }, seat(2))).toMatchObject({
      outcome: 'conflict',
      present: { name: 'Theirs', revision: 2 },
    });
    expect(await programmes.calls['programmes.delete'](known, seat(2))).toEqual({ refusal: 'changed-meanwhile' });
  });

  it('refuse a number that is taken and a scene that is not there', async () => {
    const { programmes, programme } = await withProgramme(5);
    const { steps } = programme;
    expect(await programmes.calls['programmes.create']({ number: 1, name: 'x', steps }, seat(1))).toMatchObject({
      refusal: 'number-taken',
    });
    const gone = [{ scene: sceneIdSchema.parse('gone'), dwellS: 5 }];
    expect(await programmes.calls['programmes.create']({ number: 2, name: 'x', steps: gone }, seat(1))).toMatchObject({
      refusal: 'no-such-scene',
    });
  });

  it('are not started where that cannot be kept', async () => {
    const all = await withProgramme(5);
    all.registry.fullAfter(0);
    expect(await play(all, all.programme.id)).toEqual({ refusal: 'not-saved' });
    expect(all.playing()).toBeNull();
    expect(all.wall.applied).toEqual([]);
  });

  it('end their timers when the program ends', async () => {
    const all = await withProgramme(60, 60);
    await play(all, all.programme.id);
    expect(all.clock.waiting()).toBe(2);
    void all.programmes.close?.();
    expect(all.clock.waiting()).toBe(0);
  });
});
