import { describe, expect, it } from 'vitest';
import type { LensData } from '../../core/ptz/lens.ts';
import { recordOfCall } from '../../main/features/audit/recorded-calls.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';
import { cameraId, start, window } from './ptz-set-up.ts';

const c1 = cameraId('c1');
const me = window(1);
const lens: LensData = { magnification: 30, widestDegrees: 58.5, slowsByItself: false };
const known = (all: Awaited<ReturnType<typeof start>>) =>
  all.ptz.states['ptz.abilities'](me.session)
    .current()
    .flatMap((fact) => (fact.state === 'known' ? fact.lens : []));

describe('the lens of a camera', () => {
  it('is reckoned as usual until a technician says what it is, and from then on, also after a restart', async () => {
    const folder = temporaryFolder();
    const first = await start({ folder });
    await first.calls['ptz.read']({ camera: c1 }, me);
    await expect.poll(() => known(first)).toMatchObject([{ magnification: 10, origin: 'assumed' }]);
    expect(await first.calls['ptz.set-lens']({ camera: c1, lens }, me)).toEqual({ refusal: null, heldBy: null });
    await expect.poll(() => known(first)).toEqual([{ ...lens, origin: 'set' }]);
    await first.close();
    const second = await start({ folder });
    await second.calls['ptz.read']({ camera: c1 }, me);
    await expect.poll(() => known(second)).toEqual([{ ...lens, origin: 'set' }]);
    await second.calls['ptz.set-lens']({ camera: c1, lens: null }, me);
    await expect.poll(() => known(second)).toMatchObject([{ origin: 'assumed' }]);
    // What nobody said need not be taken back.
    expect((await second.calls['ptz.set-lens']({ camera: c1, lens: null }, me)).refusal).toBeNull();
  });

  it('leaves a row of the audit log with what was said', () => {
    const done = { refusal: null, heldBy: null };
    const record = recordOfCall('ptz.set-lens', { camera: 'c1', lens }, done, me.session.seat);
    expect(record).toMatchObject({ kind: 'deed.ptz.set-lens', data: { camera: 'c1', lens, refusal: null } });
  });
});
