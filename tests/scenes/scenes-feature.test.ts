import { describe, expect, it } from 'vitest';
import { readSceneFile } from '../../core/scenes/scene-file.ts';
import { draftOf } from '../../core/scenes/scene-summary.ts';
import { scenesContract } from '../../core/scenes/scenes.contract.ts';
import { camera, displayOf, draft } from './some-scenes.ts';
import { seat, start, stored } from './scenes-set-up.ts';

describe('scenes', () => {
  it('are kept over a restart, by number, with their owner', async () => {
    const first = await start();
    await first.scenes.calls['scenes.create'](draft(7, 'Night'), seat(2));
    await first.scenes.calls['scenes.create'](draft(3, 'Morning'), seat(1));
    const { scenes } = await first.again();
    const list = scenes.states['scenes.list'](seat(1).session).current();
    expect(list.map(({ number, name, ownerSeat }) => [number, name, ownerSeat])).toEqual([
      [3, 'Morning', 1],
      [7, 'Night', 2],
    ]);
    expect(scenesContract['scenes.list'].value.parse(list)).toEqual(list);
  });

  it('save the displays of the wall that were chosen, under the lowest free number', async () => {
    const { scenes } = await start();
    await scenes.calls['scenes.create'](draft(1), seat(1));
    const wanted = { number: null, name: 'Now', colour: 'sage' as const, displayIds: ['left'] };
    const scene = stored(await scenes.calls['scenes.save-wall'](wanted, seat(1)));
    expect(scene).toMatchObject({ number: 2, name: 'Now', displays: [displayOf('left', camera('c1'), camera('c2'))] });
    const all = stored(await scenes.calls['scenes.save-wall']({ ...wanted, displayIds: null }, seat(1)));
    expect(all.displays.map(({ displayId }) => displayId)).toEqual(['left', 'right']);
    expect(await scenes.calls['scenes.save-wall']({ ...wanted, displayIds: ['none'] }, seat(1))).toMatchObject({
      outcome: 'refused',
    });
  });

  it('show what they hold as one step of the seat that called, and say which is on the wall', async () => {
    const { scenes, wall } = await start();
    const scene = stored(await scenes.calls['scenes.create'](draft(4, 'Four', [displayOf('left', camera('c9'))]), seat(1)));
    const called = scenes.states['scenes.called'](seat(1).session);
    expect(called.current()).toBeNull();
    expect(await scenes.calls['scenes.call']({ number: 4 }, seat(3))).toMatchObject({ refusal: null, wall: { refusal: null } });
    expect(wall.applied).toEqual([{ seat: 3, programme: false, change: { type: 'show', displays: scene.displays } }]);
    expect(called.current()).toEqual({ id: scene.id, changedSince: false });
    wall.put('right', 'c8');
    expect(called.current()).toEqual({ id: scene.id, changedSince: false });
    wall.put('left', 'c8');
    expect(called.current()).toEqual({ id: scene.id, changedSince: true });
    wall.put('left', 'c9');
    expect(called.current()).toEqual({ id: scene.id, changedSince: false });
    expect(await scenes.calls['scenes.call']({ number: 5 }, seat(3))).toEqual({ refusal: 'no-such-scene', wall: null });
  });

  it('know after a restart which was called, and that it was changed since', async () => {
    const first = await start();
    const scene = stored(await first.scenes.calls['scenes.create'](draft(4, 'Four', [displayOf('left', camera('c9'))]), seat(1)));
    await first.scenes.calls['scenes.call']({ number: 4 }, seat(1));
    const second = await first.again();
    const called = second.scenes.states['scenes.called'](seat(1).session);
    expect(called.current()).toEqual({ id: scene.id, changedSince: false });
    second.wall.put('left', 'c8');
    expect(called.current()).toEqual({ id: scene.id, changedSince: true });
    await second.scenes.calls['scenes.delete']({ id: scene.id, revision: 1 }, seat(1));
    expect(called.current()).toBeNull();
  });

  it('are not said to be called where the wall refused', async () => {
    const { scenes, wall } = await start();
    await scenes.calls['scenes.create'](draft(4), seat(1));
    wall.answer({ refusal: 'not-saved' });
    expect(await scenes.calls['scenes.call']({ number: 4 }, seat(1))).toMatchObject({ wall: { refusal: 'not-saved' } });
    expect(scenes.states['scenes.called'](seat(1).session).current()).toBeNull();
  });

  it('give the second of two seats that edit one what is there now, and lose nothing', async () => {
    const { scenes } = await start();
    const scene = stored(await scenes.calls['scenes.create'](draft(1, 'Morning'), seat(1)));
    const known = { id: scene.id, revision: scene.revision };
    const first = stored(await scenes.calls['scenes.change']({ ...known, draft: draft(1, 'Dawn') }, seat(1)));
    expect(first).toMatchObject({ revision: 2, changedBySeat: 1, ownerSeat: 1 });
    const second = await scenes.calls['scenes.change']({ ...known, draft: draft(1, 'Dusk') }, seat(2));
    expect(second).toEqual({ outcome: 'conflict', present: first });
    expect(await scenes.calls['scenes.lock']({ ...known, locked: true }, seat(2))).toEqual({
      outcome: 'conflict',
      present: first,
    });
    expect(await scenes.calls['scenes.delete'](known, seat(2))).toEqual({ refusal: 'conflict' });
    const knowing = { id: first.id, revision: first.revision, draft: draft(1, 'Dusk') };
    expect(stored(await scenes.calls['scenes.change'](knowing, seat(2)))).toMatchObject({
      revision: 3,
      changedBySeat: 2,
      ownerSeat: 1,
    });
  });

  it('let only one of two changes at the same moment through', async () => {
    const { scenes } = await start();
    const scene = stored(await scenes.calls['scenes.create'](draft(1), seat(1)));
    const known = { id: scene.id, revision: 1 };
    const outcomes = await Promise.all([
      scenes.calls['scenes.change']({ ...known, draft: draft(1, 'a') }, seat(1)),
      scenes.calls['scenes.change']({ ...known, draft: draft(1, 'b') }, seat(2)),
    ]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['stored', 'conflict']);
    const numbers = await Promise.all([1, 2, 3].map(async () => scenes.calls['scenes.duplicate']({ id: scene.id }, seat(1))));
    expect(numbers.map((outcome) => stored(outcome).number)).toEqual([2, 3, 4]);
  });

  it('can be called but neither changed nor deleted while they are locked', async () => {
    const { scenes, wall } = await start();
    const { id } = stored(await scenes.calls['scenes.create'](draft(1), seat(1)));
    const locked = stored(await scenes.calls['scenes.lock']({ id, revision: 1, locked: true }, seat(1)));
    const known = { id, revision: locked.revision };
    expect(await scenes.calls['scenes.change']({ ...known, draft: draft(1, 'x') }, seat(1))).toMatchObject({ refusal: 'locked' });
    expect(await scenes.calls['scenes.delete'](known, seat(1))).toEqual({ refusal: 'locked' });
    await scenes.calls['scenes.call']({ number: 1 }, seat(1));
    expect(wall.applied).toHaveLength(1);
    expect(stored(await scenes.calls['scenes.duplicate']({ id }, seat(2)))).toMatchObject({
      number: 2,
      locked: false,
      ownerSeat: 2,
    });
    await scenes.calls['scenes.lock']({ ...known, locked: false }, seat(2));
    expect(await scenes.calls['scenes.delete']({ id, revision: known.revision + 1 }, seat(1))).toEqual({ refusal: null });
    expect(await scenes.calls['scenes.read']({ id }, seat(1))).toEqual({ scene: null });
  });

  it('have each number once', async () => {
    const { scenes } = await start();
    await scenes.calls['scenes.create'](draft(1, 'Morning'), seat(1));
    const second = stored(await scenes.calls['scenes.create'](draft(2), seat(1)));
    const taken = { outcome: 'refused', refusal: 'number-taken', detail: 'Morning' };
    expect(await scenes.calls['scenes.create'](draft(1), seat(1))).toEqual(taken);
    expect(await scenes.calls['scenes.change']({ id: second.id, revision: 1, draft: draft(1) }, seat(1))).toEqual(taken);
    expect(
      stored(await scenes.calls['scenes.change']({ id: second.id, revision: 1, draft: draft(2, 'Own') }, seat(1))).name,
    ).toBe('Own');
  });

  it('are not deleted while a programme shows them', async () => {
    const { scenes, programmes } = await start();
    const { id } = stored(await scenes.calls['scenes.create'](draft(1), seat(1)));
    const steps = [{ scene: id, dwellS: 5 }];
    const made = await programmes.calls['programmes.create']({ number: 1, name: 'Rounds', steps }, seat(1));
    expect(await scenes.calls['scenes.delete']({ id, revision: 1 }, seat(1))).toEqual({ refusal: 'in-use' });
    if (made.outcome !== 'stored') throw new Error('not stored');
    await programmes.calls['programmes.delete']({ id: made.programme.id, revision: 1 }, seat(1));
    expect(await scenes.calls['scenes.delete']({ id, revision: 1 }, seat(1))).toEqual({ refusal: null });
  });

  it('refuse contents that no wall can show', async () => {
    const { scenes } = await start();
    const twice = draft(1, 'x', [displayOf('left', camera('c1')), displayOf('left', camera('c1'))]);
    expect(await scenes.calls['scenes.create'](twice, seat(1))).toMatchObject({ refusal: 'unreadable' });
  });

  it('say so where the disk is full, and stay as they were', async () => {
    const { scenes, registry } = await start();
    const { id } = stored(await scenes.calls['scenes.create'](draft(1, 'kept'), seat(1)));
    registry.fullAfter(0);
    const refused = { outcome: 'refused', refusal: 'not-saved', detail: 'The disk is full.' };
    expect(await scenes.calls['scenes.create'](draft(2), seat(1))).toEqual(refused);
    expect(await scenes.calls['scenes.change']({ id, revision: 1, draft: draft(1, 'lost') }, seat(1))).toEqual(refused);
    expect((await scenes.calls['scenes.read']({ id }, seat(1))).scene).toMatchObject({ name: 'kept', revision: 1 });
  });
});

