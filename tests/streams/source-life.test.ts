import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PictureOrigin } from '../../core/streams/picture-origin.ts';
import { nextSource, type SourceInput } from '../../core/streams/source-life.ts';
import { type SourceState, sourceStateSchema } from '../../core/streams/source-state.ts';

const idle: SourceState = { state: 'idle' };
const run = (...inputs: SourceInput[]): SourceState => inputs.reduce(nextSource, idle);
const wanted: SourceInput = { what: 'wanted', atUtcMs: 1 };
const origin: PictureOrigin = { encodedFrom: null, parameterSets: ['67', '68'] };
const unit: SourceInput = { what: 'unit', atUtcMs: 2, codec: 'h264', origin };
const broke: SourceInput = { what: 'ended', atUtcMs: 3, why: 'camera-unreachable', refusedMs: 0 };
const wrongPassword: SourceInput = { what: 'ended', atUtcMs: 3, why: 'camera-refused', refusedMs: 300_000 };

describe('the life of a source', () => {
  it('opens for the first viewer and is live with the first picture', () => {
    expect(run(wanted)).toEqual({ state: 'opening', sinceUtcMs: 1 });
    expect(run(wanted, unit)).toEqual({ state: 'live', sinceUtcMs: 2, codec: 'h264', origin });
  });

  it('says how its pictures are made, and is another only when that is', () => {
    const live = run(wanted, unit);
    expect(nextSource(live, { ...unit, atUtcMs: 9 })).toBe(live);
    const other: PictureOrigin = { encodedFrom: 'jpeg', parameterSets: [] };
    expect(nextSource(live, { ...unit, atUtcMs: 9, origin: other })).toEqual({ ...live, origin: other });
  });

  it('says why it was lost, and opens again', () => {
    expect(run(wanted, unit, broke)).toEqual({ state: 'lost', sinceUtcMs: 3, why: 'camera-unreachable' });
    expect(run(wanted, unit, broke, { what: 'retry', atUtcMs: 4 })).toEqual({ state: 'opening', sinceUtcMs: 4 });
  });

  it('stays refused until its time is over', () => {
    const refused = run(wanted, wrongPassword);
    expect(refused).toEqual({ state: 'refused', sinceUtcMs: 3, why: 'camera-refused', untilUtcMs: 300_003 });
    expect(nextSource(refused, { what: 'retry', atUtcMs: 300_002 })).toBe(refused);
    expect(nextSource(refused, { what: 'retry', atUtcMs: 300_003 })).toEqual({ state: 'opening', sinceUtcMs: 300_003 });
  });

  it('does not forget a refusal because its viewers left or others came', () => {
    const refused = run(wanted, wrongPassword);
    expect(nextSource(refused, { what: 'unwanted' })).toBe(refused);
    expect(nextSource(refused, wanted)).toBe(refused);
  });

  it('tries new credentials at once where somebody is watching', () => {
    const refused = run(wanted, wrongPassword);
    expect(nextSource(refused, { what: 'readdressed', atUtcMs: 9, wanted: true })).toEqual({ state: 'opening', sinceUtcMs: 9 });
    expect(nextSource(refused, { what: 'readdressed', atUtcMs: 9, wanted: false })).toEqual(idle);
  });

  it('is always something a window understands, and never a dead end', () => {
    const atUtcMs = fc.nat(1_000_000);
    const input: fc.Arbitrary<SourceInput> = fc.oneof(
      fc.record({ what: fc.constant('wanted' as const), atUtcMs }),
      fc.record({
        what: fc.constant('unit' as const),
        atUtcMs,
        codec: fc.constantFrom('h264' as const, 'h265' as const),
        origin: fc.constant(origin),
      }),
      fc.record({
        what: fc.constant('ended' as const),
        atUtcMs,
        why: fc.constantFrom('camera-refused' as const, 'camera-silent' as const),
        refusedMs: fc.nat(300_000),
      }),
      fc.record({ what: fc.constant('retry' as const), atUtcMs }),
      fc.record({ what: fc.constant('unwanted' as const) }),
    );
    fc.assert(
      fc.property(fc.array(input), (inputs) => {
        const state = run(...inputs);
        expect(sourceStateSchema.parse(state)).toEqual(state);
        const later = [{ what: 'retry', atUtcMs: 9_000_000 } as const, { what: 'wanted', atUtcMs: 9_000_000 } as const];
        expect(['opening', 'live']).toContain(later.reduce<SourceState>(nextSource, state).state);
      }),
    );
  });
});
