import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ProblemCode, problems } from '../../core/streams/problem.ts';
import type { SourceState } from '../../core/streams/source-state.ts';
import {
  disconnectedLimitMs,
  isConnected,
  needsAnother,
  nextStreamLife,
  openStreamLife,
  rejoinAtMs,
  type StreamInput,
  type StreamLife,
  stalledLimitMs,
  whyDark,
} from '../../core/streams/stream-life.ts';

type Untimed<T> = T extends StreamInput ? Omit<T, 'atMs'> : never;
type Step = Untimed<StreamInput>;

const lost = (why: ProblemCode): SourceState => ({ state: 'lost', sinceUtcMs: 0, why });
const source = {
  live: { type: 'source', source: { state: 'live', sinceUtcMs: 0, codec: 'h264' } },
  lost: { type: 'source', source: lost('camera-unreachable') },
  refused: { type: 'source', source: { state: 'refused', sinceUtcMs: 0, why: 'camera-refused', untilUtcMs: 9_000 } },
} as const satisfies Record<string, Step>;
const stopped: Step = { type: 'frames-stopped', lastPictureMs: null };
const problem = (code: ProblemCode): Step => ({ type: 'problem', code, retryAfterMs: null });

/** Runs steps 100 ms apart, beginning at 100. */
function run(...steps: Step[]): StreamLife {
  let life: StreamLife = openStreamLife(0);
  steps.forEach((step, index) => {
    life = nextStreamLife(life, { ...step, atMs: (index + 1) * 100 } as StreamInput);
  });
  return life;
}
const toLive: Step[] = [{ type: 'opened' }, { type: 'frame' }];

