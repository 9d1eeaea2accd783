import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ContentFacts, contentSays } from '../../core/streams/content-clock.ts';
import { type Lateness, nextLateness } from '../../core/streams/lateness.ts';
import { type ProblemCode, problems } from '../../core/streams/problem.ts';
import { nextStreamLife, openStreamLife, type StreamInput, type StreamLife } from '../../core/streams/stream-life.ts';
import { type ClockFacts, judge, patienceOf } from '../../core/streams/verdict.ts';
import { verdictText } from '../../core/streams/verdict-fact.ts';

const run = (...inputs: StreamInput[]): StreamLife => inputs.reduce<StreamLife>(nextStreamLife, openStreamLife(0));
const toLive: StreamInput[] = [
  { type: 'opened', atMs: 10 },
  { type: 'frame', atMs: 20 },
];
const stopped: StreamInput = { type: 'frames-stopped', lastPictureMs: 900, atMs: 1_500 };
const refusedBy = (code: ProblemCode): StreamInput => ({ type: 'problem', code, retryAfterMs: null, atMs: 10 });
const unknown = {
  lastPictureMs: 1_000,
  patienceMs: 500,
  lastCodedMs: null,
  lateness: null,
  content: null,
  heldUp: false,
  rests: false,
  keysEveryMs: null,
};
const live: ClockFacts = { ...unknown, life: run(...toLive) };
const gone: StreamInput = { type: 'ice', connected: false, atMs: 1_000 };

/** Nine groups of a still scene, and what is different about them. */
const content = (extra: Partial<ContentFacts>): ContentFacts => ({
  keyChanges: 9,
  keyRepeats: 0,
  sequenceRepeats: 0,
  lastChangeMs: 900,
  deltaShare: 0.001,
  mostDeltaShare: 0.1,
  ...extra,
});

/** What is known after pictures that were told of once a second, each `delays` ms under way. */
function delayed(...delays: number[]): Lateness {
  let lateness: Lateness | null = null;
  for (const [index, delayMs] of delays.entries()) {
    const shownMs = index * 1_000;
    const times = { arrivedMs: shownMs - 30, shownMs, takenMs: shownMs - delayMs, rtpMs: shownMs - delayMs };
    lateness = nextLateness(lateness, times, shownMs);
  }
  if (lateness === null) throw new Error('no pictures');
  return lateness;
}

