import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { seatOf } from '../incidents/incident-set-up.ts';
import { setUp } from './evidence-set-up.ts';

const reason = 'the court has its copy';

it('a sealed bundle is deleted for a reason, once, and its trace is in the custody log and in the next bundle', async () => {
  const { folder, evidence, context, again } = await setUp();
  const { file } = await evidence.calls['evidence.seal']({ incident: 1 }, context);
  const remove = () => evidence.calls['evidence.delete-bundle']({ file: file ?? '', reason }, context);
  expect(await remove()).toEqual({ outcome: 'deleted' });
  expect(await remove()).toEqual({ outcome: 'no-such-bundle' });
  expect(await readdir(join(folder, 'bundles'))).toEqual([]);
  const line = { what: 'bundle-deleted', incident: 1, bySeat: 1, file, reason };
  const later = await again();
  const { log, bundles } = await later.evidence.calls['evidence.custody']({ incident: 1 }, later.context);
  expect(log).toContainEqual(expect.objectContaining(line));
  expect(bundles).toEqual([]);
  const taken = new Request(`http://127.0.0.1:1/evidence/bundles/${file}`);
  expect((await later.evidence.door.handle(taken, later.context.session)).status).toBe(404);
});

it('a bundle of a locked incident is not deleted, nor one that is being signed a second time', async () => {
  const [begun, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const beforeOpening = () => (begun.resolve(), held.promise);
  const { folder, incidents, evidence, context } = await setUp({ beforeOpening });
  const { file } = await evidence.calls['evidence.seal']({ incident: 1 }, context);
  const remove = () => evidence.calls['evidence.delete-bundle']({ file: file ?? '', reason }, context);
  const supervisor = seatOf(1, 'supervisor');
  await incidents.do(supervisor, 1, { do: 'lock', locked: true });
  expect(await remove()).toEqual({ outcome: 'locked' });
  await incidents.do(supervisor, 1, { do: 'lock', locked: false });
  const other = { ...context, session: { ...context.session, seat: seatOf(2, 'supervisor') } };
  const signed = evidence.calls['evidence.countersign']({ file: file ?? '' }, other);
  await begun.promise;
  expect(await remove()).toEqual({ outcome: 'in-use' });
  held.resolve();
  expect(await signed).toEqual({ refusal: null });
  expect(await readdir(join(folder, 'bundles'))).toEqual([file]);
});

it('a bundle whose deletion was recorded when main died is gone at the next start', async () => {
  const { folder, evidence, context, again } = await setUp();
  const { file } = await evidence.calls['evidence.seal']({ incident: 1 }, context);
  await evidence.calls['evidence.delete-bundle']({ file: file ?? '', reason }, context);
  await writeFile(join(folder, 'bundles', file ?? ''), 'as it was');
  await again();
  await expect.poll(() => readdir(join(folder, 'bundles'))).toEqual([]);
});
