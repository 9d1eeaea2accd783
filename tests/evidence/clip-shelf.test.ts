import { describe, expect, it, onTestFinished } from 'vitest';
import { clipGaps } from '../../core/evidence/clip.ts';
import { evidenceLimitsSchema, evidenceRoom } from '../../core/evidence/evidence-room.ts';
import { auditFacets } from '../../core/audit/audit-facets.ts';
import { bundleParts } from '../../main/features/evidence/bundle-parts.ts';
import { verifyBundle } from '../../main/features/evidence/verify-bundle.ts';
import { camera } from '../incidents/incident-set-up.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { factsOf, clipId, openShelf, pieceOf } from './clip-set-up.ts';
import { newSigner, sealedInMemory, sourceOf } from './memory-bundle.ts';
import { filesOf } from './other-zip.ts';

const clock = createFakeClock();
const open = async (folder = temporaryFolder(), limits = {}) => {
  const shelf = await openShelf(folder, clock, limits);
  onTestFinished(() => shelf.close());
  return shelf;
};
const digestsOf = (clip: { fragments: readonly { digest: string }[] } | undefined) =>
  clip?.fragments.map(({ digest }) => digest) ?? [];

describe('a clip', () => {
  it('is in the Vault and in the Journal piece by piece, and comes back as it was', async () => {
    const folder = temporaryFolder();
    const first = await open(folder);
    for (const index of [0, 1, 2]) expect(await first.secure(pieceOf(1, index))).toBe('secured');
    expect(await first.secure(pieceOf(1, 2))).toBe('there');
    expect(await first.secure(pieceOf(1, 2, 'another'))).toBe('other');
    await first.end(clipId(1), 'ended');
    expect(await first.secure(pieceOf(1, 3))).toBe('other');
    const before = first.get(clipId(1));
    expect(before && clipGaps(before)).toEqual([]);
    first.close();
    const second = await open(folder);
    expect(second.get(clipId(1))).toEqual(before);
    for (const digest of digestsOf(before)) expect(await second.vault.verify(digest)).toBe('good');
    expect(second.log.lines).toEqual([]);
  });

  it('says what was never secured: pieces that are missing, and an end that nobody made', async () => {
    const folder = temporaryFolder();
    const first = await open(folder);
    for (const index of [0, 1, 4]) await first.secure(pieceOf(1, index));
    await first.secure(pieceOf(2, 0));
    await first.end(clipId(2), 'window-gone');
    first.close();
    const second = await open(folder);
    const clips = second.ofIncident(1);
    expect(clips.map(({ life }) => life)).toMatchObject([
      { state: 'whole', how: 'main-ended' },
      { state: 'whole', how: 'window-gone' },
    ]);
    expect(clips.map(clipGaps)).toEqual([
      [
        { index: 2, count: 2, fromMs: 2_000, toMs: 5_000 },
        { index: 5, count: null, fromMs: 5_000, toMs: null },
      ],
      [{ index: 1, count: null, fromMs: 1_000, toMs: null }],
    ]);
  });

  it('is deleted with a trace, but not what another clip holds too, and not what is locked', async () => {
    const folder = temporaryFolder();
    const shelf = await open(folder);
    await shelf.secure(pieceOf(1, 0, 'the same'));
    await shelf.secure(pieceOf(1, 1));
    await shelf.secure(pieceOf(2, 0, 'the same'));
    const [same, own] = digestsOf(shelf.get(clipId(1)));
    shelf.state.locked.add(1);
    expect(await shelf.delete(clipId(1), 'no more needed', 3)).toBe('locked');
    shelf.state.locked.clear();
    expect(await shelf.delete(clipId(1), 'no more needed', 3)).toBe('deleted');
    expect(await shelf.delete(clipId(1), 'again', 3)).toBe('no-such-clip');
    expect([await shelf.vault.has(same ?? ''), await shelf.vault.has(own ?? '')]).toEqual([true, false]);
    shelf.close();
    const again = await open(folder);
    expect(again.get(clipId(1))?.life).toMatchObject({ state: 'deleted', reason: 'no more needed', bySeat: 3 });
    expect(again.room.current().usedBytes).toBe('the same'.length);
  });

  it('ages out when its incident was closed long enough ago, unless it is locked', async () => {
    const shelf = await open(temporaryFolder(), { retentionDays: 30 });
    await shelf.secure(pieceOf(1, 0));
    await shelf.end(clipId(1), 'ended');
    clock.pass(31 * 86_400_000);
    expect([shelf.due(), await shelf.ageOut()]).toEqual([0, 0]);
    shelf.state.closed.set(1, clock.utcMs() - 30 * 86_400_000);
    expect(await shelf.ageOut()).toBe(0);
    clock.pass(1);
    shelf.state.locked.add(1);
    expect([shelf.due(), await shelf.ageOut()]).toEqual([0, 0]);
    shelf.state.locked.clear();
    expect([shelf.due(), await shelf.ageOut()]).toEqual([1, 1]);
    expect(shelf.get(clipId(1))?.life).toMatchObject({ state: 'deleted', reason: 'retention', bySeat: null });
  });

  it('names its incident and camera in the row that says that it was deleted', async () => {
    const shelf = await open();
    await shelf.secure(pieceOf(1, 0));
    await shelf.delete(clipId(1), 'asked for by the court', 1);
    const rows = await shelf.journal.readTopic('evidence', 1, 100);
    const row = rows.find(({ kind }) => kind === 'evidence.deleted');
    expect(auditFacets('evidence.deleted', row?.data)).toMatchObject({ incident: 1, cameras: ['pes-1'], seat: 1 });
  });

  it('goes into a bundle as it was secured, with its gaps', async () => {
    const shelf = await open();
    for (const index of [0, 2]) await shelf.secure(pieceOf(1, index));
    await shelf.end(clipId(1), 'ended');
    const facts = factsOf(shelf.ofIncident(1));
    const parts = await bundleParts(facts, shelf.vault);
    const zip = await sealedInMemory({ signer: await newSigner(), parts });
    expect((await verifyBundle(sourceOf(zip))).verdict).toBe('INTACT');
    const files = filesOf(zip);
    expect(files.get(`incident-1042/data/clips/pes-1/${clipId(1)}.mp4`)?.toString()).toBe('piece 1 0piece 1 2');
    expect(JSON.parse(files.get('incident-1042/data/custody.json')?.toString() ?? '')).toMatchObject({
      clips: [{ gaps: [{ index: 1, count: 1 }] }],
    });
    const page = files.get('incident-1042/data/index.html')?.toString() ?? '';
    expect(page).toContain(`src="clips/pes-1/${clipId(1)}.mp4"`);
    expect(page).toContain('<span class="gap">1.000 s to 3.000 s</span>');
    await shelf.vault.delete(digestsOf(shelf.get(clipId(1)))[0] ?? '');
    await expect(sealedInMemory({ signer: await newSigner(), parts })).rejects.toThrow('Nothing was sealed');
    await expect(bundleParts(facts, shelf.vault)).rejects.toThrow('Nothing was sealed');
  });
});