describe('the verdict', () => {
  it('is live without a time where nobody tells when pictures were taken, and with one where the source does', () => {
    expect(judge(live, 1_100)).toMatchObject({ word: 'live', hop: null, sinceMs: null, timeKnown: false });
    expect(judge({ ...live, lateness: delayed(80) }, 1_100)).toMatchObject({ word: 'live', timeKnown: true });
  });

  it('takes a told time that is hours off for none', () => {
    expect(judge({ ...live, lateness: delayed(7_200_000) }, 1_100).timeKnown).toBe(false);
  });

  it('is stalled the moment the patience is over, before the life of the stream has heard of it', () => {
    expect(judge(live, 1_500).word).toBe('live');
    expect(judge(live, 1_501)).toMatchObject({ word: 'stalled', hop: 'unknown', sinceMs: 1_000 });
  });

  it('blames the decoder where coded pictures go on coming, and the network where the peer is missed', () => {
    expect(judge({ ...live, lastCodedMs: 3_000 }, 3_100)).toMatchObject({ word: 'stalled', hop: 'decoder' });
    expect(judge({ ...live, life: run(...toLive, gone) }, 3_100)).toMatchObject({ word: 'stalled', hop: 'network' });
    const stalled = run(...toLive, stopped, { ...gone, atMs: 1_600 });
    expect(judge({ ...live, life: stalled }, 3_100)).toMatchObject({ word: 'lost', hop: 'network', sinceMs: 900 });
  });

  it('blames this PC where the window itself was held up', () => {
    expect(judge({ ...live, heldUp: true }, 3_100)).toMatchObject({ word: 'stalled', hop: 'this-pc' });
  });

  it('is late by what pictures take longer than the quickest one, not by what they always take', () => {
    expect(judge({ ...live, lateness: delayed(3_000, 3_000, 3_000) }, 1_100).word).toBe('live');
    const late = delayed(80, 90, 3_080, 3_090);
    expect(judge({ ...live, lastPictureMs: 3_000, lateness: late }, 3_100)).toMatchObject({
      word: 'late',
      hop: 'unknown',
      sinceMs: 3_000,
    });
  });

  it('is late by this PC where pictures came in time and were shown late', () => {
    let lateness: Lateness | null = null;
    for (const [index, hereMs] of [20, 20, 2_000, 2_000].entries()) {
      const shownMs = index * 1_000 + hereMs;
      const takenMs = shownMs - hereMs - 50;
      lateness = nextLateness(lateness, { arrivedMs: shownMs - hereMs, shownMs, takenMs, rtpMs: takenMs }, shownMs);
    }
    expect(judge({ ...live, lastPictureMs: 5_000, lateness }, 5_100)).toMatchObject({ word: 'late', hop: 'this-pc' });
  });

  it('is not late for one picture that was held up, nor by leaps on the border', () => {
    expect(delayed(80, 3_000, 90).lateSinceMs).toBeNull();
    expect(delayed(80, 1_200, 1_200, 800, 800, 1_200).lateSinceMs).not.toBeNull();
    expect(delayed(80, 1_200, 1_200, 500, 500).lateSinceMs).toBeNull();
  });

  it.each<[string, ContentFacts | null, string]>([
    ['nobody sees the coded pictures', null, 'unknown'],
    ['key pictures differ', content({}), 'changes'],
    ['key pictures that once differed are equal', content({ keyRepeats: 1 }), 'frozen'],
    ['the groups behind them are equal too', content({ keyRepeats: 3, sequenceRepeats: 2 }), 'frozen'],
    ['they were equal from the first one on', content({ keyChanges: 0, keyRepeats: 8, sequenceRepeats: 8 }), 'unchanged'],
    ['they became equal while the encoder found its rate', content({ keyRepeats: 4, mostDeltaShare: 0.02 }), 'unchanged'],
    ['they differed for long, and nothing moved', content({ keyChanges: 20, keyRepeats: 4, mostDeltaShare: 0.02 }), 'frozen'],
    ['only the first one came', content({ keyChanges: 0 }), 'changes'],
    ['what moves comes again', content({ keyRepeats: 2, sequenceRepeats: 1, deltaShare: 0.08 }), 'slate'],
    ['something moves behind an equal key picture', content({ keyRepeats: 1, deltaShare: 0.08 }), 'changes'],
    ['a loop of several groups comes again', content({ sequenceRepeats: 1 }), 'slate'],
  ])('hears of the content where %s', (_, facts, says) => {
    expect(contentSays(facts)).toBe(says);
    const words: Record<string, string> = { frozen: 'frozen', slate: 'slate' };
    const verdict = judge({ ...live, content: facts }, 1_100);
    expect(verdict.word).toBe(words[says] ?? 'live');
    expect(verdict.unchanged).toBe(says === 'unchanged');
    if (verdict.word !== 'live') expect(verdict.sinceMs).toBe(900);
  });

  it.each<[ProblemCode, string, string]>([
    ['camera-unreachable', 'lost', 'camera'],
    ['gateway-unreachable', 'lost', 'gateway'],
    ['link-cut', 'lost', 'network'],
    ['camera-refused', 'refused', 'camera'],
    ['gateway-refused', 'refused', 'gateway'],
    ['stream-missing', 'lost', 'camera'],
    ['codec-unsupported', 'no-decoder', 'decoder'],
    ['encoder-missing', 'no-decoder', 'this-pc'],
    ['host-unreachable', 'lost', 'this-pc'],
  ])('of %s is %s, by the %s', (code, word, hop) => {
    expect(judge({ ...live, life: run(refusedBy(code)) }, 1_100)).toMatchObject({ word, hop, why: code });
  });

  it('says nothing of a window that nobody can see', () => {
    expect(judge({ ...live, life: run(...toLive, { type: 'hidden', atMs: 30 }) }, 99_999).word).toBe('unseen');
  });

  it('dates the old picture that is there when it is uncovered, never as younger than it is', () => {
    const hidden = { ...live, life: run(...toLive, { type: 'hidden', atMs: 30 }) };
    expect(judge({ ...hidden, lastPictureMs: 20 }, 99_999).sinceMs).toBe(20);
    // Pictures went on for a moment.
    expect(judge({ ...hidden, lastPictureMs: 900 }, 99_999).sinceMs).toBe(30);
    expect(judge({ ...hidden, lastPictureMs: null }, 99_999).sinceMs).toBeNull();
  });

  it('dates a still that is in sight by its last picture, and does not hide behind it that the camera is gone', () => {
    const still = { ...live, life: run(...toLive, { type: 'hidden', atMs: 30 }), rests: true };
    expect(judge({ ...still, lastPictureMs: 20 }, 99_999)).toMatchObject({ word: 'still', sinceMs: 20 });
    expect(judge({ ...still, lastPictureMs: null }, 99_999)).toMatchObject({ word: 'still', sinceMs: 30 });
    expect(judge(still, 99_999)).toMatchObject({ word: 'still', sinceMs: 1_000, hop: null });
    const failed = nextStreamLife(still.life, { type: 'failed', atMs: 500 });
    expect(judge({ ...still, life: failed }, 99_999)).toMatchObject({ word: 'lost', why: 'link-cut', hop: 'network' });
  });
});