describe('a stream', () => {
  it.each<[string, Step[], StreamLife['state']]>([
    ['is opening before anything is heard', [], 'opening'],
    ['stays opening after an answer without a picture', [{ type: 'opened' }], 'opening'],
    ['is live at its first picture', toLive, 'live'],
    ['is not made live by a picture of a connection that was given up', [problem('internal'), { type: 'frame' }], 'retrying'],
    ['waits in place when pictures stop', [...toLive, stopped], 'stalled'],
    ['is live again when pictures go on', [...toLive, stopped, { type: 'frame' }], 'live'],
    ['is made anew when its connection fails', [...toLive, { type: 'failed' }], 'retrying'],
    ['asks again when its wait is over', [problem('stream-missing'), { type: 'timer' }], 'opening'],
    ['is refused by a wrong password', [problem('camera-refused')], 'refused'],
    ['asks again after a refusal when the wait is over', [problem('camera-refused'), { type: 'timer' }], 'opening'],
    ['asks again at once with new credentials', [problem('camera-refused'), { type: 'credentials-changed' }], 'opening'],
    ['asks again once the camera has let somebody else in', [problem('camera-refused'), source.live], 'opening'],
    ['is refused in place when the gateway hears the refusal', [...toLive, stopped, source.refused], 'refused'],
    ['keeps its refused connection, which the gateway revives', [...toLive, stopped, source.refused, { type: 'frame' }], 'live'],
    [
      'is not asked again by its own timer while the gateway waits',
      [...toLive, stopped, source.refused, { type: 'timer' }],
      'refused',
    ],
    ['says at once that the camera is lost while opening', [{ type: 'opened' }, source.lost], 'stalled'],
    ['stays live while pictures come, whatever is told', [...toLive, source.lost], 'live'],
    ['has to show a picture after it was hidden', [...toLive, { type: 'hidden' }, { type: 'visible' }], 'opening'],
    [
      'is live again with the first picture after it was hidden',
      [...toLive, { type: 'hidden' }, { type: 'visible' }, { type: 'frame' }],
      'live',
    ],
    [
      'is repaired behind a hidden window',
      [...toLive, { type: 'hidden' }, { type: 'failed' }, { type: 'timer' }, { type: 'visible' }],
      'opening',
    ],
  ])('%s', (_, steps, state) => {
    expect(run(...steps).state).toBe(state);
  });

  it('dates its darkness from the last picture and keeps that date while it retries', () => {
    const life = run(
      ...toLive,
      { type: 'frames-stopped', lastPictureMs: 150 },
      { type: 'failed' },
      { type: 'timer' },
      problem('gateway-unreachable'),
    );
    expect(life).toMatchObject({ state: 'retrying', darkSinceMs: 150, everLive: true, attempt: 1 });
  });

  it('dates what it shows again from the last moment in which somebody saw it', () => {
    expect(run(...toLive, { type: 'hidden' }, { type: 'visible' })).toMatchObject({ darkSinceMs: 300, everLive: true });
    const seen: Step[] = [...toLive, { type: 'hidden' }, { type: 'visible' }, { type: 'hidden' }, { type: 'visible' }];
    expect(run(...seen)).toMatchObject({ state: 'opening', darkSinceMs: 300 });
    expect(run(...toLive, stopped, { type: 'hidden' }, { type: 'visible' })).toMatchObject({ darkSinceMs: 300 });
  });

  it('goes on counting attempts when a picture lasted only a moment', () => {
    const brief = run(problem('internal'), { type: 'timer' }, ...toLive, { type: 'failed' });
    expect(brief).toMatchObject({ state: 'retrying', attempt: 1 });
    const steady = nextStreamLife(run(problem('internal'), { type: 'timer' }, ...toLive), { type: 'failed', atMs: 60_000 });
    expect(steady).toMatchObject({ state: 'retrying', attempt: 0 });
  });

  it('names the hop at fault: what was told outweighs what is guessed', () => {
    const reason = (...steps: Step[]) => {
      const life = run(...steps);
      return life.state === 'hidden' ? null : whyDark(life);
    };
    expect(reason(...toLive, stopped)).toBeNull();
    expect(reason(...toLive, stopped, source.lost)).toBe('camera-unreachable');
    expect(reason(...toLive, stopped, { type: 'ice', connected: false })).toBe('link-cut');
    expect(reason({ type: 'gateway', run: 1 }, source.live, ...toLive, stopped, { type: 'gateway', run: null })).toBe(
      'gateway-unreachable',
    );
    // It answers, and still nothing gets through: no reason to blame it in between.
    const cut: Step[] = [...toLive, { type: 'failed' }, { type: 'timer' }];
    expect(reason(...cut)).toBe('link-cut');
    expect(reason(...cut, { type: 'opened' }, { type: 'failed' })).toBe('link-cut');
    expect(reason(...cut, problem('gateway-unreachable'))).toBe('gateway-unreachable');
    // A foreign gateway: what ours does is no news of it.
    expect(reason({ type: 'gateway', run: 1 }, ...toLive, stopped, { type: 'gateway', run: null })).toBeNull();
    expect(reason(problem('codec-unsupported'), { type: 'timer' })).toBe('codec-unsupported');
  });

  it('is opened anew when the gateway that carried it was replaced, even if nobody saw it down', () => {
    const carried: Step[] = [{ type: 'gateway', run: 1 }, source.live, ...toLive];
    expect(run(...carried, { type: 'gateway', run: 2 }).state).toBe('live');
    expect(run(...carried, { type: 'gateway', run: 2 }, stopped)).toMatchObject({ state: 'retrying', attempt: 0 });
    expect(run(...carried, stopped, { type: 'gateway', run: null }).state).toBe('stalled');
    expect(run(...carried, stopped, { type: 'gateway', run: null }, { type: 'gateway', run: 2 }).state).toBe('retrying');
  });

  it('is asked again soon when the gateway that nobody reached is there again, however long it was to wait', () => {
    const away = { type: 'problem', code: 'gateway-unreachable', retryAfterMs: 60_000 } as const;
    const retried = [{ type: 'gateway', run: 1 }, source.live, away, { type: 'timer' }, away] as const;
    expect(run(...retried, { type: 'gateway', run: null })).toMatchObject({ attempt: 1, retryAfterMs: 60_000 });
    const back = run(...retried, { type: 'gateway', run: null }, { type: 'gateway', run: 2 });
    expect(back).toMatchObject({ state: 'retrying', sinceMs: 700, attempt: 0, retryAfterMs: null });
    // A foreign gateway is none of ours, and a camera's own fault is not mended by it.
    expect(run(away, { type: 'gateway', run: 2 })).toMatchObject({ sinceMs: 100, retryAfterMs: 60_000 });
    expect(run(source.live, problem('stream-missing'), { type: 'gateway', run: 2 })).toMatchObject({ sinceMs: 200 });
  });

  it('knows that it will be opened anew as soon as the gateway that carries it is away', () => {
    const carried: Step[] = [{ type: 'gateway', run: 1 }, source.live, ...toLive];
    expect(needsAnother(run(...carried))).toBe(false);
    expect(needsAnother(run(...carried, { type: 'gateway', run: null }))).toBe(true);
    expect(needsAnother(run(...carried, { type: 'hidden' }, { type: 'gateway', run: 2 }))).toBe(true);
    expect(needsAnother(run({ type: 'gateway', run: 1 }, ...toLive, { type: 'gateway', run: null }))).toBe(false);
  });

  it('gives up a silent connection only when waiting is pointless', () => {
    const stall = run(...toLive, stopped);
    expect(rejoinAtMs(stall)).toBe(300 + stalledLimitMs);
    expect(rejoinAtMs(run(...toLive, stopped, source.lost))).toBeNull();
    expect(rejoinAtMs(run(...toLive, stopped, source.lost, source.live))).toBe(500 + stalledLimitMs);
    expect(rejoinAtMs(run(...toLive, stopped, { type: 'ice', connected: false }))).toBe(400 + disconnectedLimitMs);
    expect(nextStreamLife(stall, { type: 'timer', atMs: 300 + stalledLimitMs - 1 })).toBe(stall);
    expect(nextStreamLife(stall, { type: 'timer', atMs: 300 + stalledLimitMs }).state).toBe('retrying');
  });

  it('is the very same object where nothing changed', () => {
    const live = run(source.live, ...toLive);
    for (const step of [{ type: 'frame' }, { type: 'timer' }, { type: 'visible' }, { type: 'opened' }, source.live] as Step[]) {
      expect(nextStreamLife(live, { ...step, atMs: 9_999 } as StreamInput)).toBe(live);
    }
  });
});