describe('scenes as a file', () => {
  it('come in under their own numbers where those are free, else under the lowest free ones', async () => {
    const { scenes } = await start();
    await scenes.calls['scenes.create'](draft(1, 'a'), seat(1));
    await scenes.calls['scenes.create'](draft(3, 'b'), seat(1));
    const { text } = await scenes.calls['scenes.export']({ ids: null }, seat(1));
    const read = readSceneFile(text);
    expect(read.ok && read.scenes.map(({ name }) => name)).toEqual(['a', 'b']);
    const there = await start();
    await there.scenes.calls['scenes.create'](draft(1, 'other'), seat(1));
    expect(await there.scenes.calls['scenes.import']({ text }, seat(5))).toEqual({
      imported: [
        { number: 2, name: 'a', wasNumber: 1 },
        { number: 3, name: 'b', wasNumber: 3 },
      ],
      problems: [],
    });
    const [, second] = there.scenes.states['scenes.list'](seat(1).session).current();
    expect(second).toMatchObject({ number: 2, ownerSeat: 5, locked: false, revision: 1 });
  });

  it('come in all or none', async () => {
    const { scenes, registry, ...first } = await start();
    const { id } = stored(await scenes.calls['scenes.create'](draft(1), seat(1)));
    const { text } = await scenes.calls['scenes.export']({ ids: [id] }, seat(1));
    const broken = text.replace('"number":1', '"number":"one"');
    const { imported, problems } = await scenes.calls['scenes.import']({ text: broken }, seat(1));
    expect([imported, problems.map(({ where }) => where)]).toEqual([[], ['scenes[0].number']]);
    const three = JSON.stringify({ format: 'deedban-scenes', version: 1, scenes: [draft(5), draft(6), draft(7)] });
    registry.fullAfter(3);
    const cut = await scenes.calls['scenes.import']({ text: three }, seat(1));
    expect([cut.imported, cut.problems.map(({ where }) => where)]).toEqual([[], ['the file']]);
    expect(scenes.states['scenes.list'](seat(1).session).current()).toHaveLength(1);
    registry.fullAfter(Number.POSITIVE_INFINITY);
    const again = await first.again();
    expect(again.scenes.states['scenes.list'](seat(1).session).current()).toHaveLength(1);
  });

  it('that were coming in when the power failed are taken back at the next start', async () => {
    const first = await start();
    const half = stored(await first.scenes.calls['scenes.create'](draft(1), seat(1)));
    await first.scenes.calls['scenes.create'](draft(2), seat(1));
    await first.registry.put('scenes-import.wall', { ids: [half.id, 'never-stored'] });
    const second = await first.again();
    expect(
      second.scenes.states['scenes.list'](seat(1).session)
        .current()
        .map(({ number }) => number),
    ).toEqual([2]);
    expect(await second.registry.get('scenes-import.wall')).toBeNull();
  });

  it('are refused where they are more than one message carries', async () => {
    const { scenes } = await start();
    const long = { kind: 'text' as const, text: '"'.repeat(500) };
    const large = displayOf('left', ...Array.from({ length: 8 }, () => long));
    const made = await Promise.all(
      Array.from({ length: 64 }, async (_, index) => scenes.calls['scenes.create'](draft(index + 1, 'x', [large]), seat(1))),
    );
    const ids = made.map((outcome) => stored(outcome).id);
    expect(draftOf(stored(made[0] ?? { outcome: 'refused', refusal: 'unreadable', detail: null })).displays).toEqual([large]);
    expect(() => scenes.calls['scenes.export']({ ids }, seat(1))).toThrow('too-large');
  });
});
