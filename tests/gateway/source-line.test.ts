import { describe, expect, it } from 'vitest';
import type { OpenAnswer } from '../../main/gateway/open-waiters.ts';
import type { PacketedUnit } from '../../main/gateway/pictures/gop-cache.ts';
import { createSourceLine, lineTimes } from '../../main/gateway/source-line.ts';
import { silentMs } from '../../main/gateway/guarded-source.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { address, createFakeSources } from './support/fake-sources.ts';

function start() {
  const clock = createFakeClock();
  const sources = createFakeSources();
  const states: string[] = [];
  const told: string[] = [];
  const ports = {
    clock,
    random: () => 0.999,
    makers: sources,
    mostPayloadBytes: 1_200,
    ringRoom: { usedBytes: 0 },
    onState: ({ state }: { state: string }) => states.push(state),
    onProblem: ({ code }: { code: string }, tries: number) => told.push(`${code} ${tries}`),
  };
  return { clock, sources, states, told, line: createSourceLine(ports, address) };
}

describe('a line to a camera', () => {
  it('has one connection for all its viewers, and keeps it for ten seconds after the last', () => {
    const { clock, sources, line } = start();
    const releases = [line.hold(), line.hold(), line.hold()];
    sources.opens();
    expect(sources.tries()).toBe(1);
    for (const release of releases) release();
    clock.pass(lineTimes.lingerMs - 1);
    expect(sources.open()).toBe(1);
    const back = line.hold();
    sources.unit(true, 0);
    clock.pass(lineTimes.lingerMs - 1);
    expect([sources.open(), sources.tries()]).toEqual([1, 1]);
    back();
    clock.pass(lineTimes.lingerMs);
    expect([sources.open(), line.state().state, clock.waiting()]).toEqual([0, 'idle', 0]);
  });

  it('opens a lost camera again, more slowly each time, and fast again after it was steady', () => {
    const { clock, sources, states, line } = start();
    line.hold();
    const delays: number[] = [];
    for (let failure = 0; failure < 5; failure += 1) {
      sources.ends('camera-unreachable');
      const before = sources.tries();
      const startMs = clock.monotonicMs();
      while (sources.tries() === before) clock.pass(10);
      delays.push(clock.monotonicMs() - startMs);
    }
    expect(delays).toEqual([250, 500, 1_000, 1_500, 1_500]);
    sources.opens();
    sources.unit(true, 0);
    clock.pass(lineTimes.steadyMs);
    sources.ends('camera-silent');
    clock.pass(250);
    expect(sources.tries()).toBe(7);
    expect(states.slice(-3)).toEqual(['live', 'lost', 'opening']);
  });

  it('tells what fails again and again ever more rarely, each new kind of it at once, and begins anew after it was steady', () => {
    const { clock, sources, told, line } = start();
    line.hold();
    const fails = (code: Parameters<typeof sources.ends>[0], times: number) => {
      for (let time = 0; time < times; time += 1) {
        sources.ends(code);
        clock.pass(1_500);
      }
    };
    fails('camera-unreachable', 20);
    fails('stream-missing', 1);
    fails('camera-unreachable', 1);
    fails('stream-missing', 1);
    const unreachable = [1, 2, 4, 8, 16].map((tries) => `camera-unreachable ${tries}`);
    expect(told).toEqual([...unreachable, 'stream-missing 21']);
    sources.opens();
    sources.unit(true, 0);
    clock.pass(lineTimes.steadyMs);
    fails('camera-unreachable', 1);
    expect(told.slice(6)).toEqual(['camera-unreachable 1']);
  });

  it('tells the parameter sets as the camera sends them, and tells again when it sends others', () => {
    const { sources, states, line } = start();
    line.hold();
    sources.opens();
    sources.unit(true, 0);
    expect(line.state()).toMatchObject({ origin: { encodedFrom: null, parameterSets: ['6742e01f80', '6880'] } });
    for (const at of [90, 180]) sources.unit(at === 180, at);
    expect(states).toEqual(['opening', 'live']);
    sources.unit(true, 270, undefined, [Buffer.from([0x67, 0x4d, 0xe0, 0x1f, 0x80])]);
    expect(line.state()).toMatchObject({ origin: { parameterSets: ['674de01f80', '6880'] } });
    expect(states).toEqual(['opening', 'live', 'live']);
  });

  it('tells that pictures are encoded anew, and of what, until another source is open', () => {
    const { clock, sources, line } = start();
    line.hold();
    sources.opens('h264', 'jpeg');
    sources.unit(true, 0);
    expect(line.state()).toMatchObject({ codec: 'h264', origin: { encodedFrom: 'jpeg', parameterSets: [] } });
    sources.ends('camera-unreachable');
    clock.pass(1_000);
    sources.opens();
    sources.unit(true, 0);
    expect(line.state()).toMatchObject({ origin: { encodedFrom: null, parameterSets: ['6742e01f80', '6880'] } });
  });

  it('does not knock again after a refusal, whoever comes and goes, until five minutes are over', () => {
    const { clock, sources, line } = start();
    line.hold()();
    sources.ends('camera-refused');
    clock.pass(60_000);
    line.hold()();
    clock.pass(60_000);
    const release = line.hold();
    expect([sources.tries(), line.state().state]).toEqual([1, 'refused']);
    clock.pass(180_000);
    expect(sources.tries()).toBe(2);
    release();
  });

  it('is not held by a wall clock that was put back', () => {
    const clock = createFakeClock();
    let putBackMs = 0;
    const wrong = { ...clock, utcMs: () => clock.utcMs() - putBackMs };
    const sources = createFakeSources();
    const line = createSourceLine(
      {
        clock: wrong,
        random: () => 0,
        makers: sources,
        mostPayloadBytes: 1_200,
        ringRoom: { usedBytes: 0 },
        onState() {},
        onProblem() {},
      },
      address,
    );
    line.hold();
    sources.ends('camera-refused');
    putBackMs = 86_400_000;
    clock.pass(300_000);
    expect([sources.tries(), line.state().state]).toEqual([2, 'opening']);
  });

  it('knocks at once with new credentials where somebody watches', () => {
    const { sources, line } = start();
    line.hold();
    sources.ends('camera-refused');
    line.readdress({ ...address, credentials: { user: 'u', password: 'p' } });
    expect([sources.tries(), line.state().state]).toEqual([2, 'opening']);
  });

  it('ends a source that is silent, whatever its connection says', () => {
    const { clock, sources, line } = start();
    line.hold();
    sources.opens();
    sources.unit(true, 0);
    clock.pass(silentMs - 1);
    sources.unit(false, 90);
    clock.pass(silentMs - 1);
    expect(line.state().state).toBe('live');
    clock.pass(1);
    expect([line.state(), sources.open()]).toMatchObject([{ state: 'lost', why: 'camera-silent' }, 0]);
  });

  it('tells how a try ended to those who wait for it', () => {
    const { clock, sources, line } = start();
    line.hold();
    const answers: OpenAnswer[] = [];
    const wait = () => line.opened((answer) => answers.push(answer));
    wait();
    sources.ends('stream-missing');
    wait();
    clock.pass(250);
    sources.opens('h265');
    wait();
    sources.ends('camera-refused');
    wait();
    expect(answers).toEqual([
      { ok: false, code: 'stream-missing', retryAfterMs: null },
      { ok: true, codec: 'h265' },
      { ok: true, codec: 'h265' },
      { ok: false, code: 'camera-refused', retryAfterMs: 300_000 },
    ]);
  });

  it('forgets the pictures of a camera that died, and tells its viewers of the gap and of another codec', () => {
    const { clock, sources, line } = start();
    line.hold();
    const heard: (boolean | string)[] = [];
    line.view({
      onUnit: (unit: PacketedUnit) => heard.push(unit.key),
      onBreak: () => heard.push('break'),
      onCodec: (codec) => heard.push(codec),
    });
    sources.opens();
    sources.unit(true, 0);
    sources.unit(false, 3_600);
    expect(line.pictures.cached(clock.monotonicMs())).toHaveLength(2);
    sources.ends('camera-unreachable');
    expect(line.pictures.cached(clock.monotonicMs())).toEqual([]);
    clock.pass(250);
    sources.opens('h265');
    expect(heard).toEqual(['h264', true, false, 'break', 'h265']);
  });

  it('leaves no timer and no source when closed', () => {
    const { clock, sources, line } = start();
    line.hold();
    sources.opens();
    sources.ends('camera-unreachable');
    line.close();
    clock.pass(60_000);
    expect([sources.open(), sources.tries(), clock.waiting()]).toEqual([0, 1, 0]);
  });
});
