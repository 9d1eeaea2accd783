import { expect, it, onTestFinished } from 'vitest';
import type { StreamName } from '../../core/cameras/camera.ts';
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

async function set(sources: readonly SourceFact[] = [hevc], mainFrom: 'gateway' | 'elsewhere' | null = 'gateway') {
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
  const stop = secureFromGateway({
    ...{ desk, shelf, tap, sources: cell, clock, log, mainFrom: () => mainFrom },
    note: (record) => void records.push(record),
  });
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
  /** A window puts a piece that reaches up to now. */
  const put = (stream: StreamName, clip = 7) =>
    shelf.secure({
      clip: { id: clipId(clip), incident: 1, camera: a, stream, bySeat: 1, firstPictureUtcMs: clock.utcMs() - 40 },
      ...{ index: 0, pictures: 1, endMs: 40, bytes: Buffer.from('x') },
    });
  return { desk, shelf, opened, pass, piece, put, records, log, now };
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

it('what windows decode is left to them, and a camera of one stream to whoever has it', async () => {
  const { desk, opened, pass } = await set([{ ...hevc, stream: 'sub' }], null);
  await desk.take(one, 1, a);
  pass(10);
  expect(opened).toEqual([]);
  const nobodys = await set([{ ...hevc, source: { state: 'live', sinceUtcMs: 1, codec: 'h264' } }]);
  nobodys.pass(10);
  expect(nobodys.opened).toEqual([]);
});

it('a main stream that nobody has open is secured beside the window from the moment on at which that takes the task', async () => {
  const { desk, shelf, opened, pass, piece, records, now } = await set([]);
  expect(await desk.take(one, 1, a)).toBe('yours');
  pass(1);
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

it('a main stream that a window secures is not secured twice, until the window goes over to the sub stream', async () => {
  const { desk, opened, pass, put } = await set();
  await desk.take(one, 1, a);
  await put('main');
  pass(20);
  expect(opened).toEqual([]);
  await put('sub', 8);
  pass(1);
  await expect.poll(() => opened.length).toBe(1);
});

it.each([
  ['elsewhere', 1],
  ['gateway', 12],
] as const)('why nobody secures a main stream beside is told once, where it comes from %s', async (from, cameras) => {
  const { desk, pass, opened, records, put, now } = await set([], from);
  const base = anIncident();
  const ids = Array.from({ length: cameras }, (_, place) => camera(`pes-${place + 1}`));
  desk.look({ ...base, cameras: ids.map((id) => ({ camera: id, utcMs: now, bySeat: 1 })) });
  for (const id of ids) await desk.take(one, 1, id);
  await put('sub');
  pass(1);
  await expect.poll(() => opened.length).toBe(from === 'elsewhere' ? 0 : 8);
  pass(3);
  const told = records.flatMap((record) => (record.what === 'not-secured' ? [record] : []));
  expect(new Set(told.map(({ why }) => why))).toEqual(new Set([from === 'elsewhere' ? 'elsewhere' : 'too-many']));
  expect(told.map((record) => record.camera)).toEqual(from === 'elsewhere' ? [a] : ids.slice(8));
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
