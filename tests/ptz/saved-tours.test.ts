import { describe, expect, it } from 'vitest';
import { mostSavedTours, type SavedTour } from '../../core/ptz/saved-tour.ts';
import { recordOfCall } from '../../main/features/audit/recorded-calls.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';
import { cameraId, start, window } from './ptz-set-up.ts';

const c1 = cameraId('c1');
const me = window(1);
const tour = (name: string, dwellS = 10): SavedTour => ({
  name,
  steps: ['1', '2'].map((preset) => ({ preset, dwellS, speed: null })),
});
type Started = Awaited<ReturnType<typeof start>>;
const names = async (all: Started, camera = c1) =>
  (await all.calls['ptz.saved-tours']({ camera }, me)).tours.map(({ name, steps }) => `${name} ${steps[0]?.dwellS}`);

describe('tours with a name', () => {
  it('are several of one camera, replaced by the same name, and there after a restart', async () => {
    const folder = temporaryFolder();
    const first = await start({ folder });
    for (const each of [tour('night'), tour('day'), tour('night', 20)])
      expect((await first.calls['ptz.save-tour']({ camera: c1, tour: each }, me)).refusal).toBeNull();
    expect(await names(first, cameraId('c2'))).toEqual([]);
    await first.close();
    const second = await start({ folder });
    expect(await names(second)).toEqual(['day 10', 'night 20']);
    for (const name of ['day', 'day', 'night'])
      expect((await second.calls['ptz.delete-tour']({ camera: c1, name }, me)).refusal).toBeNull();
    expect(await names(second)).toEqual([]);
  });

  it('are no more than a list can show, and that is said', async () => {
    const all = await start();
    for (let at = 0; at < mostSavedTours; at += 1) await all.calls['ptz.save-tour']({ camera: c1, tour: tour(`tour ${at}`) }, me);
    expect((await all.calls['ptz.save-tour']({ camera: c1, tour: tour('one more') }, me)).refusal).toBe('too-many-tours');
    expect((await all.calls['ptz.save-tour']({ camera: c1, tour: tour('tour 3', 30) }, me)).refusal).toBeNull();
  });

  it('leave rows of the audit log with their names', () => {
    const done = { refusal: null, heldBy: null };
    expect(recordOfCall('ptz.save-tour', { camera: 'c1', tour: tour('night') }, done, me.session.seat)).toMatchObject({
      data: { camera: 'c1', name: 'night' },
    });
  });
});
