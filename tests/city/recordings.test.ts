import { describe, expect, it } from 'vitest';
import { recordingAddress } from '../../core/cameras/sim-address.ts';
import type { StreamAddress } from '../../core/cameras/camera.ts';
import { recordingShape } from '../../main/gateway/ffmpeg/recording.ts';
import { createRecordings } from '../../main/gateway/ffmpeg/recordings.ts';
import { createSimulatedSource } from '../../main/gateway/ffmpeg/simulated-source.ts';
import type { AccessUnit, OpenSource, SourceEvents, SourceProblem } from '../../main/gateway/source.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const sets = [Buffer.from([0x67]), Buffer.from([0x68])];
const { pictures, keyEvery, framesPerSecond } = recordingShape;

/** A recorder that draws what it is told to: picture n is the byte n. */
function fakeRecorder() {
  const asked: { readonly url: string; readonly events: SourceEvents; closed: boolean }[] = [];
  const record: OpenSource = (address, events) => {
    const one = { url: address.url, events, closed: false };
    asked.push(one);
    return { close: () => (one.closed = true) };
  };
  const draw = ({ events }: (typeof asked)[number], count: number = pictures) => {
    events.onOpen({ codec: 'h264', parameterSets: sets });
    for (let n = 0; n < count; n++) {
      events.onUnit({ codec: 'h264', nals: [Buffer.from([n])], key: n % keyEvery === 0, rtpTimestamp: n, captureUtcMs: 7 });
    }
  };
  return { asked, record, draw };
}

function listen() {
  const units: AccessUnit[] = [];
  const problems: SourceProblem[] = [];
  const events: SourceEvents = {
    onOpen: () => {},
    onUnit: (unit) => units.push(unit),
    onEnd: (problem) => problems.push(problem),
  };
  return { units, problems, events };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a recording of the demonstration city', () => {
  it('is drawn once and played to each in a loop, from a key picture of its own, with times that go on and no time of taking', async () => {
    const clock = createFakeClock();
    const { asked, record, draw } = fakeRecorder();
    const recordings = createRecordings({ clock, record });
    const [one, other] = [listen(), listen()];
    recordings.open('demo-101', 0, one.events);
    recordings.open('demo-101', 2, other.events);
    await settled();
    expect(asked.map(({ url }) => url)).toEqual(['sim:record/demo-101']);
    draw(asked[0] ?? expect.fail());
    expect(asked[0]?.closed).toBe(true);
    await settled();
    for (let n = 0; n <= pictures; n++) clock.pass(1_000 / framesPerSecond);
    const content = (units: readonly AccessUnit[]) => units.map(({ nals }) => nals[0]?.[0]);
    expect(content(one.units).slice(0, pictures + 1)).toEqual([...Array.from({ length: pictures }, (_, n) => n), 0]);
    expect(content(other.units)[0]).toBe(2 * keyEvery);
    expect([one.units[0]?.key, other.units[0]?.key]).toEqual([true, true]);
    expect(one.units[pictures]?.rtpTimestamp).toBe((pictures * 90_000) / framesPerSecond);
    expect(new Set(one.units.map(({ captureUtcMs }) => captureUtcMs))).toEqual(new Set([null]));
  });

  it('says nothing after it was closed, whether it was drawn by then or not', async () => {
    const clock = createFakeClock();
    const { asked, record, draw } = fakeRecorder();
    const recordings = createRecordings({ clock, record });
    const [early, late] = [listen(), listen()];
    recordings.open('demo-101', 0, early.events).close();
    const playing = recordings.open('demo-101', 0, late.events);
    await settled();
    draw(asked[0] ?? expect.fail());
    await settled();
    clock.pass(1_000);
    playing.close();
    const heard = late.units.length;
    clock.pass(10_000);
    expect([early.units.length, heard > 0, late.units.length, clock.waiting()]).toEqual([0, true, heard, 0]);
  });

  it('that could not be drawn says why, and is drawn anew for the next', async () => {
    const { asked, record, draw } = fakeRecorder();
    const recordings = createRecordings({ clock: createFakeClock(), record });
    const [one, next] = [listen(), listen()];
    recordings.open('demo-101', 0, one.events);
    await settled();
    draw(asked[0] ?? expect.fail(), 3);
    asked[0]?.events.onEnd({ code: 'camera-protocol', detail: 'ffmpeg ended' });
    await settled();
    expect(one.problems).toEqual([{ code: 'camera-protocol', detail: 'ffmpeg ended' }]);
    recordings.open('demo-101', 0, next.events);
    await settled();
    expect(asked.length).toBe(2);
  });

  it('waits for the one before: they are drawn one at a time', async () => {
    const { asked, record, draw } = fakeRecorder();
    const recordings = createRecordings({ clock: createFakeClock(), record });
    for (const camera of ['demo-101', 'demo-102']) recordings.open(camera, 0, listen().events);
    await settled();
    expect(asked.length).toBe(1);
    draw(asked[0] ?? expect.fail());
    await settled();
    expect(asked.map(({ url }) => url)).toEqual(['sim:record/demo-101', 'sim:record/demo-102']);
  });
});

describe('a made-up camera', () => {
  it('ends at once with a problem that says so, with ffmpeg or without', () => {
    const clock = createFakeClock();
    const heard = listen();
    const address: StreamAddress = { scheme: 'sim', url: 'sim:made-up', credentials: null };
    createSimulatedSource({ clock, ffmpegPath: null })(address, heard.events);
    clock.pass(0);
    expect(heard.problems.map(({ code }) => code)).toEqual(['made-up']);
  });

  it('has an address that no other kind of camera has', () => {
    expect(recordingAddress('demo-101', 2).url).toBe('sim:recording/demo-101/2');
  });
});
