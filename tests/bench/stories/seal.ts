import { randomUUID } from 'node:crypto';
import { type CameraId, cameraIdSchema } from '../../../core/cameras/camera.ts';
import { until } from '../../support/until.ts';
import type { Story } from '../bench.ts';
import { openBenchBrowser } from '../bench-browser.ts';
import { type BenchSeat, openBenchSeat } from '../bench-seat.ts';
import { type BenchWall, openBenchWall } from '../bench-wall.ts';
import { soleResult } from '../result.ts';

const tiles = 16;
/** Ten minutes of 2 Mbit/s in pieces of a second. */
const exportedSeconds = 600;
const pieceBytes = 250_000;
const ringSeconds = 62;
const flag = { category: 'accident', severity: 2, place: null, at: null } as const;

/** A flag that is taken back again: from the call to the answer (ms). */
async function flagMs(seat: BenchSeat, camera: CameraId): Promise<number> {
  const startMs = performance.now();
  const { refusal, incident } = await seat.call('incidents.flag', { ...flag, camera });
  const tookMs = performance.now() - startMs;
  if (refusal !== null || incident === null) throw new Error(`a flag was refused: ${refusal}`);
  await seat.call('incidents.do', { number: incident.number, deed: { do: 'withdraw' } });
  return tookMs;
}

/** From a flag to its sealed bundle, of the minute that the window already has (s). */
async function sealSeconds(
  seat: BenchSeat,
  camera: CameraId,
): Promise<{ readonly seconds: number; readonly clipSeconds: number }> {
  const startMs = performance.now();
  const { incident } = await seat.call('incidents.flag', { ...flag, camera });
  const number = incident?.number ?? 0;
  const clips = async () => (await seat.call('evidence.clips', { incident: number })).clips;
  // A window has taken it; what it has it puts by itself once the end is said.
  await until('pictures are secured', async () => (await clips()).length > 0, 30_000);
  const { refusal } = await seat.call('evidence.seal', { incident: number });
  if (refusal !== null) throw new Error(`not sealed: ${refusal}`);
  const seconds = (performance.now() - startMs) / 1_000;
  const made = await clips();
  const fromMs = Math.min(...made.map(({ firstPictureUtcMs }) => firstPictureUtcMs));
  const toMs = Math.max(...made.map(({ firstPictureUtcMs, lengthMs }) => firstPictureUtcMs + lengthMs));
  return { seconds, clipSeconds: (toMs - fromMs) / 1_000 };
}

/** Puts ten minutes for an incident as a window does, seals them, and gives the bundle's file. */
async function longBundle(seat: BenchSeat): Promise<string> {
  const camera = cameraIdSchema.parse('bench-long');
  const { incident } = await seat.call('incidents.flag', { ...flag, camera });
  const number = incident?.number ?? 0;
  const { outcome } = await seat.call('evidence.take', { incident: number, camera });
  if (outcome !== 'yours') throw new Error(`the task is ${outcome}`);
  const clip = randomUUID();
  const body = new Uint8Array(pieceBytes);
  for (let second = 0; second < exportedSeconds; second += 1) {
    new DataView(body.buffer).setUint32(0, second);
    const facts = `pictures=${(second + 1) * 15}&end-ms=${(second + 1) * 1_000}&stream=main&first-utc-ms=${Date.now()}`;
    const answer = await seat.byAddress(`/evidence/${number}/${camera}/${clip}/${second}?${facts}`, { method: 'PUT', body });
    if (answer.status !== 201) throw new Error(`a piece was answered with ${answer.status}`);
  }
  await seat.byAddress(`/evidence/${number}/${camera}/${clip}/end`, { method: 'PUT' });
  await seat.call('evidence.leave', { incident: number, camera });
  const { file, refusal } = await seat.call('evidence.seal', { incident: number });
  if (file === null) throw new Error(`not sealed: ${refusal}`);
  return file;
}

async function exportSeconds(seat: BenchSeat, file: string): Promise<number> {
  const startMs = performance.now();
  const answer = await seat.byAddress(`/evidence/bundles/${file}`);
  let bytes = 0;
  for await (const piece of answer.body ?? []) bytes += piece.byteLength;
  if (bytes !== Number(answer.headers.get('content-length'))) throw new Error('the copy is not whole');
  return (performance.now() - startMs) / 1_000;
}

/** Pictures that came and were never shown, and packets that never came, of all tiles so far. */
const lost = (wall: BenchWall): number =>
  wall.facts().reduce((sum, { packetsLost, measures }) => sum + packetsLost + (measures?.dropped ?? 0), 0);

/** What it takes from a flag to a bundle, and from a bundle to a copy, and what the wall feels of it. */
export const seal: Story = {
  name: 'seal',
  about:
    'flag to acknowledgement; flag to a sealed bundle of 60 s; ten minutes exported; pictures lost on a wall of 16 meanwhile',
  async run({ quick, progress }) {
    const wall = await openBenchWall();
    const { program } = wall.running.services;
    const seat = await openBenchSeat(program);
    try {
      const browser = await openBenchBrowser(wall.address());
      try {
        const live = () => wall.facts().length === tiles && wall.facts().every(({ state }) => state === 'live');
        await until('all tiles are live', live, 90_000);
        progress(`waiting ${ringSeconds} s, until a minute is kept`);
        await browser.page.waitForTimeout(ringSeconds * 1_000);
        const acknowledged: number[] = [];
        for (let each = 0; each < (quick ? 100 : 1_000); each += 1)
          acknowledged.push(await flagMs(seat, cameraIdSchema.parse(`bench-${each}`)));
        const sealed: number[] = [];
        const covered: number[] = [];
        const cameras = wall.cameras().slice(0, quick ? 3 : 9);
        for (const camera of cameras) {
          const { seconds, clipSeconds } = await sealSeconds(seat, cameraIdSchema.parse(camera));
          sealed.push(seconds);
          covered.push(clipSeconds);
          progress(`${clipSeconds.toFixed(1)} s of pictures sealed ${seconds.toFixed(2)} s after its flag`);
        }
        const file = await longBundle(seat);
        const lostBefore = lost(wall);
        const exported: number[] = [];
        for (let each = 0; each < (quick ? 3 : 9); each += 1) exported.push(await exportSeconds(seat, file));
        // The last report of the time in question comes a second later.
        await browser.page.waitForTimeout(4_000);
        const lostMeanwhile = lost(wall) - lostBefore;
        progress(`exported in ${exported.map((s) => s.toFixed(2)).join(' ')} s, ${lostMeanwhile} pictures or packets lost`);
        return [
          soleResult('flag to acknowledgement (99 %)', 'ms', acknowledged, null, 0.99),
          soleResult('flag to the sealed bundle of a minute', 's', sealed, null),
          soleResult('from its first to its last picture', 's', covered, null),
          soleResult('ten minutes (150 MB) exported', 's', exported, 5),
          soleResult('pictures and packets lost on the wall meanwhile', '', [lostMeanwhile], 0),
        ];
      } finally {
        await browser.close();
      }
    } finally {
      seat.close();
      await wall.running.close();
    }
  },
};