it('what a tile said of the pictures, and what is missing of them, is on a bundle’s page in words', async () => {
  const shelf = await open();
  const of = { what: 'verdict', incident: 1, camera: camera('pes-1'), stream: 'sub', displayId: 'left' } as const;
  const verdict = { word: 'late', hop: 'unknown', sinceUtcMs: null, why: null, timeKnown: true, unchanged: false } as const;
  const late = { ...of, utcMs: 1_700_000_000_000, width: 640, height: 360, packetsLost: 7 };
  const wanted = { fromUtcMs: 1_700_000_000_000, toUtcMs: 1_700_000_060_000 };
  const parts = await bundleParts(
    {
      ...factsOf([]),
      custody: [{ ...late, verdict: { ...verdict, lateMs: 3_100, clockOffsetMs: -40 } }],
      secured: [{ camera: camera('pes-1'), ...wanted, missing: [wanted], streams: [] }],
    },
    shelf.vault,
  );
  const page = filesOf(await sealedInMemory({ signer: await newSigner(), parts })).get('incident-1042/data/index.html');
  for (const words of [
    'LATE 3 s, unknown',
    '7 packets lost',
    '-40 ms off',
    '2023-11-14 22:13:20.000 UTC to 2023-11-14 22:14:20.000 UTC',
  ])
    expect(page?.toString()).toContain(words);
});

describe('room for evidence', () => {
  it('is said to be low before it is full, by the quota or by the disk', () => {
    const limits = evidenceLimitsSchema.parse({ quotaBytes: 1_000, leaveFreeBytes: 50 });
    expect(evidenceRoom(0, null, limits)).toEqual({ usedBytes: 0, leftBytes: 1_000, level: 'enough' });
    expect(evidenceRoom(901, null, limits)).toMatchObject({ leftBytes: 99, level: 'low' });
    expect(evidenceRoom(0, 149, limits)).toMatchObject({ leftBytes: 99, level: 'low' });
    expect(evidenceRoom(0, 59, limits)).toMatchObject({ leftBytes: 9, level: 'full' });
    expect(evidenceRoom(0, 50, limits)).toMatchObject({ leftBytes: 0, level: 'full' });
    expect(evidenceRoom(2_000, null, limits)).toMatchObject({ leftBytes: 0, level: 'full' });
  });

  it('where there is none, a piece is refused and the clip says why it ends', async () => {
    const shelf = await open();
    await shelf.secure(pieceOf(1, 0));
    shelf.state.freeBytes = 105;
    expect(await shelf.secure(pieceOf(1, 1))).toBe('full');
    expect(shelf.room.current()).toMatchObject({ leftBytes: 5, level: 'full' });
    expect(shelf.get(clipId(1))).toMatchObject({ life: { state: 'whole', how: 'full' }, fragments: [{ index: 0 }] });
  });
});
