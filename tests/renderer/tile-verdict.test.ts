import { describe, expect, it } from 'vitest';
import type { ProblemCode } from '../../core/streams/problem.ts';
import { nextStreamLife, openStreamLife, type StreamInput, type StreamLife } from '../../core/streams/stream-life.ts';
import { judge } from '../../core/streams/verdict.ts';
import { tileVerdict } from '../../renderer/features/wall/tile-verdict.ts';

const run = (...inputs: StreamInput[]): StreamLife => inputs.reduce<StreamLife>(nextStreamLife, openStreamLife(0));
const refusedBy = (code: ProblemCode): StreamInput => ({ type: 'problem', code, retryAfterMs: null, atMs: 10 });
const live: StreamInput[] = [
  { type: 'opened', atMs: 10 },
  { type: 'frame', atMs: 20 },
];
const stopped: StreamInput = { type: 'frames-stopped', lastPictureMs: 900, atMs: 1_500 };
const unknown = {
  lastPictureMs: 900,
  patienceMs: 500,
  lastCodedMs: null,
  lateness: null,
  content: null,
  heldUp: false,
  rests: false,
  keysEveryMs: null,
};
const repeats = { keyChanges: 9, keyRepeats: 0, sequenceRepeats: 2, lastChangeMs: 700, deltaShare: 0.1, mostDeltaShare: 0.1 };
/** What a tile of this stream says a while later. */
const drawn = (life: StreamLife, nowMs = 60_000) => tileVerdict(judge({ ...unknown, life }, nowMs), life, false);

describe('a tile', () => {
  it('says nothing over a live picture', () => {
    expect(drawn(run(...live), 1_000)).toBeNull();
  });

  it('is calm at its first opening', () => {
    expect(drawn(run())).toMatchObject({ word: 'opening', tone: 'quiet', sinceMs: null, hop: null });
  });

  it('dates a stop from its last picture', () => {
    expect(drawn(run(...live, stopped))).toMatchObject({ word: 'stalled', tone: 'attention', sinceMs: 900, action: 'waiting' });
  });

  it('says the same while it waits and while it tries: nothing flickers', () => {
    const failed = refusedBy('gateway-unreachable');
    const waiting = drawn(run(failed));
    expect(drawn(run(failed, { type: 'timer', atMs: 300 }))).toEqual(waiting);
    expect(drawn(run(failed, { type: 'timer', atMs: 300 }, { ...failed, atMs: 310 }))).toEqual(waiting);
  });

  it('blames nobody for a connection that holds without pictures, also while that is made anew', () => {
    const given = run(...live, stopped, { type: 'timer', atMs: 60_000 });
    const said = { word: 'stalled', tone: 'attention', sinceMs: 900, hop: 'unknown', action: 'trying' };
    expect(drawn(given)).toMatchObject(said);
    expect(drawn(nextStreamLife(given, { type: 'timer', atMs: 60_100 }))).toMatchObject(said);
  });

  it('is calm about a camera that was only made up: nothing has to be mended there', () => {
    expect(drawn(run(refusedBy('made-up')))).toMatchObject({ word: 'none', tone: 'quiet', why: 'made-up', action: null });
  });

  it('is calm for the moment in which a tile comes into sight again, and tells the age of what it shows', () => {
    const seen = run(...live, { type: 'hidden', atMs: 30 }, { type: 'visible', atMs: 40 });
    expect(drawn(seen)).toMatchObject({ word: 'opening', tone: 'quiet', sinceMs: 30 });
  });

  it.each<[ProblemCode, string]>([
    ['camera-unreachable', 'lost'],
    ['gateway-unreachable', 'lost'],
    ['camera-refused', 'refused'],
    ['gateway-refused', 'refused'],
    ['stream-missing', 'lost'],
    ['codec-unsupported', 'no-decoder'],
    ['encoder-missing', 'no-decoder'],
  ])('has a word and the reason for %s', (code, word) => {
    expect(drawn(run(refusedBy(code)))).toMatchObject({ word, why: code, tone: 'danger' });
  });

  it('says when a gateway that holds the connection asks a refusing camera again', () => {
    const told: StreamInput = {
      type: 'source',
      source: { state: 'refused', sinceUtcMs: 0, why: 'camera-refused', untilUtcMs: 7_000 },
      atMs: 1_600,
    };
    expect(drawn(run(...live, stopped, told))).toMatchObject({ word: 'refused', action: 'next-try', nextTryUtcMs: 7_000 });
  });

  it('covers a loop in place of the camera, unless the camera is one of the demonstration, whose recordings say so', () => {
    const life = run(...live);
    const verdict = judge({ ...unknown, life, content: repeats }, 1_000);
    expect(tileVerdict(verdict, life, false)).toMatchObject({ word: 'slate', tone: 'danger', goesOn: false });
    expect(tileVerdict(verdict, life, true)).toBeNull();
  });

  it('covers no picture of a tile on key pictures only, whose caption says so', () => {
    const life = run(...live);
    const verdict = judge({ ...unknown, life, keysEveryMs: 1_000 }, 1_000);
    expect(verdict.word).toBe('keys');
    expect(tileVerdict(verdict, life, false)).toBeNull();
  });

  it('leaves late pictures to be seen', () => {
    const life = run(...live);
    const late = { ...judge({ ...unknown, life }, 1_000), word: 'late', hop: 'unknown', sinceMs: 500 } as const;
    expect(tileVerdict(late, life, false)).toMatchObject({ tone: 'attention', goesOn: true });
  });
});
