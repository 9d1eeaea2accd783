import { expect, it, onTestFinished } from 'vitest';
import type { CustodyRecord } from '../../core/evidence/custody.ts';
import { evidenceLimitsSchema } from '../../core/evidence/evidence-room.ts';
import type { TapNews } from '../../core/evidence/tap-news.ts';
import { createCell } from '../../core/rpc/cell.ts';
import type { SourceFact } from '../../core/streams/source-state.ts';
import { secureFromGateway } from '../../main/features/evidence/gateway-securing.ts';
import { createSecuringDesk } from '../../main/features/evidence/securing-desk.ts';
import type { PictureTap } from '../../main/ports/picture-tap.ts';
import { camera, seatOf } from '../incidents/incident-set-up.ts';
import { collectLog, temporaryFolder } from '../stores/temporary-folder.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { anIncident, clipId, openShelf } from './clip-set-up.ts';

const a = camera('pes-1');
const hevc: SourceFact = { camera: a, stream: 'main', source: { state: 'live', sinceUtcMs: 1, codec: 'h265' } };

async function set(sources: readonly SourceFact[] = [hevc]) {
  const clock = createFakeClock();
  const shelf = await openShelf(temporaryFolder(), clock);
  onTestFinished(() => shelf.close());
  const records: CustodyRecord[] = [];
  const desk = createSecuringDesk({
    hasRoom: () => true,
    clock,
    limits: () => evidenceLimitsSchema.parse({}),
    isOver: () => false,
    write: async (record) => void records.push(record),
    onFault() {},
  });
  type Open = { order: unknown; finished: boolean; give(news: TapNews): Promise<void>; end(error?: Error): void };
  const opened: Open[] = [];
  const tap: PictureTap = {
    open(order, listener) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const mine: Open = {
        order,
        finished: false,
        give: (news) => (news.t === 'quiet' ? Promise.resolve() : listener(news, Buffer.from('piece'))),
        end: (error) => (error ? reject(error) : resolve()),
      };
      opened.push(mine);
      return { finish: () => void (mine.finished = true), done: promise };
    },
  };
  const log = collectLog();
  const cell = createCell(sources);
  const stop = secureFromGateway({ desk, shelf, tap, sources: cell, clock, log });
  onTestFinished(() => {
    for (const each of opened) each.end();
    return stop();
  });
  const now = clock.utcMs();
  const base = anIncident();
  desk.look({ ...base, flagged: { ...base.flagged, utcMs: now }, cameras: [{ camera: a, utcMs: now, bySeat: 1 }] });
  const pass = (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) clock.pass(1_000);
  };
  const piece = (clip: number, index: number): TapNews => ({
    ...{ t: 'piece', clip: clipId(clip), index, bytes: 5, pictures: index * 25, endMs: index * 1_000, firstUtcMs: now },
  });
  return { desk, shelf, opened, pass, piece, records, log, now, sources: cell };
}
const one = { id: 'one', seat: seatOf(1), displayId: 'left' };

it('the gateway takes what no window took, where the camera sends H.265, and gives the rest when it is over', async () => {
  const { desk, shelf, opened, pass, piece, records, now } = await set();
  pass(1);
  expect(opened).toEqual([]);
  pass(2);
  await expect.poll(() => opened.length).toBe(1);
  expect(opened[0]?.order).toEqual({ camera: 'pes-1', stream: 'main', fromUtcMs: now - 60_000 });
  expect(await desk.take(one, 1, a)).toBe('taken');
  for (const index of [0, 1]) await opened[0]?.give(piece(1, index));
  expect(desk.tasks.current()[0]?.securedUtcMs).not.toBeNull();
  await desk.end(1, 1);
  await expect.poll(() => opened[0]?.finished).toBe(true);
  let settled = false;
  const waiting = desk.settled(1).then(() => (settled = true));
  await opened[0]?.give(piece(1, 2));
  await opened[0]?.give({ t: 'end', clip: clipId(1) });
  expect(settled).toBe(false);
  opened[0]?.end();
  await waiting;
  expect(shelf.ofIncident(1)).toMatchObject([{ bySeat: null, stream: 'main', life: { how: 'ended' }, fragments: [{}, {}, {}] }]);
  expect(records[0]).toMatchObject({ what: 'secured-by', displayId: 'gateway', bySeat: null });
});