describe('a tile on key pictures only', () => {
  const keys: ClockFacts = { ...live, keysEveryMs: 1_000, patienceMs: 3_000 };

  it('is never called live, and has no fault', () => {
    expect(judge(keys, 1_100)).toMatchObject({ word: 'keys', hop: null, sinceMs: null });
  });

  it('says its age once the next key picture is overdue, and has stopped after its patience', () => {
    expect(judge(keys, 2_300)).toMatchObject({ word: 'keys', sinceMs: null });
    expect(judge(keys, 2_500)).toMatchObject({ word: 'keys', hop: null, sinceMs: 1_000 });
    expect(judge(keys, 4_100)).toMatchObject({ word: 'stalled', sinceMs: 1_000 });
  });

  it('says its age where key pictures lie far apart, as long as nothing has stopped', () => {
    const far: ClockFacts = { ...keys, keysEveryMs: 30_000, patienceMs: 37_500 };
    expect(judge(far, 3_900)).toMatchObject({ word: 'keys', sinceMs: null });
    expect(judge(far, 4_100)).toMatchObject({ word: 'keys', sinceMs: 1_000 });
    expect(judge(far, 30_900)).toMatchObject({ word: 'keys', sinceMs: 1_000 });
  });

  it('is as old as its picture, not as the end of its connection or the moment in which it was covered', () => {
    const failed = run(...toLive, { type: 'failed', atMs: 9_000 });
    expect(judge({ ...keys, life: failed }, 9_100)).toMatchObject({ word: 'lost', sinceMs: 1_000 });
    const uncovered = run(...toLive, { type: 'hidden', atMs: 9_000 }, { type: 'visible', atMs: 10_000 });
    expect(judge({ ...keys, life: uncovered }, 10_100)).toMatchObject({ word: 'opening', sinceMs: 1_000 });
  });

  it('is late or frozen before anything else', () => {
    expect(judge({ ...keys, content: content({ sequenceRepeats: 3 }) }, 1_100).word).not.toBe('keys');
  });
});

