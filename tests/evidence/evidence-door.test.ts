import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { bundleReport } from '../../build/verify/bundle-report.ts';
import type { Role } from '../../core/access/role.ts';
import type { Session } from '../../core/rpc/handlers.ts';
import { verifyBundle } from '../../main/features/evidence/verify-bundle.ts';
import { openBundleFile } from '../../main/stores/files/bundle-files.ts';
import { camera, seatOf } from '../incidents/incident-set-up.ts';
import { clipId } from './clip-set-up.ts';
import { filesOf } from './other-zip.ts';

import { onePixel, sessionOf, setUp } from './evidence-set-up.ts';

it('a window secures pieces of an incident’s cameras, and nothing else', async () => {
  const { put, take, evidence, context } = await setUp();
  expect(await put(`1/pes-1/${clipId(1)}/0`)).toBe(409);
  expect(await take()).toEqual({ outcome: 'yours' });
  expect(await take(sessionOf('operator', 'another'))).toEqual({ outcome: 'taken' });
  expect(await put(`1/pes-1/${clipId(1)}/0`, 'x', sessionOf('operator', 'another'))).toBe(409);
  expect(await put(`1/pes-1/${clipId(1)}/0`)).toBe(201);
  expect(await put(`1/pes-1/${clipId(1)}/0`)).toBe(200);
  expect(await put(`1/pes-1/${clipId(1)}/0`, 'y')).toBe(409);
  expect(await put(`1/pes-2/${clipId(2)}/0`)).toBe(409);
  expect(await put(`2/pes-1/${clipId(2)}/0`)).toBe(409);
  expect(await put(`1/pes-1/../x/0`)).toBe(404);
  expect(await put(`1/pes-1/${clipId(1)}/-1`)).toBe(404);
  expect(await put(`1/pes-1/${clipId(1)}/1`, 'x', sessionOf('viewer'))).toBe(403);
  expect(await put(`1/pes-1/${clipId(1)}/1`, '')).toBe(400);
  expect(await put(`1/pes-1/${clipId(1)}/1`, 'x', sessionOf(), '')).toBe(400);
  expect(await put(`1/pes-1/${clipId(9)}/end`)).toBe(404);
  expect(await put(`1/pes-1/${clipId(1)}/end`)).toBe(204);
  expect(await evidence.calls['evidence.clips']({ incident: 1 }, context)).toMatchObject({
    clips: [{ camera: 'pes-1', life: { state: 'whole', how: 'ended' }, sizeBytes: 1, pictures: 1, lengthMs: 40, gaps: [] }],
  });
});