it('a gateway that breaks off leaves a gap that is told, and is asked again', async () => {
  const { shelf, opened, pass, piece, log } = await set();
  pass(6);
  await expect.poll(() => opened.length).toBe(1);
  await opened[0]?.give(piece(1, 0));
  opened[0]?.end(new Error('the media gateway broke off'));
  await expect.poll(() => shelf.ofIncident(1)).toMatchObject([{ life: { state: 'whole', how: 'gateway-gone' } }]);
  expect(log.lines).toEqual([expect.stringContaining('could not be secured')]);
  await expect.poll(() => (pass(1), opened.length)).toBe(2);
});

it('what a window has, or comes as H.264, is left to windows', async () => {
  const { desk, opened, pass } = await set([{ ...hevc, stream: 'sub' }]);
  await desk.take(one, 1, a);
  pass(10);
  expect(opened).toEqual([]);
  const other = await set([{ ...hevc, source: { state: 'live', sinceUtcMs: 1, codec: 'h264' } }]);
  other.pass(10);
  expect(other.opened).toEqual([]);
});

it('where a window secures the stream that it decodes, the gateway secures the main one beside it, which was seen to be H.265', async () => {
  const { desk, shelf, opened, pass, piece, records, now, sources } = await set();
  expect(await desk.take(one, 1, a)).toBe('yours');
  // Nobody looks at it any more: it is not open when it is wanted.
  sources.set([{ ...hevc, source: { state: 'idle' } }]);
  pass(4);
  expect(opened).toEqual([]);
  pass(2);
  await expect.poll(() => opened.length).toBe(1);
  expect(opened[0]?.order).toEqual({ camera: 'pes-1', stream: 'main', fromUtcMs: now - 60_000 });
  expect(records.map((record) => 'displayId' in record && [record.what, record.displayId])).toEqual([
    ['secured-by', 'left'],
    ['secured-by', 'gateway'],
  ]);
  expect(records[1]).toMatchObject({ stream: 'main', bySeat: null });
  // Who has the task keeps it.
  expect(desk.tasks.current()[0]?.holder).toMatchObject({ session: 'one' });
  await opened[0]?.give(piece(1, 0));
  await desk.end(1, 1);
  await expect.poll(() => opened[0]?.finished).toBe(true);
  let settled = false;
  const waiting = desk.settled(1).then(() => (settled = true));
  desk.leave(one, 1, a);
  await opened[0]?.give(piece(1, 1));
  await opened[0]?.give({ t: 'end', clip: clipId(1) });
  expect(settled).toBe(false);
  opened[0]?.end();
  await waiting;
  expect(shelf.ofIncident(1)).toMatchObject([{ bySeat: null, stream: 'main', life: { how: 'ended' }, fragments: [{}, {}] }]);
});

it('a main stream that a window secures, or that windows decode, is not secured twice', async () => {
  const { desk, shelf, opened, pass, now } = await set();
  await desk.take(one, 1, a);
  const clip = { id: clipId(7), incident: 1, camera: a, stream: 'main', bySeat: 1, firstPictureUtcMs: now } as const;
  await shelf.secure({ clip, index: 0, pictures: 1, endMs: 40, bytes: Buffer.from('x') });
  pass(20);
  const other = await set([{ ...hevc, source: { state: 'live', sinceUtcMs: 1, codec: 'h264' } }]);
  await other.desk.take(one, 1, a);
  other.pass(20);
  expect([opened, other.opened]).toEqual([[], []]);
});

it('a main stream that breaks off beside a window is asked for again, later', async () => {
  const { desk, shelf, opened, pass, piece } = await set();
  await desk.take(one, 1, a);
  pass(6);
  await expect.poll(() => opened.length).toBe(1);
  await opened[0]?.give(piece(1, 0));
  opened[0]?.end(new Error('the media gateway broke off'));
  await expect.poll(() => shelf.ofIncident(1)).toMatchObject([{ life: { how: 'gateway-gone' } }]);
  pass(5);
  expect(opened).toHaveLength(1);
  await expect.poll(() => (pass(1), opened.length)).toBe(2);
});
