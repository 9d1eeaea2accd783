import { describe, expect, it } from 'vitest';
import type { ProblemCode } from '../../core/streams/problem.ts';
import { nextStreamLife, openStreamLife, type StreamInput, type StreamLife } from '../../core/streams/stream-life.ts';
import { tileVerdict } from '../../renderer/features/wall/tile-verdict.ts';

const run = (...inputs: StreamInput[]): StreamLife => inputs.reduce<StreamLife>(nextStreamLife, openStreamLife(0));
const refusedBy = (code: ProblemCode): StreamInput => ({ type: 'problem', code, retryAfterMs: null, atMs: 10 });
const live: StreamInput[] = [
  { type: 'opened', atMs: 10 },
  { type: 'frame', atMs: 20 },
];
const stopped: StreamInput = { type: 'frames-stopped', lastPictureMs: 900, atMs: 1_500 };

describe('a tile', () => {
  it('says nothing over a live picture', () => {
    expect(tileVerdict(run(...live))).toBeNull();
  });

  it('is calm at its first opening', () => {
    expect(tileVerdict(run())).toMatchObject({ word: 'opening', tone: 'quiet', darkSinceMs: null, reason: null });
  });

  it('dates a stop from its last picture', () => {
    expect(tileVerdict(run(...live, stopped))).toMatchObject({
      word: 'stopped',
      tone: 'attention',
      darkSinceMs: 900,
      reason: 'none',
    });
  });

  it('says the same while it waits and while it tries: nothing flickers', () => {
    const failed = refusedBy('gateway-unreachable');
    const waiting = tileVerdict(run(failed));
    expect(tileVerdict(run(failed, { type: 'timer', atMs: 300 }))).toEqual(waiting);
    expect(tileVerdict(run(failed, { type: 'timer', atMs: 300 }, { ...failed, atMs: 310 }))).toEqual(waiting);
  });

  it('blames nobody for a connection that holds without pictures, also while that is made anew', () => {
    const given = run(...live, stopped, { type: 'timer', atMs: 60_000 });
    const said = { word: 'stopped', tone: 'attention', darkSinceMs: 900, reason: 'none', action: 'trying' };
    expect(tileVerdict(given)).toMatchObject(said);
    expect(tileVerdict(nextStreamLife(given, { type: 'timer', atMs: 60_100 }))).toMatchObject(said);
  });

  it('is calm about a camera that was only made up: nothing has to be mended there', () => {
    expect(tileVerdict(run(refusedBy('made-up')))).toMatchObject({
      word: 'no-picture',
      tone: 'quiet',
      reason: 'made-up',
      action: null,
    });
  });

  it('is calm for the moment in which a window comes into sight again', () => {
    const seen = run(...live, { type: 'hidden', atMs: 30 }, { type: 'visible', atMs: 40 });
    expect(tileVerdict(seen)).toMatchObject({ word: 'opening', tone: 'quiet' });
  });

  it.each<[ProblemCode, string]>([
    ['camera-unreachable', 'no-picture'],
    ['gateway-unreachable', 'no-picture'],
    ['camera-refused', 'refused'],
    ['gateway-refused', 'refused'],
    ['stream-missing', 'missing'],
    ['codec-unsupported', 'cannot-show'],
    ['encoder-missing', 'cannot-show'],
  ])('has a word and the reason for %s', (code, word) => {
    expect(tileVerdict(run(refusedBy(code)))).toMatchObject({ word, reason: code, tone: 'danger' });
  });

  it('says when a gateway that holds the connection asks a refusing camera again', () => {
    const told: StreamInput = {
      type: 'source',
      source: { state: 'refused', sinceUtcMs: 0, why: 'camera-refused', untilUtcMs: 7_000 },
      atMs: 1_600,
    };
    expect(tileVerdict(run(...live, stopped, told))).toMatchObject({ word: 'refused', action: 'next-try', nextTryUtcMs: 7_000 });
  });
});