describe('a verdict for scripts', () => {
  it.each([
    [{ word: 'live', timeKnown: true, lateMs: null }, 'LIVE'],
    [{ word: 'live', timeKnown: false, lateMs: null }, 'LIVE, time unknown'],
    [{ word: 'late', timeKnown: true, lateMs: 2_960 }, 'LATE 3 s'],
    [{ word: 'keys', timeKnown: true, lateMs: null }, 'KEY FRAMES'],
    [{ word: 'no-decoder', timeKnown: false, lateMs: null }, 'NO DECODER'],
  ] as const)('%o is "%s"', (verdict, text) => {
    expect(verdictText(verdict)).toBe(text);
  });
});

const time = fc.integer({ min: 0, max: 20_000 });
const steps = fc.array(
  fc.oneof(
    fc.constantFrom<Partial<StreamInput>[]>(
      { type: 'opened' },
      { type: 'frame' },
      { type: 'failed' },
      { type: 'timer' },
      { type: 'hidden' },
      { type: 'visible' },
      { type: 'frames-stopped', lastPictureMs: null },
      { type: 'ice', connected: false },
      { type: 'ice', connected: true },
      { type: 'gateway', run: 1 },
      { type: 'gateway', run: null },
      { type: 'source', source: { state: 'live', sinceUtcMs: 0, codec: 'h264' } },
      { type: 'source', source: { state: 'lost', sinceUtcMs: 0, why: 'camera-unreachable' } },
    ),
    fc.constantFrom(...(Object.keys(problems) as ProblemCode[])).map((code) => ({ type: 'problem', code, retryAfterMs: null })),
  ),
  { maxLength: 30 },
);
const facts = fc.record({
  life: steps.map((each) => run(...each.map((step, index) => ({ ...step, atMs: (index + 1) * 100 }) as StreamInput))),
  lastPictureMs: fc.option(time, { nil: null }),
  patienceMs: fc.integer({ min: 500, max: 6_000 }),
  heldUp: fc.boolean(),
  rests: fc.boolean(),
  keysEveryMs: fc.constantFrom(null, 1_000, 4_000),
  lastCodedMs: fc.option(time, { nil: null }),
  lateness: fc
    .option(fc.array(fc.integer({ min: -5_000, max: 5_000 }), { minLength: 1, maxLength: 8 }), { nil: null })
    .map((delays) => delays && delayed(...delays)),
  content: fc.option(
    fc.record({
      keyChanges: fc.nat(20),
      keyRepeats: fc.nat(3),
      sequenceRepeats: fc.nat(3),
      lastChangeMs: fc.option(time, { nil: null }),
      deltaShare: fc.constantFrom(null, 0.001, 0.1),
      mostDeltaShare: fc.constantFrom(null, 0.001, 0.1),
    }),
    { nil: null },
  ),
});

describe('whatever is known, the verdict', () => {
  const nothingWrong = ['live', 'keys', 'late', 'frozen', 'slate'];
  it('never dates anything in the future, and names a hop wherever something is wrong', () => {
    fc.assert(
      fc.property(facts, time, (each, nowMs) => {
        const verdict = judge(each, nowMs);
        expect(verdict.sinceMs ?? 0).toBeLessThanOrEqual(nowMs);
        expect(verdict.hop === null).toBe(['live', 'keys', 'opening', 'unseen', 'none', 'still'].includes(verdict.word));
      }),
    );
  });

  it('never takes a picture for live that is older than the patience, nor a stream that is not', () => {
    fc.assert(
      fc.property(facts, time, (each, nowMs) => {
        if (!nothingWrong.includes(judge(each, nowMs).word)) return;
        expect(each.life.state).toBe('live');
        const lastMs = Math.max(each.lastPictureMs ?? 0, each.life.sinceMs);
        expect(nowMs - lastMs).toBeLessThanOrEqual(patienceOf(each.life, each.patienceMs));
      }),
    );
  });

  it('does not get better by waiting', () => {
    fc.assert(
      fc.property(facts, time, time, (each, nowMs, laterMs) => {
        if (judge(each, nowMs).word === 'stalled') expect(judge(each, nowMs + laterMs).word).not.toBe('live');
      }),
    );
  });
});
