import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { auditWords, wordOf } from '../../core/audit/audit-words.ts';
import { clipGaps } from '../../core/evidence/clip.ts';
import { custodyLines } from '../../core/evidence/custody-lines.ts';
import { bundleParts } from '../../main/features/evidence/bundle-parts.ts';
import { StoreProblem } from '../../main/ports/store-problem.ts';
import { filesBelow, temporaryFolder } from '../stores/temporary-folder.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { clipId, factsOf, openShelf, pieceOf } from './clip-set-up.ts';
import { newSigner, sealedInMemory } from './memory-bundle.ts';
import { filesOf } from './other-zip.ts';

async function open(folder: string) {
  const shelf = await openShelf(folder, createFakeClock());
  let isOpen = true;
  const close = () => {
    if (isOpen) shelf.close();
    isOpen = false;
  };
  onTestFinished(close);
  const blobs = () => filesBelow(join(folder, 'vault')).map(({ path }) => basename(path));
  return { ...shelf, close, blobs };
}
type Opened = Awaited<ReturnType<typeof open>>;

/** Main dies between a piece and its record: it never gets an answer. Resolves when the piece is in the Vault. */
async function dieBehind(shelf: Opened, clip: number, index: number, kind = 'evidence.fragment'): Promise<void> {
  const reached = Promise.withResolvers<void>();
  shelf.state.records = (each) => {
    if (each !== kind) return null;
    reached.resolve();
    return new Promise(() => {});
  };
  void shelf.secure(pieceOf(clip, index));
  await reached.promise;
  shelf.close();
}

it('a piece that is whole on the disk and has no record when main dies is kept at the next start, and its clip, the custody log, its bundle and the audit log say how it came', async () => {
  const folder = temporaryFolder();
  const first = await open(folder);
  await first.secure(pieceOf(1, 0));
  await dieBehind(first, 1, 1);
  const second = await open(folder);
  const [clip] = second.ofIncident(1);
  expect(clip).toMatchObject({
    life: { state: 'whole', how: 'main-ended' },
    fragments: [{ index: 0 }, { index: 1, endMs: 2_000, adopted: true }],
  });
  expect(clip?.fragments[0]).not.toHaveProperty('adopted');
  // What may have followed it is missing all the same.
  expect(clip && clipGaps(clip)).toEqual([{ index: 2, count: null, fromMs: 2_000, toMs: null }]);
  const log = custodyLines([], second.ofIncident(1));
  expect(log).toMatchObject([{ what: 'adopted', incident: 1, clip: clipId(1), fromMs: 1_000, toMs: 2_000 }]);
  const parts = await bundleParts({ ...factsOf(second.ofIncident(1)), custody: log }, second.vault);
  const files = filesOf(await sealedInMemory({ signer: await newSigner(), parts }));
  expect(files.get(`incident-1042/data/clips/pes-1/${clipId(1)}.mp4`)?.toString()).toBe('piece 1 0piece 1 1');
  expect(files.get('incident-1042/data/index.html')?.toString()).toContain('1.000 s to 2.000 s of a clip of camera pes-1: whole');
  const rows = await second.journal.readTopic('evidence', 1, 100);
  const words = rows.map(({ kind, data }) => wordOf(kind, data));
  expect(words).toEqual(['evidence-began', 'evidence-fragment', 'evidence-fragment-adopted', 'evidence-ended']);
  expect(auditWords).toEqual(expect.arrayContaining(words));
  // A third start finds nothing more to do.
  second.close();
  const third = await open(folder);
  expect(third.ofIncident(1)).toEqual([clip]);
  expect(third.log.lines).toEqual([]);
});

it('the first piece of a clip brings its clip with it', async () => {
  const folder = temporaryFolder();
  await dieBehind(await open(folder), 1, 0, 'evidence.began');
  const { ofIncident, room } = await open(folder);
  expect(ofIncident(1)).toMatchObject([{ id: clipId(1), camera: 'pes-1', fragments: [{ index: 0, adopted: true }] }]);
  expect(room.current().usedBytes).toBe('piece 1 0'.length);
});

it('a piece that the Vault has not whole is never taken for one', async () => {
  const folder = temporaryFolder();
  const first = await open(folder);
  await first.secure(pieceOf(1, 0));
  await dieBehind(first, 1, 1);
  for (const { path, bytes } of filesBelow(join(folder, 'vault')))
    if (bytes.toString() === 'piece 1 1') writeFileSync(path, 'piece 1');
  const second = await open(folder);
  expect(second.get(clipId(1))?.fragments).toHaveLength(1);
  second.close();
  writeFileSync(join(folder, 'note'), '{"clip":{"id":');
  expect((await open(folder)).get(clipId(1))?.fragments).toHaveLength(1);
});

it('a piece that was refused because its record had no room leaves nothing', async () => {
  const folder = temporaryFolder();
  const first = await open(folder);
  await first.secure(pieceOf(1, 0));
  first.state.records = () => Promise.reject(new StoreProblem('full', 'The disk is full.'));
  await expect(first.secure(pieceOf(1, 1))).rejects.toThrow('full');
  expect(first.blobs()).toHaveLength(1);
  first.close();
  const second = await open(folder);
  expect(second.get(clipId(1))?.fragments).toHaveLength(1);
  expect(second.log.lines).toEqual([]);
});

it('a piece that was refused, and whose clip has ended since, goes at the next start, which says so', async () => {
  const folder = temporaryFolder();
  const first = await open(folder);
  await first.secure(pieceOf(1, 0));
  first.state.records = () => Promise.reject(new StoreProblem('failed', 'The disk reports an error.'));
  await expect(first.secure(pieceOf(1, 1))).rejects.toThrow('error');
  first.state.records = () => null;
  await first.end(clipId(1), 'window-gone');
  expect(first.blobs()).toHaveLength(2);
  first.close();
  const second = await open(folder);
  expect([second.get(clipId(1))?.fragments.length, second.blobs().length]).toEqual([1, 1]);
  expect(second.log.lines).toEqual([expect.stringContaining('had been refused was removed')]);
});
