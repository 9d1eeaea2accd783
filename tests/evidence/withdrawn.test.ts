import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { flagOf, seatOf } from '../incidents/incident-set-up.ts';
import { clipId } from './clip-set-up.ts';
import { onePixel, setUp } from './evidence-set-up.ts';

it('what was withdrawn loses its stills too, with a trace, but not what somebody else has', async () => {
  const { put, take, evidence, context, incidents, vault, walled } = await setUp();
  await take();
  const pictures = [0, 1, 2].map((name) => new Uint8Array([...onePixel, name]));
  for (const picture of pictures) await put(`1/pes-1/${clipId(1)}/still`, picture);
  const [own = '', walls = '', others = ''] = incidents.get(1)?.attachments.map(({ digest }) => digest) ?? [];
  walled.add(walls);
  await incidents.flag(seatOf(1), flagOf('pes-9'));
  await incidents.do(seatOf(1), 2, { do: 'attach', name: 'a.png', digest: others, sizeBytes: 71, secured: true });
  await incidents.do(seatOf(1), 1, { do: 'withdraw' });
  await expect.poll(() => Promise.all([own, walls, others].map((digest) => vault.has(digest)))).toEqual([false, true, true]);
  const { log } = await evidence.calls['evidence.custody']({ incident: 1 }, context);
  expect(log.filter(({ what }) => what === 'file-deleted')).toMatchObject([
    { digest: own, reason: 'withdrawn', bySeat: 1 },
    { digest: walls },
    { digest: others },
  ]);
  // One that comes too late is not kept.
  const late = new Uint8Array([...onePixel, 3]);
  await put(`1/pes-1/${clipId(1)}/still`, late);
  expect(await vault.has(createHash('sha256').update(late).digest('hex'))).toBe(false);
});

it('what was withdrawn loses its pictures at the next start, where main died before that', async () => {
  const first = await setUp();
  await first.take();
  await first.put(`1/pes-1/${clipId(1)}/0`, 'pictures');
  await first.put(`1/pes-1/${clipId(1)}/still`, onePixel);
  const digests = ['pictures', onePixel].map((content) => createHash('sha256').update(content).digest('hex'));
  first.die();
  await first.incidents.do(seatOf(1), 1, { do: 'withdraw' });
  await expect.poll(() => first.log.lines).toHaveLength(1);
  const { vault, evidence, context } = await first.again();
  await expect.poll(() => Promise.all(digests.map((digest) => vault.has(digest)))).toEqual([false, false]);
  const { clips } = await evidence.calls['evidence.clips']({ incident: 1 }, context);
  expect(clips).toMatchObject([{ life: { state: 'deleted', reason: 'withdrawn', bySeat: 1 } }]);
});
