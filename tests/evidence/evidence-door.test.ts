import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Role } from '../../core/access/role.ts';
import type { Session } from '../../core/rpc/handlers.ts';
import { composeIncidents } from '../../main/compose-incidents.ts';
import { evidenceLimitsSchema } from '../../core/evidence/evidence-room.ts';
import { verifyBundle } from '../../main/features/evidence/verify-bundle.ts';
import { createBundleIn, openBundleFile } from '../../main/stores/files/bundle-files.ts';
import { openFileVault } from '../../main/stores/files/file-vault.ts';
import { createFolderDiskRoom } from '../../main/stores/files/folder-disk-room.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { flagOf, seatOf } from '../incidents/incident-set-up.ts';
import { collectLog, temporaryFolder } from '../stores/temporary-folder.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { clipId } from './clip-set-up.ts';
import { newSigner } from './memory-bundle.ts';

const sessionOf = (role: Role = 'operator', id = 's'): Session => ({
  id,
  seat: seatOf(1, role),
  displayId: 'left',
  windowKind: 'wall',
  ended: new AbortController().signal,
});

async function setUp() {
  const folder = temporaryFolder();
  const clock = createFakeClock();
  const stores = openSqliteStores(folder, clock);
  onTestFinished(() => stores.close());
  const log = collectLog();
  const signer = await newSigner();
  const { incidents, evidence } = composeIncidents({
    vault: await openFileVault(folder),
    journal: stores.journal,
    clock,
    log,
    disk: createFolderDiskRoom(folder),
    limits: () => evidenceLimitsSchema.parse({ leaveFreeBytes: 0 }),
    signer,
    version: '1.2.3',
    newBundle: (name) => createBundleIn(join(folder, 'bundles'), name),
  });
  await evidence.ready;
  await incidents.flag(seatOf(1), flagOf('pes-1'));
  const put = async (
    path: string,
    body = 'x',
    session = sessionOf(),
    fields: Record<string, string> = { 'deedban-pictures': '1', 'deedban-end-ms': '40' },
  ) => {
    const request = new Request(`http://127.0.0.1:1/evidence/${path}`, { method: 'PUT', body, headers: fields });
    return (await evidence.door.handle(request, session)).status;
  };
  const context = { session: sessionOf('supervisor'), signal: new AbortController().signal };
  return { folder, incidents, evidence, put, context, log, signer, clock };
}

it('a window secures pieces of an incident’s cameras, and nothing else', async () => {
  const { put, evidence, context } = await setUp();
  expect(await put(`1/pes-1/${clipId(1)}/0`)).toBe(201);
  expect(await put(`1/pes-1/${clipId(1)}/0`)).toBe(200);
  expect(await put(`1/pes-1/${clipId(1)}/0`, 'y')).toBe(409);
  expect(await put(`1/pes-2/${clipId(2)}/0`)).toBe(409);
  expect(await put(`2/pes-1/${clipId(2)}/0`)).toBe(409);
  expect(await put(`1/pes-1/../x/0`)).toBe(404);
  expect(await put(`1/pes-1/${clipId(1)}/-1`)).toBe(404);
  expect(await put(`1/pes-1/${clipId(1)}/1`, 'x', sessionOf('viewer'))).toBe(403);
  expect(await put(`1/pes-1/${clipId(1)}/1`, '')).toBe(400);
  expect(await put(`1/pes-1/${clipId(1)}/1`, 'x', sessionOf(), {})).toBe(400);
  expect(await put(`1/pes-1/${clipId(9)}/end`)).toBe(404);
  expect(await put(`1/pes-1/${clipId(1)}/end`)).toBe(204);
  expect(await evidence.calls['evidence.clips']({ incident: 1 }, context)).toMatchObject({
    clips: [{ camera: 'pes-1', life: { state: 'whole', how: 'ended' }, sizeBytes: 1, pictures: 1, lengthMs: 40, gaps: 0 }],
  });
});

it('a clip ends with the window that makes it, and what was withdrawn loses its pictures', async () => {
  const { put, evidence, context, incidents } = await setUp();
  const lives = async () => {
    const { clips } = await evidence.calls['evidence.clips']({ incident: 1 }, context);
    return clips.map(({ life }) => life);
  };
  await put(`1/pes-1/${clipId(1)}/0`);
  evidence.sessionEnded?.(sessionOf('operator', 'another'));
  expect(await lives()).toMatchObject([{ state: 'growing' }]);
  evidence.sessionEnded?.(sessionOf());
  await expect.poll(lives).toMatchObject([{ state: 'whole', how: 'window-gone' }]);
  await incidents.do(seatOf(1), 1, { do: 'withdraw' });
  await expect.poll(lives).toMatchObject([{ state: 'deleted', reason: 'withdrawn', bySeat: 1 }]);
  expect(await put(`1/pes-1/${clipId(2)}/0`)).toBe(409);
});

it('an incident is sealed into a bundle that is intact, and locked evidence stays', async () => {
  const { folder, put, evidence, context, incidents, signer, log } = await setUp();
  await put(`1/pes-1/${clipId(1)}/0`);
  expect(await evidence.calls['evidence.seal']({ incident: 7 }, context)).toEqual({ refusal: 'no-such-incident', file: null });
  const { refusal, file } = await evidence.calls['evidence.seal']({ incident: 1 }, context);
  expect([refusal, log.lines]).toEqual([null, []]);
  expect((await readdir(join(folder, 'bundles'))).map((name) => join(folder, 'bundles', name))).toEqual([file]);
  const source = await openBundleFile(file ?? '');
  onTestFinished(() => source.close());
  expect(await verifyBundle(source)).toMatchObject({ verdict: 'INTACT', signer: { fingerprint: signer.fingerprint } });
  await incidents.do(seatOf(9, 'supervisor'), 1, { do: 'lock', locked: true });
  expect(await evidence.calls['evidence.delete']({ clip: clipId(1), reason: 'x' }, context)).toEqual({ outcome: 'locked' });
});