it('a clip ends with the window that makes it, and what was withdrawn loses its pictures', async () => {
  const { put, take, evidence, context, incidents } = await setUp();
  await take();
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

it('only the window that makes a clip says that it ends in order', async () => {
  const { put, take, evidence, context } = await setUp();
  await take();
  await put(`1/pes-1/${clipId(1)}/0`);
  expect(await put(`1/pes-1/${clipId(1)}/end`, 'x', sessionOf('supervisor', 'another'))).toBe(409);
  expect(await put(`1/pes-1/${clipId(1)}/1`, 'y')).toBe(201);
  expect(await put(`1/pes-1/${clipId(1)}/end`)).toBe(204);
  const { clips } = await evidence.calls['evidence.clips']({ incident: 1 }, context);
  expect(clips).toMatchObject([{ life: { state: 'whole', how: 'ended' }, sizeBytes: 2 }]);
});

it('a file that is gone from the disk is named in the bundle', async () => {
  const { put, take, evidence, context, incidents, vault, folder } = await setUp();
  await take();
  await put(`1/pes-1/${clipId(1)}/still`, onePixel);
  const [still] = incidents.get(1)?.attachments ?? [];
  await vault.delete(still?.digest ?? '');
  await evidence.calls['evidence.leave']({ incident: 1, camera: camera('pes-1') }, { ...context, session: sessionOf() });
  const { file } = await evidence.calls['evidence.seal']({ incident: 1 }, context);
  const files = filesOf(await readFile(join(folder, 'bundles', file ?? '')));
  const [, page] = [...files].find(([name]) => name.endsWith('/data/index.html')) ?? [];
  expect(page?.toString('utf8')).toMatch(new RegExp(`pes-1 .*\\.png, attached .* was not there any more .*${still?.digest}`));
});

it('what a window secured of a camera cannot be taken back, also after a restart; a file that somebody chose can', async () => {
  const first = await setUp();
  await first.take();
  expect(await first.put(`1/pes-1/${clipId(1)}/still`, onePixel)).toBe(201);
  const chosen = { name: 'a.pdf', digest: 'a'.repeat(64), sizeBytes: 9, secured: false };
  await first.incidents.do(seatOf(1), 1, { do: 'attach', ...chosen });
  const { incidents } = await first.again();
  const [still] = incidents.get(1)?.attachments ?? [];
  const detach = (digest: string) => incidents.do(seatOf(1), 1, { do: 'detach', digest, reason: 'By mistake' });
  expect(await detach(still?.digest ?? '')).toMatchObject({ refusal: 'secured' });
  expect(await detach(chosen.digest)).toMatchObject({ refusal: null });
  expect(incidents.get(1)?.attachments).toEqual([still]);
});

it('an incident is sealed into a bundle that is intact, and locked evidence stays', async () => {
  const { folder, put, take, evidence, context, incidents, signer, log } = await setUp();
  await take();
  await put(`1/pes-1/${clipId(1)}/0`);
  expect(await evidence.calls['evidence.seal']({ incident: 7 }, context)).toEqual({
    refusal: 'no-such-incident',
    file: null,
    timeStamped: null,
    copiesFailed: 0,
  });
  const sealing = evidence.calls['evidence.seal']({ incident: 1 }, context);
  // The window that keeps its pictures puts the rest, and says so: only then it is sealed.
  await expect.poll(() => evidence.states['evidence.securing'](sessionOf()).current()).toEqual([]);
  expect(await put(`1/pes-1/${clipId(1)}/1`, 'y')).toBe(201);
  expect(await put(`1/pes-1/${clipId(1)}/still`, 'no picture')).toBe(415);
  expect(await put(`1/pes-1/${clipId(1)}/still`, onePixel)).toBe(201);
  expect(await put(`1/pes-1/${clipId(1)}/end`)).toBe(204);
  await evidence.calls['evidence.leave']({ incident: 1, camera: camera('pes-1') }, { ...context, session: sessionOf() });
  const { refusal, file } = await sealing;
  // The still that the window took at the flag lies beside the clips.
  expect(incidents.get(1)?.attachments).toMatchObject([
    { name: expect.stringMatching(/^pes-1 .*\.png$/), sizeBytes: onePixel.length },
  ]);
  expect([refusal, log.lines]).toEqual([null, []]);
  expect((await readdir(join(folder, 'bundles'))).map((name) => join(folder, 'bundles', name))).toEqual([
    join(folder, 'bundles', file ?? ''),
  ]);
  const source = await openBundleFile(join(folder, 'bundles', file ?? ''));
  onTestFinished(() => source.close());
  expect(await verifyBundle(source)).toMatchObject({ verdict: 'INTACT', signer: { fingerprint: signer.fingerprint } });
  await incidents.do(seatOf(9, 'supervisor'), 1, { do: 'lock', locked: true });
  expect(await evidence.calls['evidence.delete']({ clip: clipId(1), reason: 'x' }, context)).toEqual({ outcome: 'locked' });
});

it('what leaves the room is given to a supervisor only, whole, and with a line before and after', async () => {
  const { put, take, evidence, context } = await setUp();
  await take();
  await put(`1/pes-1/${clipId(1)}/0`, 'pictures');
  await evidence.calls['evidence.leave']({ incident: 1, camera: camera('pes-1') }, { ...context, session: sessionOf() });
  const { file } = await evidence.calls['evidence.seal']({ incident: 1 }, context);
  const get = (path: string, role: Role) =>
    evidence.door.handle(new Request(`http://127.0.0.1:1/evidence/${path}`), sessionOf(role));
  expect((await get(`bundles/${file}`, 'operator')).status).toBe(403);
  expect((await get('bundles/..%2fdeedban.sqlite', 'supervisor')).status).toBe(404);
  const answer = await get(`bundles/${file}`, 'supervisor');
  expect((await answer.arrayBuffer()).byteLength).toBe(Number(answer.headers.get('content-length')));
  expect((await get(`clips/${clipId(1)}`, 'viewer')).status).toBe(403);
  expect(await (await get(`clips/${clipId(1)}`, 'operator')).text()).toBe('pictures');
  const broken = await get(`bundles/${file}`, 'supervisor');
  await broken.body?.cancel();
  const lines = async () => {
    const { log } = await evidence.calls['evidence.custody']({ incident: 1 }, context);
    return log.map((line) => (line.what === 'exported' ? line.outcome : line.what));
  };
  // All of the first was given; that it was kept, nobody said.
  await expect.poll(lines).toEqual(['secured-by', 'left', 'over', 'sealed', 'begun', 'sent', 'viewed', 'begun', 'broken-off']);
});

it('a copy is whole where its taker says so; one that was cancelled is broken off, although all of it had left', async () => {
  const { evidence, context } = await setUp();
  const { file } = await evidence.calls['evidence.seal']({ incident: 1 }, context);
  const take = async (copy: number, session = context.session) => {
    const url = `http://127.0.0.1:1/evidence/bundles/${file}?copy=${clipId(copy)}`;
    const answer = await evidence.door.handle(new Request(url), session);
    await answer.arrayBuffer();
    return new URL(url);
  };
  const say = (copy: number, whole: boolean, session = context.session) =>
    evidence.calls['evidence.copied']({ copy: clipId(copy), whole }, { ...context, session });
  const outcomes = async () => {
    const { log } = await evidence.calls['evidence.custody']({ incident: 1 }, context);
    return log.flatMap((line) => (line.what === 'exported' && line.outcome !== 'begun' ? [line.outcome] : []));
  };
  await take(1);
  await say(1, true);
  await say(1, false);
  await take(2);
  await say(2, true, sessionOf('supervisor', 'another'));
  await say(2, false);
  expect(await outcomes()).toEqual(['whole', 'broken-off']);
  // One that the host wrote is told by the host.
  await evidence.door.saved?.(await take(3), context.session, true);
  await say(3, false);
  expect(await outcomes()).toEqual(['whole', 'broken-off', 'whole']);
  const leaving = sessionOf('supervisor', 'leaving');
  await take(4, leaving);
  evidence.sessionEnded?.(leaving);
  await expect.poll(outcomes).toEqual(['whole', 'broken-off', 'whole', 'sent']);
});

it('a clip that was deleted is a line of the custody log, with its reason, there and in the next bundle', async () => {
  const { folder, put, take, evidence, context } = await setUp();
  await take();
  await put(`1/pes-1/${clipId(1)}/0`, 'pictures');
  await put(`1/pes-1/${clipId(1)}/end`);
  await evidence.calls['evidence.leave']({ incident: 1, camera: camera('pes-1') }, { ...context, session: sessionOf() });
  const asked = { clip: clipId(1), reason: 'asked for by the court' };
  expect(await evidence.calls['evidence.delete'](asked, context)).toEqual({ outcome: 'deleted' });
  const line = { what: 'deleted', ...asked, incident: 1, camera: 'pes-1', bySeat: 1, utcMs: expect.any(Number) };
  const { log } = await evidence.calls['evidence.custody']({ incident: 1 }, context);
  expect(log.at(-1)).toEqual(line);
  const { file } = await evidence.calls['evidence.seal']({ incident: 1 }, context);
  const files = filesOf(await readFile(join(folder, 'bundles', file ?? '')));
  const inBundle = (name: string) => files.get(`${file?.replace('.zip', '')}/data/${name}`)?.toString() ?? '';
  expect(JSON.parse(inBundle('custody.json'))).toMatchObject({ log: expect.arrayContaining([line]) });
  expect(inBundle('index.html')).toContain('A clip of camera pes-1 was deleted: asked for by the court');
});

it('a bundle is signed a second time by another seat’s key, once, and is the same beside that', async () => {
  const { folder, evidence, context, signer, second, put, take } = await setUp();
  await take();
  await put(`1/pes-1/${clipId(1)}/0`, 'pictures');
  await evidence.calls['evidence.leave']({ incident: 1, camera: camera('pes-1') }, { ...context, session: sessionOf() });
  const { file } = await evidence.calls['evidence.seal']({ incident: 1 }, context);
  const name = file ?? '';
  const path = join(folder, 'bundles', name);
  const before = filesOf(await readFile(path));
  const sign = (session: Session) => evidence.calls['evidence.countersign']({ file: name }, { ...context, session });
  const other = { ...sessionOf('supervisor', 'other'), seat: seatOf(2, 'supervisor') };
  expect(await sign(context.session)).toEqual({ refusal: 'same-seat' });
  const twice = await Promise.all([sign(other), sign(other)]);
  expect(twice).toEqual([{ refusal: null }, { refusal: 'already' }]);
  expect(await sign(other)).toEqual({ refusal: 'already' });
  expect(await readdir(join(folder, 'bundles'))).toEqual([name]);
  const source = await openBundleFile(path);
  onTestFinished(() => source.close());
  const verdict = await verifyBundle(source);
  expect(verdict).toMatchObject({ verdict: 'INTACT', second: { state: 'good', fingerprint: second.fingerprint } });
  // Whose the second signature is, is asked for by itself: the centre's own key says nothing of it.
  const { fingerprint } = signer;
  expect(bundleReport(name, verdict, fingerprint)).toMatchObject({ exitCode: 0, report: { second: { name: 'NOT COMPARED' } } });
  expect(bundleReport(name, verdict, fingerprint, second.fingerprint)).toMatchObject({
    exitCode: 0,
    report: { second: { name: 'KNOWN' } },
  });
  expect(bundleReport(name, verdict, fingerprint, fingerprint)).toMatchObject({
    exitCode: 1,
    report: { second: { name: 'OTHER' } },
  });
  const after = filesOf(await readFile(path));
  const added = [...after.keys()].filter((each) => !before.has(each));
  expect(added.map((each) => each.slice(each.indexOf('/') + 1))).toEqual(['signatures/second.pem', 'signatures/second.sig']);
  for (const [each, bytes] of before) expect(after.get(each)).toEqual(bytes);
  const { bundles } = await evidence.calls['evidence.custody']({ incident: 1 }, context);
  expect(bundles).toMatchObject([
    { file: name, sizeBytes: source.sizeBytes, second: { bySeat: 2, fingerprint: second.fingerprint } },
  ]);
});

it('a bundle that was changed on the disk is not signed a second time', async () => {
  const { folder, evidence, context } = await setUp();
  const { file } = await evidence.calls['evidence.seal']({ incident: 1 }, context);
  const path = join(folder, 'bundles', file ?? '');
  const bytes = await readFile(path);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  await writeFile(path, bytes);
  const session = { ...sessionOf('supervisor', 'other'), seat: seatOf(2, 'supervisor') };
  expect(await evidence.calls['evidence.countersign']({ file: file ?? '' }, { ...context, session })).toEqual({
    refusal: 'damaged',
  });
  expect(await readFile(path)).toEqual(bytes);
  expect(await readdir(join(folder, 'bundles'))).toEqual([file]);
});
