import { describe, expect, it, onTestFinished } from 'vitest';
import { cameraIdSchema } from '../../core/cameras/camera.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { createCamerasFeature } from '../../main/features/cameras/directory.ts';
import { createDirectoryStore } from '../../main/features/cameras/stored-directory.ts';
import { createKnownSecrets } from '../../main/stores/log/known-secrets.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { collectLog, temporaryFolder } from '../stores/temporary-folder.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { makeCameras } from '../support/make-cameras.ts';
import { until } from '../support/until.ts';
import { call, entry, get, importCameras, session } from './cameras-feature.ts';
import { noPasswords } from '../support/memory-secrets.ts';

const count = 3_500;

/** A directory that is stored, and a start on it whose clock stands. */
async function startOn(
  damage: (registry: ReturnType<typeof openSqliteStores>['registry'], generation: string) => Promise<unknown>,
) {
  const { registry, close } = openSqliteStores(temporaryFolder(), systemClock);
  onTestFinished(close);
  const log = collectLog();
  const store = createDirectoryStore(registry, log);
  await store.save(makeCameras(count, 1), null, () => {});
  await damage(registry, (await store.head())?.generation ?? '');
  const clock = createFakeClock();
  const demonstration = { city: () => [entry('demo', 1)], province: () => [] };
  const ports = { given: null, registry, clock, secrets: createKnownSecrets(), log, demonstration, ...noPasswords() };
  const feature = createCamerasFeature(ports);
  onTestFinished(() => feature.close());
  await feature.ready;
  const problem = () => feature.states['cameras.problem'](session()).current();
  const known = () => feature.cameras.current().length;
  return { feature, clock, registry, problem, known };
}
const whole = () => startOn(async () => {});

describe('a large directory at the start', () => {
  it('is read when somebody asks for all of it, and only its first part before', async () => {
    const { feature, known } = await whole();
    expect(known()).toBe(1_000);
    const { revision, count: told } = feature.head.current();
    expect(told).toBe(count);
    expect(await (await get(feature, revision)).json()).toHaveLength(count);
    expect(known()).toBe(count);
  });

  it('is read after a while where nobody asks', async () => {
    const { clock, known } = await whole();
    await until('all cameras are known', () => {
      clock.pass(20_000);
      return known() === count;
    });
  });

  it('knows a camera of its last part as soon as somebody asks for that one', async () => {
    const { feature, known } = await whole();
    expect(feature.entry('c-3400')).toBeUndefined();
    await feature.whenKnown(['c-3400', 'nobody', 'c-5']);
    expect(feature.entry('c-3400')?.addresses.main).toEqual(makeCameras(count, 1)[3_399]?.addresses.main);
    expect(feature.entry('nobody')).toBeUndefined();
    expect(known()).toBe(1_001);
    expect(feature.cameras.current().at(-1)?.number).toBe(3_400);
    await feature.whenLoaded();
    expect(feature.cameras.current().map(({ number }) => number)).toEqual(Array.from({ length: count }, (_, at) => at + 1));
  });

  it('names cameras wherever they stand, without those that are not there', async () => {
    const { feature, known } = await whole();
    const { cameras } = await call(feature, 'cameras.with-ids', {
      ids: ['c-3400', 'nobody', 'c-5'].map((id) => cameraIdSchema.parse(id)),
    });
    expect(cameras.map(({ number }) => number)).toEqual([3_400, 5]);
    expect(known()).toBe(1_001);
  });

  it('answers for a number wherever it stands, and for one that is not there', async () => {
    const { feature, known } = await whole();
    const camera = async (number: number) => (await call(feature, 'cameras.with-number', { number })).camera?.id ?? null;
    expect([await camera(7), await camera(3_499), await camera(9_999)]).toEqual(['c-7', 'c-3499', null]);
    expect(known()).toBe(1_001);
    await feature.whenLoaded();
    expect(await camera(3_499)).toBe('c-3499');
  });

  it('takes cameras of its last part as favourites and into groups', async () => {
    const { feature } = await whole();
    const [late] = makeCameras(count, 1).slice(-1);
    const id = late?.camera.id ?? entry('x', 1).camera.id;
    expect(await call(feature, 'cameras.favourite', { camera: id, favourite: true })).toEqual({ refusal: null });
    const group = { id: 'late', name: 'Late', cameras: [id], revision: 0 };
    expect(await call(feature, 'cameras.save-group', group)).toEqual({ refusal: null });
  });

  it('ends at once where it was left unread', async () => {
    const { feature, known } = await whole();
    feature.close();
    await feature.whenLoaded();
    expect(known()).toBe(1_000);
  });
});

describe('a stored directory that is damaged', () => {
  it('is told as incomplete where a part of it is gone, and gives the rest', async () => {
    const { feature, problem, known } = await startOn((registry, generation) => registry.delete(`directory.${generation}.1`));
    await feature.whenLoaded();
    expect([known(), problem()]).toEqual([count - 1_000, 'incomplete']);
    await importCameras(feature, makeCameras(10, 1));
    expect([known(), problem()]).toEqual([10, null]);
  });

  it('is told as unreadable where its head is, stands in for nothing, and is mended by an import', async () => {
    const { feature, registry, problem, known } = await startOn((damaged) =>
      damaged.put('directory-head.present', { from: 'another version' }),
    );
    await feature.whenLoaded();
    expect([known(), problem()]).toEqual([0, 'unreadable']);
    await importCameras(feature, makeCameras(10, 1));
    expect([known(), problem()]).toEqual([10, null]);
    expect((await createDirectoryStore(registry, collectLog()).head())?.count).toBe(10);
  });

  it('is told as unreadable where none of its cameras can be read', async () => {
    const { feature, problem, known } = await startOn(async (registry, generation) => {
      for (let part = 0; part < 4; part += 1) await registry.put(`directory.${generation}.${part}`, [{ camera: 7 }]);
    });
    await feature.whenLoaded();
    expect([known(), problem()]).toEqual([0, 'unreadable']);
  });
});