const codes = Object.keys(problems) as ProblemCode[];
const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  fc.constantFrom<Step>(
    { type: 'opened' },
    { type: 'frame' },
    stopped,
    { type: 'failed' },
    { type: 'timer' },
    { type: 'hidden' },
    { type: 'visible' },
    { type: 'credentials-changed' },
    { type: 'ice', connected: true },
    { type: 'ice', connected: false },
    { type: 'source', source: null },
    { type: 'source', source: { state: 'idle' } },
    { type: 'source', source: { state: 'opening', sinceUtcMs: 0 } },
    source.live,
    source.lost,
    source.refused,
    { type: 'gateway', run: null },
    { type: 'gateway', run: 1 },
    { type: 'gateway', run: 2 },
  ),
  fc.record({
    type: fc.constant('problem' as const),
    code: fc.constantFrom(...codes),
    retryAfterMs: fc.option(fc.integer({ min: 0, max: 600_000 })),
  }),
);
const history = fc.array(fc.tuple(stepArbitrary, fc.integer({ min: 0, max: 15_000 })), { maxLength: 40 });

function after(steps: readonly (readonly [Step, number])[], each?: (life: StreamLife, before: StreamLife) => void) {
  let life: StreamLife = openStreamLife(0);
  let atMs = 0;
  for (const [step, gapMs] of steps) {
    atMs += gapMs;
    const before = life;
    life = nextStreamLife(life, { ...step, atMs } as StreamInput);
    each?.(life, before);
  }
  return { life, atMs };
}

describe('whatever happened to a stream', () => {
  it('it can become live: no state is final', () => {
    fc.assert(
      fc.property(history, (steps) => {
        let { life, atMs } = after(steps);
        const heal: Step[] = [
          { type: 'visible' },
          { type: 'gateway', run: 7 },
          source.live,
          { type: 'timer' },
          { type: 'opened' },
          { type: 'frame' },
        ];
        // Twice: a stall is first given up, then asked anew.
        for (const step of [...heal, ...heal]) {
          atMs += 20_000;
          life = nextStreamLife(life, { ...step, atMs } as StreamInput);
        }
        expect(life.state).toBe('live');
      }),
    );
  });

  it('a hidden window stays hidden until it is seen, and being seen never makes it stalled or live', () => {
    fc.assert(
      fc.property(history, (steps) => {
        let hidden = false;
        let atMs = 0;
        let life: StreamLife = openStreamLife(0);
        for (const [step, gapMs] of steps) {
          atMs += gapMs;
          const was = life;
          life = nextStreamLife(life, { ...step, atMs } as StreamInput);
          if (step.type === 'hidden') hidden = true;
          if (step.type === 'visible') {
            if (was.state === 'hidden') expect(['stalled', 'live']).not.toContain(life.state);
            hidden = false;
          }
          expect(life.state === 'hidden').toBe(hidden);
        }
      }),
    );
  });

  it('it is called live only by a picture of a connection that holds', () => {
    fc.assert(
      fc.property(history, (steps) => {
        let index = 0;
        after(steps, (life, before) => {
          const step = steps[index++]?.[0];
          if (life.state === 'live' && before.state !== 'live') {
            expect(step?.type).toBe('frame');
            expect(isConnected(before)).toBe(true);
          }
        });
      }),
    );
  });

  it('a refusing camera is asked again only by its wait, new credentials, or news that it lets somebody in', () => {
    fc.assert(
      fc.property(history, (steps) => {
        let index = 0;
        after(steps, (life, before) => {
          const step = steps[index++]?.[0];
          if (before.state !== 'refused' || before.connected || life.state === 'refused' || life.state === 'hidden') return;
          expect(['timer', 'credentials-changed', 'source']).toContain(step?.type);
          if (step?.type === 'source') expect(step.source?.state).toBe('live');
        });
      }),
      { numRuns: 3_000 },
    );
  });
});
